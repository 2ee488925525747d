/** A visitor's file as it goes along with a question. */

import type { AttachmentLimits } from '../../server/protocol.ts';
import type { Attachment } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { kindOf, SIGNATURE_BYTES } from './kind.ts';
import { readText } from './read-text.ts';
import { Refused } from './refusal.ts';
import { shrinkImage } from './shrink-image.ts';

/** Of a picture, before it is made smaller, and of a PDF. */
const MOST_BYTES = 64_000_000;
/** A character has no more bytes, in whatever encoding. */
const BYTES_OF_CHARACTER = 4;

/**
 * @param sees whether the model that is asked can see images
 * @throws Refused
 */
export async function readFile(file: File, limits: AttachmentLimits, sees: boolean): Promise<Attachment> {
  const { name, size } = file;
  if (size === 0) throw new Refused({ reason: 'empty', name });
  const kind = kindOf(await bytesOf(file.slice(0, SIGNATURE_BYTES), name));
  switch (kind) {
    case 'image':
    case 'heic': {
      if (!sees) throw new Refused({ reason: 'not_seen', name });
      if (size > MOST_BYTES) throw new Refused({ reason: 'too_large', name });
      // All images of a message together have to fit.
      const most = Math.floor(limits.imageBytes / limits.count);
      const image = await shrinkImage(file, most).catch(error => {
        if (error instanceof RangeError) throw new Refused({ reason: 'too_large', name });
        throw new Refused({ reason: kind === 'heic' ? 'heic' : 'unreadable', name });
      });
      return { id: newId(), type: 'image', name, alt: '', ...image };
    }
    case 'pdf': {
      if (size > MOST_BYTES) throw new Refused({ reason: 'too_large', name });
      const bytes = await bytesOf(file, name);
      const reader = await import('./read-pdf.ts').catch(() => {
        throw new Refused({ reason: 'no_reader', name });
      });
      const text = await reader.readPdf(bytes, name, limits.characters);
      return { id: newId(), type: 'text', name, text };
    }
    case 'other': {
      const tooLong = { reason: 'too_long', name, characters: limits.characters } as const;
      if (size > limits.characters * BYTES_OF_CHARACTER) throw new Refused(tooLong);
      const text = readText(await bytesOf(file, name), navigator.languages);
      if (text === undefined) throw new Refused({ reason: 'binary', name });
      if (text.length > limits.characters) throw new Refused(tooLong);
      return { id: newId(), type: 'text', name, text };
    }
    default:
      return kind satisfies never;
  }
}

async function bytesOf(file: Blob, name: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Refused({ reason: 'gone', name });
  }
}

/** What a message may say: a text, or parts, of which some may be images. */

import { z } from 'zod';
import type { ContentPart } from '../protocol.ts';
import { imageFault } from './images.ts';

const textPart = z.object({ type: z.literal('text'), text: z.string() });

export const textContent = z.union([z.string(), z.array(textPart).min(1)], {
  error: 'must be a text, or a list of text parts',
});

/** @param origins those from which an upstream may fetch images */
export function contentWithImages(origins: readonly string[]) {
  const url = z.string().superRefine((url, issues) => {
    const message = imageFault(url, origins);
    if (message !== null) issues.addIssue({ code: 'custom', message });
  });
  const imagePart = z.object({
    type: z.literal('image_url'),
    image_url: z.object({ url, detail: z.enum(['auto', 'low', 'high']).optional() }),
  });
  const parts = z.array(z.discriminatedUnion('type', [textPart, imagePart])).min(1);
  return z.union([z.string(), parts], { error: 'must be a text, or a list of text and image_url parts' });
}

export type Content = string | readonly ContentPart[] | null | undefined;

/** Characters of its texts. */
export function textLength(content: Content): number {
  return textsOf(content).reduce((sum, text) => sum + text.length, 0);
}

export function textsOf(content: Content): string[] {
  if (typeof content === 'string') return [content];
  return (content ?? []).flatMap(part => (part.type === 'text' ? [part.text] : []));
}

/** The URLs of its images. */
export function imagesOf(content: Content): string[] {
  if (typeof content === 'string') return [];
  return (content ?? []).flatMap(part => (part.type === 'image_url' ? [part.image_url.url] : []));
}

/** The bytes of them in a request. A URL has no characters of more than one. */
export function imageBytes(messages: ReadonlyArray<{ content?: Content }>): number {
  return messages.flatMap(({ content }) => imagesOf(content)).reduce((sum, url) => sum + url.length, 0);
}

/** For records: in place of each image stands what it was. */
export function withoutImages<Message extends { content?: Content }>(
  messages: readonly Message[],
): Message[] {
  return messages.map(message => {
    const { content } = message;
    if (imagesOf(content).length === 0 || typeof content === 'string') return message;
    return { ...message, content: content?.map(recorded) };
  });
}

function recorded(part: ContentPart): ContentPart {
  if (part.type === 'text') return part;
  const { url } = part.image_url;
  const [kind] = /^data:[^;]*/i.exec(url) ?? [];
  return { type: 'image_url', image_url: { url: kind ? `${kind}, ${url.length} characters` : url } };
}

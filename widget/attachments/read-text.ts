/** The text of a file: UTF-8, UTF-16 as Windows writes it, or what old programs write where its visitor lives. */

import { legacyEncodings } from './legacy-encoding.ts';

/** No text has these: what is below a space, but for tabs and the ends of lines and pages. */
export const CONTROL = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/g;
/** What an encoding of one byte a character gives for bytes that it does not use. */
const UNUSED = /[\x80-\x9f]/;
/** Of a file that does not say its encoding, as much is looked at. */
const LOOKED_AT = 1_000;

/**
 * Undefined for what is no text. Lines end as they do everywhere here.
 * @param languages of the visitor, as BCP 47 has them
 */
export function readText(bytes: Uint8Array, languages: readonly string[]): string | undefined {
  for (const encoding of [encodingOf(bytes), ...legacyEncodings(languages)]) {
    const text = decoded(bytes, encoding);
    if (text !== undefined) return text.replace(/\r\n?/g, '\n');
  }
  return undefined;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.search(CONTROL) >= 0 || (encoding.startsWith('windows') && UNUSED.test(text))
      ? undefined
      : text;
  } catch {
    return undefined;
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Every other byte of most texts in UTF-16 is zero, and none of a text in UTF-8 is.
  const zeros = [0, 0];
  bytes.subarray(0, LOOKED_AT).forEach((byte, index) => (zeros[index % 2]! += byte === 0 ? 1 : 0));
  if (zeros[0] === zeros[1]) return 'utf-8';
  return zeros[0]! < zeros[1]! ? 'utf-16le' : 'utf-16be';
}

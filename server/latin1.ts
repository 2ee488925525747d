/**
 * Bytes as text, one character a byte. The strings of JavaScript engines are the bytes that they search, cut, join and
 * write fastest; and as nothing is decoded, a cut through a character harms nothing, and what comes leaves as it came.
 */

const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** Arguments of one call: some engines take no more than tens of thousands. */
const AT_ONCE = 8_192;

export function fromBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    // Spread, they would be iterated over, which takes ten times as long.
    text += Reflect.apply(String.fromCharCode, null, bytes.subarray(at, at + AT_ONCE) as ArrayLike<number>);
  }
  return text;
}

export function toBytes(latin1: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(latin1.length);
  for (let at = 0; at < latin1.length; at++) bytes[at] = latin1.charCodeAt(at);
  return bytes;
}

/** The same text, alone in memory: engines keep all of a long text for a short one that was cut from it. */
export function copy(latin1: string): string {
  return fromBytes(toBytes(latin1));
}

/** What bytes of UTF-8 say; those that are none are replaced, as every reader of event streams does. */
export function decode(latin1: string): string {
  return isAscii(latin1) ? latin1 : decoder.decode(toBytes(latin1));
}

/** Text as bytes of UTF-8. */
export function encode(text: string): string {
  return isAscii(text) ? text : fromBytes(encoder.encode(text));
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

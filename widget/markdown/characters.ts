/** Kinds of characters, as CommonMark and its amendment for Chinese, Japanese and Korean tell them apart. */

const space = /\s/;
const punctuation = /^[\p{P}\p{S}]/u;
// East Asian Width W, F or H without emoji, Hangul, and what varies an ideograph before it; what is unassigned between
// the ranges is taken along.
const cjk =
  /^[\u{e0100}-\u{e01ef}\u1100-\u11ff\u20a9\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3247\u3250-\ua4c6\ua960-\ua97c\uac00-\ud7fb\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uffee\u{16fe0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}\u{1f202}\u{1f210}-\u{1f219}\u{1f21b}-\u{1f22e}\u{1f230}\u{1f231}\u{1f237}\u{1f23b}-\u{1f265}\u{20000}-\u{3fffd}]/u;

export function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t';
}

/** Unicode whitespace; the beginning and the end of a text count as such. */
export function isWhitespace(char: string): boolean {
  return char === '' || space.test(char);
}

export function isPunctuation(char: string): boolean {
  return punctuation.test(char);
}

export function isCjk(char: string): boolean {
  return char >= '\u1100' && cjk.test(char);
}

// What is no character, as beyond the end of a text, is none of these.
const digit = /^\d$/;
const alphanumeric = /^[A-Za-z\d]$/;
const asciiPunctuation = /^[!-/:-@[-`{-~]$/;

export function isDigit(char: string | undefined): boolean {
  return digit.test(char!);
}

export function isAlphanumeric(char: string | undefined): boolean {
  return alphanumeric.test(char!);
}

/** What a backslash makes literal. */
export function isAsciiPunctuation(char: string | undefined): boolean {
  return asciiPunctuation.test(char!);
}

/** Characters that are written as entities, or after a backslash. */

import { isAsciiPunctuation } from './characters.ts';

export type Named = (name: string) => string | undefined;

const entity = /&(?:#(?:(\d{1,7})|[xX]([\da-fA-F]{1,6}))|([A-Za-z][A-Za-z\d]{1,31}));/y;

/** The entity that begins at an index of a text, or undefined. */
export function entityAt(
  text: string,
  index: number,
  named: Named,
): { value: string; length: number } | undefined {
  entity.lastIndex = index;
  const match = entity.exec(text);
  if (!match) return undefined;
  const [source, decimal, hexadecimal, name] = match;
  const value = name ? named(name) : codePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal!, 16));
  return value === undefined ? undefined : { value, length: source.length };
}

function codePoint(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}

/** Resolves backslash escapes and entities. */
export function unescapeText(text: string, named: Named): string {
  if (!/[\\&]/.test(text)) return text;
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    const found = char === '&' ? entityAt(text, index, named) : undefined;
    if (found) {
      result += found.value;
      index += found.length - 1;
    } else if (char === '\\' && isAsciiPunctuation(text[index + 1])) {
      index += 1;
      result += text[index];
    } else {
      result += char;
    }
  }
  return result;
}

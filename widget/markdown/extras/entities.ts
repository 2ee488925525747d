/** Characters that are written as entities, or after a backslash. */

import { isAsciiPunctuation } from '../characters.ts';
import type { Scan } from '../inlines/scan.ts';
import { namedCharacter } from './names.ts';

const written = /&(?:#(?:(\d{1,7})|[xX]([\da-fA-F]{1,6}))|([A-Za-z][A-Za-z\d]{1,31}));/y;

/** The entity that begins at an index of a text, or undefined. */
function entityAt(text: string, index: number): { value: string; length: number } | undefined {
  written.lastIndex = index;
  const match = written.exec(text);
  if (!match) return undefined;
  const [source, decimal, hexadecimal, name] = match;
  const value = name
    ? namedCharacter(name)
    : codePoint(decimal ? Number(decimal) : Number.parseInt(hexadecimal!, 16));
  return value === undefined ? undefined : { value, length: source.length };
}

function codePoint(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}

/** At the `&` of an entity; whether it is one, or may become one. */
export function entity(scan: Scan): boolean {
  const { text, position } = scan;
  const found = entityAt(text, position);
  if (found) {
    scan.addDecoded(found.value, position + found.length);
    return true;
  }
  const end = scan.skip(position + 1, char => /[\w#]/.test(char));
  // A few characters may become an entity; more of them are shown.
  if (end < text.length || end - position > 32 || !scan.waits() || end - position > 8) return false;
  scan.addDecoded('', end);
  return true;
}

/** Resolves backslash escapes and entities. */
export function unescapeText(text: string): string {
  if (!/[\\&]/.test(text)) return text;
  let result = '';
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    const found = char === '&' ? entityAt(text, index) : undefined;
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

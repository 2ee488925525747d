/** The inline rules: which of them may begin at which character, and the loop that asks them. */

import { isAsciiPunctuation, isSpace } from '../characters.ts';
import { entityAt } from '../entities.ts';
import { angleAutolink } from './angle.ts';
import { codeSpan } from './code.ts';
import { delimiterRun } from './delimiters.ts';
import { closeBracket, openBracket } from './link.ts';
import type { Scan } from './scan.ts';

/** Reads what begins at the position. */
type Rule = (scan: Scan) => void;

/** One that may find that nothing begins there: the character, or the run of it, is text. */
function orText(rule: (scan: Scan) => boolean): Rule {
  return scan => {
    if (!rule(scan)) scan.addText(scan.position + 1);
  };
}

const rules: Record<string, Rule> = {
  '\\': backslash,
  '`': codeSpan,
  '*': delimiterRun,
  _: delimiterRun,
  '~': delimiterRun,
  '[': scan => openBracket(scan, false),
  ']': closeBracket,
  '!': exclamation,
  '&': orText(entity),
  '\n': lineBreak,
  '<': orText(angleAutolink),
};

const plain = /[^\\`*_~[\]!&\n$<:.@]+/y;

/** Reads all that a text holds. */
export function readInlines(scan: Scan): void {
  const { text } = scan;
  const { work, syntax } = scan.around;
  while (scan.position < text.length) {
    scan.settle();
    const from = scan.position;
    const char = scan.char();
    if (!syntax.inlines[char]?.(scan)) (rules[char] ?? plainText)(scan);
    work.examined += Math.max(1, scan.position - from);
  }
  scan.settle();
}

function plainText(scan: Scan): void {
  plain.lastIndex = scan.position;
  plain.test(scan.text);
  scan.addText(Math.max(plain.lastIndex, scan.position + 1));
}

function backslash(scan: Scan): void {
  const next = scan.char(1);
  if (next === '' && scan.waits()) scan.addDecoded('', scan.position + 1);
  else if (next === '\n') scan.add({ type: 'line-break', hard: true }, scan.position + 2);
  else if (next !== '' && isAsciiPunctuation(next)) scan.addDecoded(next, scan.position + 2);
  else scan.addText(scan.position + 1);
}

function exclamation(scan: Scan): void {
  if (scan.char(1) === '[') openBracket(scan, true);
  else if (scan.char(1) === '' && scan.waits()) scan.addDecoded('', scan.position + 1);
  else scan.addText(scan.position + 1);
}

function entity(scan: Scan): boolean {
  const { text, position } = scan;
  const found = entityAt(text, position, scan.around.work.named);
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

/** Spaces before it are not text; two of them make it a hard break. */
function lineBreak(scan: Scan): void {
  const last = scan.tokens.at(-1);
  let hard = false;
  if (last?.kind === 'text' && last.start !== undefined) {
    const { value } = last;
    const end = trimmedEnd(value);
    scan.around.work.examined += value.length - end;
    hard = value.endsWith('  ');
    last.value = value.slice(0, end);
  }
  scan.add({ type: 'line-break', hard }, scan.position + 1);
}

export function trimmedEnd(text: string): number {
  let end = text.length;
  while (end > 0 && isSpace(text[end - 1])) end -= 1;
  return end;
}

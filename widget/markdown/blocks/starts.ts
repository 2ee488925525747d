/** What can begin in a line, and at which character. */

import { isDigit, isSpace } from '../characters.ts';
import type { Leaf } from './block.ts';
import { readFence } from './code.ts';
import { type Container, ItemContainer, passQuoteMark, QuoteContainer } from './containers.ts';
import { readHashes, readLineAcross } from './heading.ts';
import type { Line } from './line.ts';

export interface Place {
  /** What begins would cut a paragraph in two. */
  interrupts: boolean;
  /** The line may go on with a paragraph, if nothing begins in it. */
  isInParagraph: boolean;
  /** Containers may nest deeper. */
  canNest: boolean;
}

export type Start = { container: Container } | { leaf: Leaf };

/** Reads what begins at the place in the line. `wait`: more of the line must come to tell. */
export function readStart(line: Line, place: Place): Start | 'wait' | undefined {
  if (line.indent > 3) {
    if (place.isInParagraph) return undefined;
    return line.shared.syntax.readIndented(line);
  }
  switch (line.char) {
    case '>':
      return place.canNest && passQuoteMark(line) ? { container: new QuoteContainer() } : undefined;
    case '#':
      return asLeaf(readHashes(line));
    case '`':
    case '~':
      return asLeaf(readFence(line));
    case '_':
      return asLeaf(readLineAcross(line));
    case '*':
    case '-':
      return asLeaf(readLineAcross(line)) ?? readItem(line, place);
    default:
      return readItem(line, place) ?? line.shared.syntax.starts[line.char]?.(line, place);
  }
}

export function asLeaf(read: Leaf | 'wait' | undefined): Start | 'wait' | undefined {
  return read === undefined || read === 'wait' ? read : { leaf: read };
}

/** A bullet or a number, and what its content is indented by. */
function readItem(line: Line, { interrupts, canNest }: Place): Start | 'wait' | undefined {
  const { text, next, char, indent } = line;
  if (!canNest) return undefined;
  const isBullet = char === '-' || char === '+' || char === '*';
  let end = isBullet ? next + 1 : line.skip(next, isDigit);
  const digits = end - next;
  if (digits === 0 || digits > 9) return undefined;
  if (!isBullet) {
    if (end === text.length) return line.isComplete ? undefined : 'wait';
    if (text[end] !== '.' && text[end] !== ')') return undefined;
    end += 1;
  }
  if (end === text.length && !line.isComplete) return 'wait';
  if (end < text.length && !isSpace(text[end])) return undefined;
  const start = isBullet ? 1 : Number(text.slice(next, end - 1));
  if (interrupts && start !== 1) return undefined;
  const content = line.skip(end, isSpace);
  if (content === text.length && !line.isComplete) return 'wait';
  // Only what has content interrupts a paragraph.
  if (interrupts && content === text.length) return undefined;
  line.pass(end - next);
  const gap = line.indent;
  const width = line.isBlank || gap > 4 ? 1 : gap;
  line.passColumns(width);
  const checked = line.shared.syntax.readTask?.(line);
  if (checked === 'wait') return 'wait';
  const list = { ordered: !isBullet, start, mark: text[end - 1]! };
  return { container: new ItemContainer(list, indent + end - next + width, checked) };
}

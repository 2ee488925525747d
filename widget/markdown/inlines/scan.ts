/** One reading of a text's inlines: where it is, what it has found, and what is still open. */

import { isSpace } from '../characters.ts';
import type { Brackets } from '../extras/brackets.ts';
import type { Reader } from '../extras/references.ts';
import type { Shared } from '../shared.ts';
import type { Inline } from '../tree.ts';
import type { Frame } from './build.ts';
import { Delimiters, type Delimiter } from './delimiters.ts';

export interface TextToken {
  kind: 'text';
  /** Source that stands for itself. */
  value: string;
  /** Where it begins. */
  start: number;
}

/** Text that is written another way. */
interface DecodedToken {
  kind: 'decoded';
  value: string;
}

interface NodeToken {
  kind: 'node';
  node: Inline;
}

/** The beginning or the end of what holds other nodes, and knows how it is built. */
export interface EdgeToken {
  kind: 'edge';
  build(frames: Frame[]): void;
}

export type Token = TextToken | DecodedToken | NodeToken | EdgeToken | Delimiter;

export class Scan {
  readonly text: string;
  readonly shared: Shared;
  /** Who is to be read again when a label that is not known yet is defined. */
  readonly reader: Reader;
  /** Nothing follows the text. Else what is open at its end is shown as if it were closed. */
  readonly final: boolean;
  /** The last characters before the text. */
  readonly #before: string;
  position = 0;
  tokens: Token[] = [];
  readonly delimiters: Delimiters;
  /** There are none in a syntax without links. */
  brackets: Brackets | undefined;
  /** The last position of each thing that was looked for to the end in vain, or found last. See code.ts and math.ts. */
  readonly last = new Map<string | number, number>();
  /** What comes next may change how something before the end is read: nothing after it is settled. */
  #waits = false;
  /** How many tokens are settled, and up to where. */
  #settled = { tokens: 0, position: 0 };
  /** The plain text after them, which is settled up to some place in it. */
  #run: { tokens: number; from: number; end: number } | undefined;

  constructor(text: string, shared: Shared, reader: Reader, before: string, final: boolean) {
    this.text = text;
    this.shared = shared;
    this.reader = reader;
    this.final = final;
    this.#before = before;
    this.delimiters = new Delimiters(shared);
  }

  char(offset = 0): string {
    return this.text[this.position + offset] ?? '';
  }

  /** The character, of one or two units, before an index. */
  charBefore(index: number): string {
    const text = index > 3 ? this.text.slice(index - 4, index) : this.#before + this.text.slice(0, index);
    const characters = [...text.slice(-4)];
    const char = characters.pop() ?? '';
    // A variation selector belongs to what it varies.
    return /[\ufe00-\ufe0e]/.test(char) ? (characters.pop() ?? '') : char;
  }

  charAfter(index: number): string {
    const code = this.text.codePointAt(index);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** The end is reached and undecided: whether to wait for more text. */
  waits(): boolean {
    if (this.final) return false;
    this.#waits = true;
    return true;
  }

  /** Reads as long as a test holds; the index after it. */
  skip(index: number, test: (char: string) => boolean): number {
    return this.shared.skip(this.text, index, test);
  }

  /** The length of the run of one character that begins at an index. */
  runAt(index: number): number {
    const char = this.text[index];
    return this.skip(index, next => next === char) - index;
  }

  /** Source that stands for itself. */
  addText(end: number): void {
    const value = this.text.slice(this.position, end);
    const { plain } = this;
    if (plain) plain.value += value;
    else this.tokens.push({ kind: 'text', value, start: this.position });
    this.position = end;
  }

  /** Text that is written another way, up to an index. */
  addDecoded(value: string, end: number): void {
    this.tokens.push({ kind: 'decoded', value });
    this.position = end;
  }

  add(node: Inline, end: number): void {
    this.tokens.push({ kind: 'node', node });
    this.position = end;
  }

  /** The source that stands for itself just before the position. */
  get plain(): TextToken | undefined {
    const last = this.tokens.at(-1);
    return last?.kind === 'text' ? last : undefined;
  }

  /** Notes that nothing before the position can change any more, if so. */
  settle(): void {
    if (this.#waits || this.brackets?.isOpen || this.delimiters.isOpen) return;
    const { plain } = this;
    if (!plain) {
      this.#settled = { tokens: this.tokens.length, position: this.position };
      this.#run = undefined;
    } else if (this.#run?.tokens === this.tokens.length) {
      this.#run.end = this.position;
    } else {
      const from = this.#settled.position === plain.start ? plain.start : this.position;
      this.#run = { tokens: this.tokens.length, from, end: this.position };
    }
  }

  /** Splits what was found into what is settled, whatever may follow, and the rest. */
  settled(): { tokens: Token[]; rest: Token[]; position: number } {
    const cut = this.#run ? lastBoundary(this.text, this.#run.from, this.#run.end) : undefined;
    if (cut === undefined) {
      const { tokens, position } = this.#settled;
      return { tokens: this.tokens.slice(0, tokens), rest: this.tokens.slice(tokens), position };
    }
    const tokens = this.tokens.slice(0, this.#run!.tokens);
    const rest = this.tokens.slice(this.#run!.tokens);
    const text = tokens.pop() as TextToken;
    const { start } = text;
    this.shared.examined += this.#run!.end - cut;
    if (cut > start) tokens.push({ kind: 'text', value: this.text.slice(start, cut), start });
    const left = text.value.slice(cut - start);
    if (left !== '') rest.unshift({ kind: 'text', value: left, start: cut });
    return { tokens, rest, position: cut };
  }
}

// What looks back (an email address, `http:`, `www.`) looks back over these, and never over more than this many.
const word = /[\w.+-]/;
export const longestWord = 256;

/** The last place of a plain text where it can be cut: what follows is then read the same without what precedes it. */
function lastBoundary(text: string, from: number, end: number): number | undefined {
  const lowest = Math.max(from, end - longestWord);
  for (let index = end; index > lowest; index -= 1) {
    const before = text[index - 1]!;
    if (isSpace(before) || (before >= '\ud800' && before <= '\udbff')) continue;
    if (!word.test(before) || isSpace(text[index]) || text[index] === '\n') return index;
  }
  return lowest > from && word.test(text[lowest]!) ? lowest : undefined;
}

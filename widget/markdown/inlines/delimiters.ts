/** Runs of `*`, `_` and `~`, and how they pair up to emphasis: CommonMark's algorithm, done while the text is read. */

import { isAlphanumeric, isCjk, isPunctuation, isWhitespace } from '../characters.ts';
import type { Emphasis } from '../tree.ts';
import type { Work } from '../shared.ts';
import type { Scan } from './scan.ts';

export interface Delimiter {
  kind: 'delimiter';
  char: string;
  /** How many characters it was written with. */
  written: number;
  /** How many of them are left. */
  length: number;
  canOpen: boolean;
  canClose: boolean;
  /** It may be shown as open before what closes it has come. */
  inviting: boolean;
  /** What begins here, innermost first. */
  opens: Array<Emphasis['type']>;
  /** How many elements end here. */
  closes: number;
  order: number;
  previous: Delimiter | undefined;
  next: Delimiter | undefined;
}

export class Delimiters {
  readonly #work: Work;
  #last: Delimiter | undefined;
  #count = 0;
  #openers = 0;
  /** The first that was not yet tried as a closer, outside of brackets. */
  #untried: Delimiter | undefined;
  /** For each kind of closer, below which number there is no opener for it. */
  #bottoms = new Map<string, number>();

  constructor(work: Work) {
    this.#work = work;
  }

  get isOpen(): boolean {
    return this.#openers > 0;
  }

  get last(): Delimiter | undefined {
    return this.#last;
  }

  /** Appends a run to the list, if it can open or close anything. */
  push(run: Pick<Delimiter, 'char' | 'length' | 'canOpen' | 'canClose' | 'inviting'>): Delimiter {
    const delimiter: Delimiter = {
      kind: 'delimiter',
      ...run,
      written: run.length,
      opens: [],
      closes: 0,
      order: (this.#count += 1),
      previous: this.#last,
      next: undefined,
    };
    if (this.#last) this.#last.next = delimiter;
    this.#last = delimiter;
    this.#untried ??= delimiter;
    if (delimiter.canOpen) this.#openers += 1;
    return delimiter;
  }

  /** Pairs up what was not yet tried, outside of brackets. */
  pair(): void {
    const from = this.#untried;
    this.#untried = undefined;
    this.pairFrom(from, this.#bottoms, 0);
  }

  /** Unpaired openers after a place, first to last. */
  openers(bottom?: Delimiter): Delimiter[] {
    const left: Delimiter[] = [];
    for (let one = this.#last; one && one !== bottom; one = one.previous) {
      this.#work.examined += 1;
      if (one.canOpen) left.push(one);
    }
    return left.reverse();
  }

  /** Pairs up a run and all after it, with no opener below a number. */
  pairFrom(first: Delimiter | undefined, bottoms: Map<string, number>, floor: number): void {
    let closer = first;
    while (closer) {
      this.#work.examined += 1;
      closer = closer.canClose ? this.#close(closer, bottoms, floor) : closer.next;
    }
  }

  /** Closes what the run can close once; the run to go on with. */
  #close(closer: Delimiter, bottoms: Map<string, number>, floor: number): Delimiter | undefined {
    const key = `${closer.char}${closer.canOpen ? 1 : 0}${closer.char === '~' ? closer.written : closer.written % 3}`;
    const opener = this.#opener(closer, bottoms.get(key) ?? floor);
    const { next } = closer;
    if (!opener) {
      bottoms.set(key, closer.order);
      if (!closer.canOpen) this.remove(closer);
      return next;
    }
    while (closer.previous && closer.previous !== opener) this.remove(closer.previous);
    const used = closer.char === '~' ? closer.length : opener.length > 1 && closer.length > 1 ? 2 : 1;
    opener.length -= used;
    closer.length -= used;
    opener.opens.push(closer.char === '~' ? 'delete' : used === 2 ? 'strong' : 'emphasis');
    closer.closes += 1;
    if (opener.length === 0) this.remove(opener);
    if (closer.length > 0) return closer;
    this.remove(closer);
    return next;
  }

  #opener(closer: Delimiter, bottom: number): Delimiter | undefined {
    for (let one = closer.previous; one && one.order >= bottom; one = one.previous) {
      this.#work.examined += 1;
      if (one.char === closer.char && one.canOpen && fits(one, closer)) return one;
    }
    return undefined;
  }

  /** Takes a run out of the list. */
  remove(delimiter: Delimiter): void {
    const { previous, next } = delimiter;
    if (previous) previous.next = next;
    if (next) next.previous = previous;
    else this.#last = previous;
    if (this.#untried === delimiter) this.#untried = next;
    if (delimiter.canOpen) this.#openers -= 1;
  }
}

function fits(opener: Delimiter, closer: Delimiter): boolean {
  if (closer.char === '~') return opener.written === closer.written;
  const both = opener.canClose || closer.canOpen;
  return !both || closer.written % 3 === 0 || (opener.written + closer.written) % 3 !== 0;
}

/** Reads a run of delimiters. */
export function delimiterRun(scan: Scan): void {
  const char = scan.char();
  const { position } = scan;
  const length = scan.runAt(position);
  const end = position + length;
  // The run may grow, and what follows it decides what it is: it is not shown yet.
  if (end === scan.text.length && scan.waits()) return scan.addDecoded('', end);
  const before = scan.charBefore(position);
  const after = scan.charAfter(end);
  const { left, right } = flanks(before, after);
  const intraword = char === '_';
  const canOpen = left && (!intraword || !right || isPunctuation(before));
  const canClose = right && (!intraword || !left || isPunctuation(after));
  if ((!canOpen && !canClose) || (char === '~' && length > 2)) return scan.addText(end);
  const inviting = canOpen && !(isAlphanumeric(before) && right) && !(char === '~' && length === 1);
  scan.tokens.push(scan.delimiters.push({ char, length, canOpen, canClose, inviting }));
  scan.position = end;
  if (canClose && !scan.brackets?.isOpen) scan.delimiters.pair();
}

/** Left- and right-flanking, with CommonMark's amendment for text without spaces (commonmark-spec issue 650). */
export function flanks(before: string, after: string): { left: boolean; right: boolean } {
  const spaceBefore = isWhitespace(before);
  const spaceAfter = isWhitespace(after);
  const cjkBefore = isCjk(before);
  const cjkAfter = isCjk(after);
  const markBefore = isPunctuation(before) && !cjkBefore;
  const markAfter = isPunctuation(after) && !cjkAfter;
  return {
    left: !spaceAfter && (!markAfter || spaceBefore || markBefore || cjkBefore),
    right: !spaceBefore && (!markBefore || spaceAfter || markAfter || cjkAfter),
  };
}

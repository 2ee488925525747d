/** What all parts of a parser that reads one answer have in common. */

import type { Labels } from './extras/labels.ts';
import type { Syntax } from './syntax.ts';

export class Shared {
  readonly syntax: Syntax;
  readonly labels: Labels | undefined;
  /** How many characters were looked at so far, again or for the first time: every loop over text adds what it has read. */
  examined = 0;
  /** The text may mean something that only a larger syntax reads. */
  wantsMore = false;

  constructor(syntax: Syntax) {
    this.syntax = syntax;
    this.labels = syntax.createLabels?.();
  }

  /** Looks for what only more syntax can read. */
  meet(text: string): void {
    if (this.syntax.more?.test(text)) this.wantsMore = true;
  }

  /** The index after all of a text, from an index on, that pass a test. */
  skip(text: string, index: number, test: (char: string) => boolean): number {
    let end = index;
    while (end < text.length && test(text[end]!)) end += 1;
    this.examined += end - index + 1;
    return end;
  }

  /** What was met is only read by a larger syntax than this, if there is one. */
  want(): undefined {
    this.wantsMore = this.syntax.more !== undefined;
  }
}

/** For what reads text and knows nothing else of the answer. */
export type Work = Pick<Shared, 'examined'>;

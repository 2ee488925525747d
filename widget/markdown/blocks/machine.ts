/**
 * Reads lines into blocks, as CommonMark has it: a line goes on with open blocks, new ones begin in it, and its rest is
 * text. What the beginning of a line means is first read, which changes nothing, and done once it is certain: so that
 * half a line shows as much as is certain of it, and nothing is ever taken back.
 */

import type { Shared } from '../inlines/text.ts';
import type { Block, Footnote, Root } from '../tree.ts';
import type { Leaf } from './block.ts';
import { type Container, ItemContainer, ListContainer, RootContainer } from './containers.ts';
import { Line } from './line.ts';
import { ParagraphText } from './paragraph.ts';
import { readStart, type Start } from './starts.ts';

/** Containers nest no deeper; a list and its item are two. */
const deepest = 64;

/** What the beginning of a line means. */
interface Reading {
  /** How many of the open containers go on. */
  matched: number;
  containers: Container[];
  /** What the rest of the line belongs to. Nothing, if the line is blank or is all of a block's end. */
  rest: { leaf: Leaf; isNew: boolean } | 'blank' | 'end' | { turn: () => Leaf | undefined };
}

export class BlockMachine {
  readonly #shared: Shared;
  readonly #note: (note: Footnote) => void;
  readonly #containers: Container[];
  #leaf: Leaf | undefined;
  /** What the rest of the current line belongs to. */
  #flow: Leaf | undefined;
  /** The depth of the container in which the last line was blank. */
  #blankIn: number | undefined;

  constructor(root: Root, shared: Shared, note: (note: Footnote) => void) {
    this.#shared = shared;
    this.#note = note;
    this.#containers = [new RootContainer(root)];
  }

  /** Begins a line with what there is of it; false if more must come to tell what it means. */
  beginLine(text: string, isComplete: boolean): boolean {
    const line = new Line(text, isComplete, this.#shared.work);
    const reading = this.#read(line);
    if (reading === 'wait') return false;
    this.#apply(reading, line);
    return true;
  }

  write(text: string): void {
    this.#flow?.write(text);
  }

  endLine(): void {
    this.#flow?.endLine();
    this.#flow = undefined;
  }

  render(): void {
    this.#leaf?.render();
  }

  close(): void {
    this.#leaf?.close();
    this.#leaf = undefined;
  }

  #read(line: Line): Reading | 'wait' {
    const matched = this.#match(line);
    if (matched === 'wait') return 'wait';
    const allMatch = matched === this.#containers.length;
    const leaf = this.#leaf;
    const going = allMatch && leaf ? leaf.going(line) : 'no';
    if (going === 'wait') return 'wait';
    if (going === 'ends') return { matched, containers: [], rest: 'end' };
    if (going === 'yes') return { matched, containers: [], rest: { leaf: leaf!, isNew: false } };
    if (going === 'unless' && leaf instanceof ParagraphText && line.indent < 4) {
      const turn = leaf.underline(line);
      if (turn === 'wait') return 'wait';
      if (turn) return { matched, containers: [], rest: { turn } };
    }
    return this.#readStarts(line, matched, going === 'unless');
  }

  /** How many containers go on in the line. */
  #match(line: Line): number | 'wait' {
    let matched = 0;
    for (const container of this.#containers) {
      if (line.isBlank && !line.isComplete) return 'wait';
      if (container.going(line) === 'no') break;
      matched += 1;
    }
    return line.isBlank && !line.isComplete ? 'wait' : matched;
  }

  #readStarts(line: Line, matched: number, goesUnless: boolean): Reading | 'wait' {
    const containers: Container[] = [];
    const isParagraph = this.#leaf?.isParagraph ?? false;
    let begun: Start | 'wait' | undefined;
    while (!line.isBlank) {
      const isFirst = containers.length === 0;
      begun = readStart(line, {
        shared: this.#shared,
        interrupts: isFirst && goesUnless && isParagraph,
        isInParagraph: isFirst && isParagraph,
        canNest: matched + containers.length * 2 < deepest,
      });
      if (begun === 'wait') return 'wait';
      if (!begun || 'leaf' in begun) break;
      containers.push(begun.container);
      begun = undefined;
      if (line.isBlank && !line.isComplete) return 'wait';
    }
    if (typeof begun === 'object' && 'leaf' in begun)
      return { matched, containers, rest: { leaf: begun.leaf, isNew: true } };
    if (line.isBlank) return { matched, containers, rest: 'blank' };
    // A paragraph goes on even where its containers do not.
    const goesOn = containers.length === 0 && (goesUnless || isParagraph);
    if (goesOn)
      return { matched: this.#containers.length, containers, rest: { leaf: this.#leaf!, isNew: false } };
    return { matched, containers, rest: { leaf: new ParagraphText(this.#shared), isNew: true } };
  }

  #apply({ matched, containers, rest }: Reading, line: Line): void {
    const blankFrom = this.#blankFrom();
    const goesOn = typeof rest === 'object' && 'leaf' in rest && !rest.isNew;
    if (!goesOn && !(typeof rest === 'object' && 'turn' in rest)) {
      this.#leaf?.close();
      this.#leaf = undefined;
      this.#containers.length = matched;
    }
    for (const container of containers) this.#open(container, blankFrom);
    if (rest === 'blank') {
      this.#blankIn = containers.length > 0 ? undefined : this.#containers.length - 1;
      return;
    }
    const wasBlankIn = this.#blankIn;
    this.#blankIn = undefined;
    if (rest === 'end') return;
    if ('turn' in rest) {
      this.#leaf = rest.turn();
      return;
    }
    if (rest.isNew) {
      this.#blankIn = wasBlankIn;
      this.#openLeaf(rest.leaf, blankFrom);
      this.#blankIn = undefined;
    } else if (line.isBlank && !rest.leaf.ownsBlankLines) {
      this.#blankIn = this.#containers.length - 1;
    }
    this.#flow = rest.leaf;
    rest.leaf.beginLine(line);
  }

  #open(container: Container, blankFrom: number): void {
    const top = this.#containers.at(-1)!;
    const isItem = container.kind === 'item';
    if (top.kind === 'list' && !(isItem && top.mark === container.list.mark)) this.#containers.pop();
    if (isItem && this.#containers.at(-1)!.kind !== 'list')
      this.#open(new ListContainer(container.list), blankFrom);
    this.#beginIn(blankFrom);
    if (container.kind === 'note') this.#note(container.node);
    else siblingsIn(this.#containers.at(-1)!).push(container.node as Block);
    this.#containers.push(container);
  }

  #openLeaf(leaf: Leaf, blankFrom: number): void {
    if (this.#containers.at(-1)!.kind === 'list') this.#containers.pop();
    this.#beginIn(blankFrom);
    leaf.attach(siblingsIn(this.#containers.at(-1)!));
    this.#leaf = leaf;
  }

  /** Something begins in the innermost container: a blank line before it makes its list loose. */
  #beginIn(blankFrom: number): void {
    const depth = this.#containers.length - 1;
    const parent = this.#containers[depth]!;
    const isApart = this.#blankIn !== undefined && depth >= blankFrom && depth <= this.#blankIn;
    if (isApart && parent.node.children.length > 0) {
      const list = parent.kind === 'item' ? this.#containers[depth - 1] : parent;
      if (list?.kind === 'list') list.node.tight = false;
    }
    if (parent instanceof ItemContainer) parent.isFilled = true;
  }

  /** The depth from which on a blank line was at the end of what is open: quotes and notes keep theirs to themselves. */
  #blankFrom(): number {
    let depth = this.#blankIn ?? 0;
    while (
      depth > 0 &&
      (this.#containers[depth]!.kind === 'list' || this.#containers[depth]!.kind === 'item')
    ) {
      depth -= 1;
    }
    return depth;
  }
}

function siblingsIn(container: Container): Block[] {
  return container.node.children as Block[];
}

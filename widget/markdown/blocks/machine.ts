/**
 * Reads lines into blocks, as CommonMark has it: a line goes on with open blocks, new ones begin in it, and its rest is
 * text. What the beginning of a line means is first read, which changes nothing, and done once it is certain: so that
 * half a line shows as much as is certain of it, and nothing is ever taken back.
 */

import type { Shared } from '../shared.ts';
import type { Block, Root } from '../tree.ts';
import type { Leaf } from './block.ts';
import { type Container, ItemContainer, ListContainer, RootContainer } from './containers.ts';
import { Line } from './line.ts';
import { readStart, type Start } from './starts.ts';

/** Containers nest no deeper; a list and its item are two. */
const deepest = 64;

/** What the beginning of a line means. */
interface Reading {
  /** How many of the open containers go on. */
  matched: number;
  containers: Container[];
  /** What the rest of the line belongs to: nothing, if the line is blank or is all of a block's end. */
  leaf?: Leaf;
  /** The leaf begins here. */
  isNew?: boolean;
  /** Makes something else of the open leaf. */
  turn?: () => Leaf | undefined;
  isBlank?: boolean;
}

export class BlockMachine {
  readonly #shared: Shared;
  readonly #containers: Container[];
  #leaf: Leaf | undefined;
  /** What the rest of the current line belongs to. */
  #flow: Leaf | undefined;
  /** The depth of the container in which the last line was blank. */
  #blankIn: number | undefined;

  constructor(root: Root, shared: Shared) {
    this.#shared = shared;
    this.#containers = [new RootContainer(root)];
  }

  /** Begins a line with what there is of it; false if more must come to tell what it means. */
  beginLine(text: string, isComplete: boolean): boolean {
    const line = new Line(text, isComplete, this.#shared);
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
    if (going === 'ends') return { matched, containers: [] };
    if (going === 'yes') return { matched, containers: [], leaf: leaf! };
    if (going === 'unless' && line.indent < 4) {
      const turn = leaf?.underline(line);
      if (turn === 'wait') return 'wait';
      if (turn) return { matched, containers: [], turn };
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
      return { matched, containers, leaf: begun.leaf, isNew: true };
    if (line.isBlank) return { matched, containers, isBlank: true };
    // A paragraph goes on even where its containers do not.
    const goesOn = containers.length === 0 && (goesUnless || isParagraph);
    if (goesOn) return { matched: this.#containers.length, containers, leaf: this.#leaf! };
    return { matched, containers, leaf: this.#shared.syntax.createParagraph(this.#shared), isNew: true };
  }

  #apply({ matched, containers, leaf, isNew, turn, isBlank }: Reading, line: Line): void {
    const blankFrom = this.#blankFrom();
    if (isNew || !(leaf || turn)) {
      this.#leaf?.close();
      this.#leaf = undefined;
      this.#containers.length = matched;
    }
    for (const container of containers) this.#open(container, blankFrom);
    if (isBlank) {
      this.#blankIn = containers.length > 0 ? undefined : this.#containers.length - 1;
      return;
    }
    const wasBlankIn = this.#blankIn;
    this.#blankIn = undefined;
    if (turn) this.#leaf = turn();
    if (!leaf) return;
    if (isNew) {
      this.#blankIn = wasBlankIn;
      this.#openLeaf(leaf, blankFrom);
      this.#blankIn = undefined;
    } else if (line.isBlank && !leaf.ownsBlankLines) {
      this.#blankIn = this.#containers.length - 1;
    }
    this.#flow = leaf;
    leaf.beginLine(line);
  }

  #open(container: Container, blankFrom: number): void {
    const list = container instanceof ItemContainer ? container.list : undefined;
    const top = this.#containers.at(-1);
    if (top instanceof ListContainer && top.mark !== list?.mark) this.#containers.pop();
    if (list && !(this.#containers.at(-1) instanceof ListContainer))
      this.#open(new ListContainer(list), blankFrom);
    this.#beginIn(blankFrom);
    container.attach(siblingsIn(this.#containers.at(-1)!));
    this.#containers.push(container);
  }

  #openLeaf(leaf: Leaf, blankFrom: number): void {
    if (this.#containers.at(-1) instanceof ListContainer) this.#containers.pop();
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
      const list = parent instanceof ItemContainer ? this.#containers[depth - 1] : parent;
      if (list instanceof ListContainer) list.node.tight = false;
    }
    if (parent instanceof ItemContainer) parent.isFilled = true;
  }

  /** The depth from which on a blank line was at the end of what is open: quotes and notes keep theirs to themselves. */
  #blankFrom(): number {
    let depth = this.#blankIn ?? 0;
    while (isOfList(this.#containers[depth])) depth -= 1;
    return depth;
  }
}

function isOfList(container: Container | undefined): boolean {
  return container instanceof ListContainer || container instanceof ItemContainer;
}

function siblingsIn(container: Container): Block[] {
  return container.node.children as Block[];
}

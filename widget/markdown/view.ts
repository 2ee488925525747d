/** What shows a node of the tree, and what the parts of an answer need of the whole. */

import type { AnswerWords } from '../locales/en-answer.ts';
import type { enExtras } from '../locales/en-extras.ts';
import type { SyntaxParser } from './syntax-parser.ts';
import type { ExtraBlock, ExtraInline } from './tree.ts';

/** Shows a node of the tree, and goes on showing it as it changes. */
export interface View<Node> {
  readonly dom: ChildNode;
  update(node: Node): void;
}

/** What a page allows and says. */
export interface Setting {
  /** Addresses of origins from which images are loaded without a click: a list, or apart by white space. */
  imageOrigins: string | readonly string[];
  words: AnswerWords['content'];
}

export interface Surroundings extends Setting {
  /** How the nodes are shown that only the full syntax makes, and what is said of them. */
  views?: Views;
  extraWords?: typeof enExtras;
  /** The tree is another one: all of it is to be looked at. */
  isAnew: boolean;
}

export interface Views {
  /** Shows what is not in the blocks of an answer, each time that it is called. */
  follow(container: HTMLElement, around: Surroundings): (parser: SyntaxParser) => void;
  /** A view that shows one node can show any other that has the same key. */
  keyOf(node: ExtraInline): string;
  inline(node: ExtraInline, around: Surroundings): unknown;
  /** Makes an item a task; the element for its content. */
  task(item: HTMLElement, checked: boolean): HTMLElement;
  block(node: ExtraBlock, around: Surroundings): unknown;
}

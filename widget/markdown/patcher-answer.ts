/** Shows an answer: its text goes to the parser, and what has changed of the tree to the screen. */

import type { Extras } from './extras/index.ts';
import { BlockList } from './patcher-blocks.ts';
import { listsOf, type NotesShown, type Surroundings } from './patcher-inlines.ts';
import type { Setting } from './patcher.ts';
import type { AnswerRenderer } from './renderer.ts';
import { coreSyntax } from './syntax.ts';
import { SyntaxParser } from './syntax-parser.ts';

export class MarkdownAnswer implements AnswerRenderer {
  #parser: SyntaxParser;
  readonly #container: HTMLElement;
  readonly #around: Surroundings;
  readonly #blocks: BlockList;
  #notes: NotesShown | undefined;

  constructor(container: HTMLElement, setting: Setting, extras?: Extras) {
    this.#parser = new SyntaxParser(extras?.syntax ?? coreSyntax);
    this.#container = container;
    this.#around = {
      ...setting,
      ...(extras && { views: extras.views }),
      isAnew: false,
      showNote: label => this.#notes?.show(label),
    };
    this.#blocks = new BlockList(container, this.#around);
  }

  feed(delta: string): void {
    this.#parser.feed(delta);
    this.#patch();
  }

  end(): void {
    this.#parser.end();
    this.#patch();
  }

  /** Reads the same text again with all that it may hold. What is on screen stays where it says the same. */
  readAgain(text: string, isComplete: boolean, { syntax, views }: Extras): void {
    this.#parser = new SyntaxParser(syntax);
    this.#parser.feed(text);
    if (isComplete) this.#parser.end();
    this.#around.views = views;
    this.#around.isAnew = true;
    this.#patch();
    this.#around.isAnew = false;
  }

  #patch(): void {
    const { children, footnotes } = this.#parser.root;
    this.#blocks.update(children);
    for (const inlines of this.#parser.takeRevised()) listsOf.get(inlines)?.updateFrom(inlines, 0);
    if (footnotes && this.#around.views) {
      this.#notes ??= this.#around.views.notes(this.#around);
      this.#notes.update(footnotes);
      if (!this.#notes.dom.parentNode) this.#container.append(this.#notes.dom);
    } else {
      this.#notes?.dom.remove();
      this.#notes = undefined;
    }
  }
}

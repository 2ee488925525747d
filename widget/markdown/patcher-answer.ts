/**
 * Shows an answer: its text goes to the parser, and what has changed of the tree to the screen. It begins with the core of
 * the syntax and loads the rest when the text may need it: the text is then read once more, and only what it says
 * otherwise changes on screen.
 */

import type { Extras } from './extras/index.ts';
import { BlockList } from './patcher-blocks.ts';
import type { AnswerRenderer } from './renderer.ts';
import { coreSyntax } from './syntax.ts';
import { SyntaxParser } from './syntax-parser.ts';
import type { Setting, Surroundings } from './view.ts';

/** How long an answer waits for the syntax that it needs, rather than show its raw marks. */
const longestWaitMs = 1000;

let loaded: Extras | undefined;
let loading: Promise<Extras> | undefined;

/** A load that fails is tried again when it is next asked for. */
export function loadExtras(): Promise<Extras> {
  loading ??= import('./extras/index.ts').then(
    module => (loaded = module.extras),
    error => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

export class MarkdownAnswer implements AnswerRenderer {
  #parser = new SyntaxParser(coreSyntax);
  readonly #container: HTMLElement;
  readonly #around: Surroundings;
  readonly #blocks: BlockList;
  /** Shows what is not in the blocks. */
  #showRest: ((parser: SyntaxParser) => void) | undefined;
  /** What is to be read again when the rest of the syntax has come. */
  #text = '';
  #isComplete = false;
  #isAsking = false;
  /** Nothing is shown: what is to be read again may look different then. */
  #isHeld = false;

  constructor(container: HTMLElement, setting: Setting) {
    this.#container = container;
    this.#around = { ...setting, isAnew: false };
    this.#blocks = new BlockList(container, this.#around);
    if (loaded) this.#take(loaded);
  }

  feed(delta: string): void {
    if (!this.#around.views) this.#text += delta;
    this.#parser.feed(delta);
    this.#show();
  }

  end(): void {
    this.#isComplete = true;
    this.#parser.end();
    this.#show();
  }

  #show(): void {
    if (this.#parser.wantsMore && !this.#isAsking) void this.#ask();
    if (!this.#isHeld) this.#patch();
  }

  async #ask(): Promise<void> {
    this.#isAsking = this.#isHeld = true;
    const timer = setTimeout(() => this.#release(), longestWaitMs);
    // What cannot be loaded is not asked for again: the answer can be read without it.
    const extras = await loadExtras().catch(() => undefined);
    clearTimeout(timer);
    if (extras) {
      this.#take(extras);
      this.#parser.feed(this.#text);
      if (this.#isComplete) this.#parser.end();
      this.#text = '';
      this.#around.isAnew = true;
    }
    this.#release();
    this.#around.isAnew = false;
  }

  #release(): void {
    this.#isHeld = false;
    this.#patch();
  }

  /** Reads, from here on, all that an answer may hold. */
  #take({ syntax, views }: Extras): void {
    this.#parser = new SyntaxParser(syntax);
    this.#around.views = views;
    this.#showRest = views.follow(this.#container, this.#around);
  }

  #patch(): void {
    this.#blocks.update(this.#parser.root.children);
    this.#showRest?.(this.#parser);
  }
}

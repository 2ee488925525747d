/** Takes what highlight.js finds as tokens, where its own emitter would write HTML. */

import type { Emitter } from 'highlight.js';
import { kindOf, type Token, type TokenKind } from './token.ts';

export class TokenEmitter implements Emitter {
  readonly tokens: Token[] = [];
  /** Of the scopes that have begun and not ended, the innermost last. */
  readonly stillOpen: (TokenKind | null)[];

  /** The library makes it, with its options: `open` is what was still open before this text. */
  constructor(options: { open: readonly (TokenKind | null)[] }) {
    this.stillOpen = [...options.open];
  }

  addText(text: string): void {
    if (text === '') return;
    const kind = this.stillOpen.at(-1) ?? null;
    const last = this.tokens.at(-1);
    if (last?.kind === kind) last.text += text;
    else this.tokens.push({ text, kind });
  }

  startScope(scope: string): void {
    const kind = kindOf(scope);
    this.stillOpen.push(kind === undefined ? (this.stillOpen.at(-1) ?? null) : kind);
  }

  endScope(): void {
    this.stillOpen.pop();
  }

  // The library calls them by their older names too.
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    this.tokens.push(...(emitter as TokenEmitter).tokens);
  }

  // What is open at the end is so in the next piece.
  finalize(): void {}

  toHTML(): string {
    return '';
  }
}

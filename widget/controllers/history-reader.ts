/** Reads the list of conversations as far as it is looked at, and all of it for those in which something is found. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import { type KeptConversation, titleOf } from '../conversation/kept-conversation.ts';
import { type Excerpt, find, type Found, wordsOf } from '../conversation/search.ts';
import type { History } from './history.ts';

/** So many more at a time. */
const PAGE = 40;

/** Without a pause no longer than this: somebody may be typing. */
const SLICE_MS = 8;

export interface HistoryRow {
  readonly id: string;
  readonly title: string;
  /** When it was changed last, as a time of `Date.now()`. */
  readonly updatedAt: number;
  readonly isLive: boolean;
  /** Where something was found in it, and the words around that. */
  readonly message?: string;
  readonly excerpt?: Excerpt;
}

export class HistoryReader implements ReactiveController {
  /** Those that were read, the one that was changed last first. */
  rows: readonly HistoryRow[] = [];
  isReading = false;
  /** There may be more to read. */
  hasMore = true;
  readonly #host: ReactiveControllerHost;
  #history: History | undefined;
  #words: readonly string[] = [];
  #unread: AsyncIterator<KeptConversation> | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#unread = undefined;
  }

  get isSearching(): boolean {
    return this.#words.length > 0;
  }

  /** Reads anew what has all the words of a query; of an empty one, the first page. */
  begin(history: History, query = ''): Promise<void> {
    this.#history = history;
    this.#words = wordsOf(query);
    this.#unread = undefined;
    this.rows = [];
    this.isReading = false;
    this.hasMore = true;
    return this.more();
  }

  async more(): Promise<void> {
    if (this.isReading || !this.hasMore || !this.#history) return;
    const unread = (this.#unread ??= this.#history.list()[Symbol.asyncIterator]());
    const enough = this.rows.length + PAGE;
    this.isReading = true;
    this.#host.requestUpdate();
    let sliceEnd = performance.now() + SLICE_MS;
    while (this.rows.length < enough) {
      const { value, done } = await unread.next();
      // Something else is looked for by now.
      if (unread !== this.#unread) return;
      if (done) {
        this.hasMore = false;
        break;
      }
      const found = find(value, this.#words);
      if (found) this.rows = [...this.rows, rowOf(value, found)];
      if (performance.now() < sliceEnd) continue;
      this.#host.requestUpdate();
      await new Promise(resolve => setTimeout(resolve));
      if (unread !== this.#unread) return;
      sliceEnd = performance.now() + SLICE_MS;
    }
    this.isReading = false;
    this.#host.requestUpdate();
  }

  change(id: string, change: Partial<HistoryRow>): void {
    this.rows = this.rows.map(row => (row.id === id ? { ...row, ...change } : row));
    this.#host.requestUpdate();
  }

  drop(id: string): void {
    this.rows = this.rows.filter(row => row.id !== id);
    this.#host.requestUpdate();
  }
}

function rowOf(kept: KeptConversation, found: Found): HistoryRow {
  const { id, messages } = kept.conversation;
  return { id, title: titleOf(kept), updatedAt: kept.updatedAt, isLive: messages.some(isLive), ...found };
}

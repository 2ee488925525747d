/**
 * Follows the newest line of a scroller until the reader scrolls away.
 *
 * Only the reader ends the following: by scrolling up, however that is done, or by selecting text. A change
 * of size never does. The scroller is moved where a text has just grown, which is once per render and not per token,
 * and for all other changes of size inside the ResizeObserver's callback, where the layout has just been made.
 */

import type { LitElement, ReactiveController } from 'lit';
import type { RivuletTranscript } from '../elements/transcript.ts';
import { inNextTask } from './next-task.ts';
import { selectedRange } from './selected-range.ts';

interface Parts {
  scroller: HTMLElement;
  /** What is inside the scroller and grows. */
  content: HTMLElement;
}

/** Nearer to the end than this, in pixels, the reader is at the end. */
const NEAR = 24;

/** A layout of so many milliseconds is long: with the text that is shown, the task would be one that is felt. */
const LONG_MS = 8;

/** It is made once, by whoever needs it first. */
export function followBottom(transcript: RivuletTranscript): StickToBottom {
  if (!transcript.bottom) {
    transcript.bottom = new StickToBottom(transcript, () => ({
      scroller: transcript.renderRoot.querySelector('.scroller')!,
      content: transcript.renderRoot.querySelector('.content')!,
    }));
    transcript.requestUpdate();
  }
  return transcript.bottom;
}

export class StickToBottom implements ReactiveController {
  following = true;
  /** The reader follows no more, and the newest line is out of sight. */
  away = false;
  readonly #host: LitElement;
  readonly #parts: () => Parts;
  readonly #sizes = new ResizeObserver(() => this.#settle());
  #scroller: HTMLElement | undefined;
  /** Where the scroller was when last looked at: what is less now was scrolled up. */
  #top = 0;
  #wasSelecting = false;
  /** What following took last time, in milliseconds. */
  #layoutMs = 0;

  constructor(host: LitElement, parts: () => Parts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('selectionchange', this.#onSelection);
    if (this.#host.hasUpdated) this.#observe();
  }

  /** A frame may tell only later that the reader has scrolled: it is noticed before there is more to read. */
  hostUpdate(): void {
    if (this.following && !document.hidden) this.#onScroll();
  }

  hostUpdated(): void {
    if (!this.#scroller) this.#observe();
  }

  hostDisconnected(): void {
    document.removeEventListener('selectionchange', this.#onSelection);
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
    this.#scroller = undefined;
    this.#sizes.disconnect();
  }

  /** The reader wants the newest line. */
  follow(behavior: ScrollBehavior = 'instant'): void {
    this.following = true;
    this.#scroller?.scrollTo({ top: this.#scroller.scrollHeight, behavior });
    this.#look();
  }

  /**
   * The content has grown in this task. To scroll now, before its frame is begun, spares another frame: what is scrolled in
   * the midst of one is told to the page in the next. The layout that this takes is not made again. Where it takes long, it
   * has a task of its own, for a slow phone to answer to touch between; a frame that comes first scrolls as for any other
   * change of size.
   */
  readonly grown = (): void => {
    if (!this.following || document.hidden) return;
    if (this.#layoutMs > LONG_MS) inNextTask(this.#followGrowth);
    else this.#followGrowth();
  };

  /** Who has scrolled since it grew is not brought back. */
  readonly #followGrowth = (): void => {
    const began = performance.now();
    this.#onScroll();
    this.#settle();
    this.#layoutMs = performance.now() - began;
  };

  #observe(): void {
    const { scroller, content } = this.#parts();
    this.#scroller = scroller;
    this.#top = scroller.scrollTop;
    scroller.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#sizes.observe(scroller);
    this.#sizes.observe(content);
  }

  #settle(): void {
    if (!this.#scroller) return;
    if (this.following) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#look();
  }

  readonly #onScroll = (): void => {
    if (!this.#scroller) return;
    const { scrollTop } = this.#scroller;
    const left = this.#left();
    // Content that shrinks, and a scroll that springs back at the end, also go up, but they end at the end.
    if (scrollTop < this.#top - 1 && left > 1) this.following = false;
    else if (left <= (scrollTop > this.#top ? NEAR : 1) && !this.#isSelecting()) this.following = true;
    this.#look();
  };

  readonly #onSelection = (): void => {
    const isSelecting = this.#isSelecting();
    // Typing moves the selection too, and must not cost a layout.
    if (!isSelecting && !this.#wasSelecting) return;
    this.#wasSelecting = isSelecting;
    if (isSelecting) this.following = false;
    else if (this.#left() <= NEAR) this.following = true;
    this.#look();
  };

  #look(): void {
    this.#top = this.#scroller?.scrollTop ?? 0;
    const away = !this.following && this.#left() > NEAR;
    if (away === this.away) return;
    this.away = away;
    this.#host.requestUpdate();
  }

  /** Pixels below what is in sight. */
  #left(): number {
    if (!this.#scroller) return 0;
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller;
    return scrollHeight - clientHeight - scrollTop;
  }

  #isSelecting(): boolean {
    const root = this.#host.renderRoot;
    const range = selectedRange(root);
    return !!range && !range.collapsed && root.contains(range.startContainer);
  }
}

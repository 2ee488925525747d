/** Remembers which message the reader of a conversation is at, and brings them back there without a jump. */

import { followBottom } from './stick-to-bottom.ts';
import type { ReactiveController } from 'lit';
import type { ReadingPlace } from '../conversation/kept-conversation.ts';
import type { RivuletTranscript } from '../elements/transcript.ts';

/** A reader who pauses for so long is at a place. */
const REST_MS = 250;

/** Messages come to their height when they come near to sight; that takes no longer, or somebody scrolls. */
const SETTLED_MS = 1500;

/** So many messages before the place are there at once; the others come when there is time. */
const BEFORE = 6;

type Left = (place: ReadingPlace | undefined) => void;

/** Follows one transcript. */
export class ReadingPlaceController implements ReactiveController {
  readonly #transcript: RivuletTranscript;
  readonly #left: Left;
  #scroller: HTMLElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settling = new AbortController();

  /** @param left is told of each place where the reader rests; undefined is the end */
  constructor(transcript: RivuletTranscript, left: Left) {
    this.#transcript = transcript;
    this.#left = left;
    transcript.addController(this);
  }

  hostUpdated(): void {
    if (this.#scroller) return;
    this.#scroller = this.#transcript.renderRoot.querySelector<HTMLElement>('.scroller') ?? undefined;
    this.#scroller?.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  hostDisconnected(): void {
    this.#settling.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Of a message that is not there, nothing happens. */
  async goTo(place: ReadingPlace): Promise<void> {
    const transcript = this.#transcript;
    await transcript.updateComplete;
    const index = transcript.messages.findIndex(({ id }) => id === place.message);
    if (index < 0) return;
    followBottom(transcript).following = false;
    transcript.from = Math.min(transcript.from, index - BEFORE);
    transcript.requestUpdate();
    await transcript.updateComplete;
    await Promise.all(
      this.#elements().map(element => ('updateComplete' in element ? element.updateComplete : 0)),
    );
    this.#stay(place);
  }

  #stay(place: ReadingPlace): void {
    this.#settling.abort();
    const { signal } = (this.#settling = new AbortController());
    const scroller = this.#scroller;
    const element = this.#elements().find(one => idOf(one) === place.message);
    if (!scroller || !element) return;
    const move = () => {
      scroller.scrollTop +=
        element.getBoundingClientRect().top - scroller.getBoundingClientRect().top + place.offset;
    };
    move();
    const sizes = new ResizeObserver(move);
    for (const one of [scroller, scroller.firstElementChild!]) sizes.observe(one);
    const timer = setTimeout(() => this.#settling.abort(), SETTLED_MS);
    for (const type of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
      addEventListener(type, () => this.#settling.abort(), { signal, capture: true, passive: true });
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      sizes.disconnect();
    });
  }

  readonly #onScroll = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#scroller?.clientHeight && this.#left(this.#place()), REST_MS);
  };

  #place(): ReadingPlace | undefined {
    const scroller = this.#scroller!;
    const { scrollTop, clientHeight, scrollHeight } = scroller;
    if (this.#transcript.bottom?.following || scrollTop + clientHeight >= scrollHeight - 1) return undefined;
    const { top } = scroller.getBoundingClientRect();
    const first = this.#elements().find(element => element.getBoundingClientRect().bottom > top);
    const message = first && idOf(first);
    return message === undefined
      ? undefined
      : { message, offset: Math.round(top - first!.getBoundingClientRect().top) };
  }

  /** Of the messages, in order. */
  #elements(): Element[] {
    return [
      ...this.#transcript.renderRoot.querySelectorAll('.content > .question, .content > rivulet-answer'),
    ];
  }
}

/** An answer has its message; of a question, what one can do with it has it. */
function idOf(element: Element): string | undefined {
  const owner =
    element.localName === 'rivulet-answer' ? element : element.querySelector('rivulet-question-actions');
  return (owner as { message?: { id: string } } | null)?.message?.id;
}

/**
 * What screen readers say of a chat: short-lived texts in regions that nobody sees.
 *
 * A region that is written again may be read again from its beginning, or not at all where the text is the same: they take
 * turns. What is said at the moment in which the focus moves is lost in NVDA: all waits a little, and what comes meanwhile goes
 * along. No text stays, or readers would come upon it as a part of the page.
 */

const DELAY_MS = 250;
const KEPT_MS = 3000;

export interface Spoken {
  text: string;
  /** As BCP 47 has it. */
  lang: string;
}

/** `polite` waits for the end of what is being said; `assertive` does not. */
export type Manner = 'polite' | 'assertive';

const channels = new WeakMap<Node, Record<Manner, Channel>>();

/** Has something said once. The regions are made at the first time, and stay with the tree. */
export function speak(root: ShadowRoot, spoken: Spoken, manner: Manner): void {
  const of = channels.get(root) ?? {
    polite: new Channel(root, 'polite', 3),
    assertive: new Channel(root, 'assertive', 2),
  };
  channels.set(root, of);
  of[manner].say(spoken);
}

class Channel {
  readonly #regions: readonly HTMLElement[];
  #next = 0;
  #waiting: Spoken[] = [];
  #emptying: ReturnType<typeof setTimeout> | undefined;

  constructor(root: ShadowRoot, manner: Manner, count: number) {
    // A page may have an Array.from of its own, without all that it can do.
    this.#regions = new Array(count).fill(manner).map(() => {
      const region = document.createElement('div');
      region.className = 'spoken';
      region.setAttribute('aria-live', manner);
      return region;
    });
    root.append(...this.#regions);
  }

  say(spoken: Spoken): void {
    this.#waiting.push(spoken);
    if (this.#waiting.length === 1) setTimeout(this.#write, DELAY_MS);
  }

  readonly #write = (): void => {
    this.#empty();
    this.#regions[this.#next]!.append(...this.#waiting.map(paragraph));
    this.#next = (this.#next + 1) % this.#regions.length;
    this.#waiting = [];
    clearTimeout(this.#emptying);
    this.#emptying = setTimeout(this.#empty, KEPT_MS);
  };

  readonly #empty = (): void => {
    for (const region of this.#regions) region.replaceChildren();
  };
}

function paragraph({ text, lang }: Spoken): HTMLElement {
  const paragraph = document.createElement('p');
  paragraph.lang = lang;
  paragraph.textContent = text;
  return paragraph;
}

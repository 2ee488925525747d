/**
 * A sentence of the page's own beside the launcher, after a moment, until somebody hides it or opens the chat: then it does
 * not come back. It is not announced: nobody has asked for it. It may be here before the chat and Lit are, and imports nothing of theirs.
 */

import type { RivuletLauncher } from '../elements/launcher.ts';
import { hideTeaser, isTeaserHidden } from '../storage/popup.ts';

/** Whoever has come to read has begun by then. */
const AFTER_MS = 4_000;

/** The launcher's own styles make it the note that it is. Other properties of these have no names here. */
const styles = new CSSStyleSheet();
styles.replaceSync(`
  .teaser {
    display: flex;
    align-items: flex-start;
    gap: 4px;
    padding-inline-end: 4px;
    cursor: pointer;
    animation: teaser 200ms ease-out;
  }
  .teaser span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .teaser button.hide {
    inline-size: 24px;
    block-size: 24px;
    margin-block: -2px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: inherit;
    box-shadow: none;
    font: 18px/1 system-ui, sans-serif;
    opacity: 0.75;
    transform: none;
  }
  .teaser button.hide:hover, .teaser button.hide:focus-visible { opacity: 1 }
  .teaser button.hide.hide::after { content: none }
  .teaser:has(span:empty), :host([open]) .teaser { display: none }
  @keyframes teaser { from { opacity: 0; transform: translateY(8px) } }
  @media (pointer: coarse) { .teaser button.hide { inline-size: 44px; block-size: 44px; margin-block: -8px } }
  @media (forced-colors: active) { .teaser { border: 1px solid CanvasText } }
`);

const teased = new WeakSet<Element>();

/**
 * Says at a launcher what its attribute `teaser` says.
 * @param ask gets words for it, where it has none
 */
export function tease(launcher: Element, ask?: () => unknown): void {
  // A page's own button has no place for it.
  if (teased.has(launcher) || !launcher.shadowRoot?.querySelector('.frame') || isTeaserHidden()) return;
  teased.add(launcher);
  new Teaser(launcher as RivuletLauncher);
  if (!launcher.getAttribute('teaser')) ask?.();
}

class Teaser {
  readonly #launcher: RivuletLauncher;
  readonly #text = document.createElement('span');
  readonly #note = document.createElement('p');
  readonly #timer = setTimeout(() => this.#show(), AFTER_MS);

  constructor(launcher: RivuletLauncher) {
    this.#launcher = launcher;
    this.#text.dir = 'auto';
    this.#note.className = 'teaser';
    this.#note.append(this.#text, this.#button());
    this.#look();
    new MutationObserver(this.#look).observe(launcher, { attributeFilter: ['open', 'teaser'] });
  }

  readonly #look = (): void => {
    this.#text.textContent = this.#launcher.getAttribute('teaser');
    if (this.#launcher.hasAttribute('open')) this.#hide();
  };

  #button(): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'hide';
    button.textContent = '×';
    button.ariaLabel = button.title = this.#launcher.words.hide;
    button.addEventListener('click', event => {
      // Elsewhere a click opens the chat.
      event.stopPropagation();
      this.#hide();
    });
    return button;
  }

  #show(): void {
    // Somebody may have hidden it meanwhile, in another tab.
    const root = this.#launcher.shadowRoot;
    if (!root || isTeaserHidden()) return;
    root.adoptedStyleSheets.push(styles);
    root.querySelector('.frame')?.prepend(this.#note);
  }

  #hide(): void {
    hideTeaser();
    clearTimeout(this.#timer);
    this.#note.remove();
  }
}

/**
 * The round button in the corner that opens the chat. A plain element: it is in the script tag's first file,
 * before Lit and all else have loaded. What it does on a click is decided by who listens.
 */

import { launcherWords } from '../locales/en.ts';
import type { Language } from '../locales/locale.ts';
import { accent } from '../styles/accent.ts';
import { define } from './define.ts';
import { flowingMarkPaths, iconPaths, markPaths } from './icon-paths.ts';
import { launcherStyles } from './launcher-styles.ts';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @attr open whether the chat is open
 * @attr unread whether an answer is there that nobody has seen
 * @attr theme light, dark or auto
 * @attr position end or start
 */
export class RivuletLauncher extends HTMLElement {
  static observedAttributes = ['open', 'unread'];

  readonly #button = document.createElement('button');
  readonly #mark = drawing('mark', markPaths);
  readonly #note = document.createElement('p');
  #state: 'idle' | 'loading' | 'failed' = 'idle';
  /** What it says. */
  words = launcherWords;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [accent, launcherStyles];
    this.#button.type = 'button';
    this.#button.part.add('launcher');
    this.#button.append(this.#mark, drawing('fold', [iconPaths.fold]));
    for (const type of ['dragenter', 'dragover']) this.#button.addEventListener(type, this.#onDrag);
    this.#note.setAttribute('role', 'status');
    const frame = document.createElement('div');
    frame.className = 'frame';
    frame.append(this.#note, this.#button);
    root.append(frame);
    this.#show();
  }

  /** What the chat's code is doing: nothing, loading, or not to be had (then it says so in words). */
  get state(): 'idle' | 'loading' | 'failed' {
    return this.#state;
  }
  set state(state) {
    this.#state = state;
    this.#show();
  }

  /** What the chat speaks; English where it is not set. */
  set language(language: Language | undefined) {
    this.words = language?.words('launcher', launcherWords) ?? launcherWords;
    this.#show();
  }

  attributeChangedCallback(): void {
    this.#show();
  }

  /** Not delegated: Firefox delegates none from a host without a box. */
  override focus(options?: FocusOptions): void {
    this.#button.focus(options);
  }

  /** Files are for the panel: it opens for them. Dropped here they would take the page's place. */
  readonly #onDrag = (event: Event): void => {
    const { dataTransfer } = event as DragEvent;
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    dataTransfer.dropEffect = 'none';
    if (event.type === 'dragenter' && !this.hasAttribute('open')) this.#button.click();
  };

  #show(): void {
    const open = this.hasAttribute('open');
    const loading = this.#state === 'loading';
    const words = this.words;
    const closed = this.hasAttribute('unread') ? words.openUnread : words.open;
    this.#button.setAttribute('aria-label', open ? words.close : closed);
    this.#button.setAttribute('aria-expanded', String(open));
    this.#button.setAttribute('aria-busy', String(loading));
    this.#mark.querySelectorAll('path').forEach((path, index) => {
      path.setAttribute('d', (loading ? flowingMarkPaths : markPaths)[index] ?? '');
    });
    this.#note.textContent = this.#state === 'failed' ? words.failed : '';
  }
}

function drawing(name: string, paths: readonly string[]): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', name);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  for (const d of paths) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

define('rivulet-launcher', RivuletLauncher);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-launcher': RivuletLauncher;
  }
}

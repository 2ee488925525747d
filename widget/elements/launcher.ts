/**
 * The round button in the corner that opens the chat. A plain element: it is in the script tag's first file,
 * before Lit and all else have loaded. What it does on a click is decided by who listens.
 */

import { launcherWords } from '../locales/en.ts';
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

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    root.adoptedStyleSheets = [accent, launcherStyles];
    this.#button.type = 'button';
    this.#button.append(this.#mark, drawing('fold', [iconPaths.fold]));
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

  attributeChangedCallback(): void {
    this.#show();
  }

  #show(): void {
    const open = this.hasAttribute('open');
    const loading = this.#state === 'loading';
    const closed = this.hasAttribute('unread') ? launcherWords.openUnread : launcherWords.open;
    this.#button.setAttribute('aria-label', open ? launcherWords.close : closed);
    this.#button.setAttribute('aria-expanded', String(open));
    this.#button.setAttribute('aria-busy', String(loading));
    this.#mark.querySelectorAll('path').forEach((path, index) => {
      path.setAttribute('d', (loading ? flowingMarkPaths : markPaths)[index] ?? '');
    });
    this.#note.textContent = this.#state === 'failed' ? launcherWords.failed : '';
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

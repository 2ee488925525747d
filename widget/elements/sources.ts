/** Where an answer has something from: numbered chips, each with its title and the host that it leads to. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { Source } from '../conversation/message.ts';
import { enSources } from '../locales/en-sources.ts';
import { wordsOf } from '../locales/words-of.ts';
import { safeUrl } from '../markdown/extras/urls.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from '../styles/css.ts';
import { define } from './define.ts';

/** So many are shown before somebody asks for the others. */
const FIRST = 5;

/** It renders into the transcript's own tree, whose styles it shares. */
export class RivuletSources extends LitElement {
  static override properties: PropertyDeclarations = {
    sources: { attribute: false },
    showsAll: { state: true },
  };

  declare sources: readonly Source[];
  declare showsAll: boolean;

  constructor() {
    super();
    this.sources = [];
    this.showsAll = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, sourcesStyles);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { sources } = this;
    // A button for a single one would take the place of it.
    const count = this.showsAll || sources.length <= FIRST + 1 ? sources.length : FIRST;
    const more = sources.length - count;
    return html`<ol class="sources" aria-label=${this.#words.sources}>
      ${sources.slice(0, count).map((source, index) => html`<li>${chip(source, index + 1)}</li>`)}
      ${more > 0 ? html`<li><button type="button" class="chip" part="button" @click=${this.#showAll}>${this.#words.more(more)}</button></li>` : nothing}
    </ol>`;
  }

  get #words() {
    return wordsOf(this, 'sources', enSources);
  }

  readonly #showAll = async (): Promise<void> => {
    this.showsAll = true;
    await this.updateComplete;
    // The button that was pressed has gone.
    this.querySelectorAll<HTMLElement>('li')[FIRST]?.querySelector('a')?.focus({ preventScroll: true });
  };
}

function chip({ url, title }: Source, number: number) {
  const address = safeUrl(url, document.baseURI);
  const host = address?.host.replace(/^www\./, '');
  const inside = html`<span class="number">${number}</span>${title ? html`<bdi class="title">${title}</bdi>` : nothing}${host ? html`<bdi class="host">${host}</bdi>` : nothing}`;
  return address
    ? html`<a
        class="chip"
        part="source"
        href=${address.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        title=${title ?? address.href}
        >${inside}</a
      >`
    : html`<span class="chip" part="source">${inside}</span>`;
}

const sourcesStyles = css`
  rivulet-sources {
    display: block;
    margin-block: 12px 4px;
  }
  .sources {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .sources li {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .sources .chip {
    display: flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 360px;
    border-radius: var(--_round);
    padding: 4px 12px 4px 10px;
    color: var(--_ink);
    font-size: var(--_tiny);
    text-decoration: none;
  }
  .sources .number {
    flex: none;
    color: var(--_ink-2);
    font-variant-numeric: tabular-nums;
  }
  .sources .title {
    flex-shrink: 1000;
    min-inline-size: 4em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Of a long title less is shown, of the host all that fits. */
  .sources .host {
    min-inline-size: 0;
    overflow: hidden;
    color: var(--_ink-2);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;

define('rivulet-sources', RivuletSources);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-sources': RivuletSources;
  }
}

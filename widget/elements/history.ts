/** The list of conversations: found, come back to, given a name, deleted. Loaded with the menu. */

import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { History } from '../controllers/history.ts';
import type { KeepController } from '../controllers/keep.ts';
import { HistoryReader, type HistoryRow } from '../controllers/history-reader.ts';
import { enHistory } from '../locales/en-history.ts';
import { wordsOf } from '../locales/words-of.ts';
import { base } from '../styles/base.ts';
import { exportParts } from '../styles/parts.ts';
import { actionIcons } from './action-icons.ts';
import { define } from './define.ts';
import { isComposing } from './enter-key.ts';
import { historyStyles } from './history-styles.ts';
import { iconButton } from './icon-button.ts';

/** A deletion can be taken back so long, and while somebody is at the button. */
const UNDO_MS = 15_000;

/** Somebody who types on is not shown what the first letters find. */
const TYPING_MS = 150;

/**
 * @event close a conversation was chosen
 * @event gone the one that was chosen is no longer there
 */
export class RivuletHistory extends LitElement {
  static override properties: PropertyDeclarations = {
    keep: { attribute: false },
    shown: {},
    history: { state: true },
    failed: { state: true },
    active: { state: true },
    renamed: { state: true },
    removed: { state: true },
  };
  static override styles = [base, historyStyles];

  declare keep: KeepController | undefined;
  /** The id of the conversation that is shown. */
  declare shown: string;
  declare private history: History | undefined;
  declare private failed: boolean;
  /** The row in which Tab stops. */
  declare private active: string | undefined;
  declare private renamed: string | undefined;
  /** What was deleted here, with what brings it back. */
  declare private removed: ReadonlyMap<string, Promise<() => Promise<void>>>;
  readonly #reader = new HistoryReader(this);
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.keep = undefined;
    this.shown = '';
    this.history = undefined;
    this.failed = false;
    this.active = this.renamed = undefined;
    this.removed = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    exportParts(this.renderRoot);
    // The properties come first.
    queueMicrotask(() => void this.#begin());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected override render() {
    if (this.failed)
      return html`<p role="alert"><bdi>${this.#words.unloaded}</bdi></p>
        <button type="button" class="chip" part="button" @click=${this.#begin}>${this.#words.retry}</button>`;
    const today = new Date().setHours(0, 0, 0, 0);
    const { rows, hasMore, isReading } = this.#reader;
    return html`
      <input
        type="search"
        part="input"
        dir="auto"
        aria-label=${this.#words.search}
        placeholder=${this.#words.search}
        @input=${this.#onInput}
        @keydown=${this.#onSearchKeydown}
      />
      <div @keydown=${this.#onKeydown}>
        ${this.#group(
          this.#words.today,
          rows.filter(({ updatedAt }) => updatedAt >= today),
        )}
        ${this.#group(
          this.#words.earlier,
          rows.filter(({ updatedAt }) => updatedAt < today),
        )}
      </div>
      <p class="state" role="status" dir="auto">${this.#state()}</p>
      ${
        hasMore && !isReading && rows.length > 0
          ? html`<button type="button" class="chip more" part="button" @click=${this.#more}>${this.#words.more}</button>`
          : nothing
      }
    `;
  }

  get #words() {
    return wordsOf(this, 'history', enHistory);
  }

  #group(name: string, rows: readonly HistoryRow[]) {
    return rows.length === 0
      ? nothing
      : html`<h3>${name}</h3>
          <ul aria-label=${`${this.#words.list}: ${name}`}>
            ${rows.map(row => html`<li data-id=${row.id}>${this.#row(row)}</li>`)}
          </ul>`;
  }

  #row(row: HistoryRow) {
    if (this.removed.has(row.id)) return this.#undo(row.id);
    return this.renamed === row.id ? this.#field(row) : this.#choice(row);
  }

  #choice({ id, title, updatedAt, isLive, message, excerpt }: HistoryRow) {
    const isSkipped = (this.active ?? this.#reader.rows[0]?.id) !== id;
    const tools = [
      { name: this.#words.rename, path: actionIcons.edit, isSkipped, onClick: () => void this.#rename(id) },
      { name: this.#words.remove, path: actionIcons.remove, isSkipped, onClick: () => void this.#remove(id) },
    ];
    return html`<button
        type="button"
        class="open"
        part="conversation"
        tabindex=${isSkipped ? '-1' : '0'}
        aria-current=${id === this.shown ? 'true' : 'false'}
        @focus=${() => (this.active = id)}
        @click=${() => void this.#open(id, message)}
      >
        <span class="title"><bdi>${title || this.#words.untitled}</bdi></span>
        <time datetime=${new Date(updatedAt).toISOString()}><bdi>${isLive ? this.#words.answering : this.#words.when(updatedAt)}</bdi></time>
        ${excerpt ? html`<span class="excerpt" dir="auto">${excerptOf(excerpt)}</span>` : nothing}
      </button>
      <span class="tools" part="actions">${tools.map(iconButton)}</span>`;
  }

  #field({ id, title }: HistoryRow) {
    return html`<input
      type="text"
      part="input"
      dir="auto"
      aria-label=${this.#words.name}
      .value=${title}
      @keydown=${(event: KeyboardEvent) => this.#onNameKeydown(event, id)}
      @blur=${() => void this.#named(id)}
    />`;
  }

  #undo(id: string) {
    return html`<p class="removed" part="undo" role="status">
      <bdi>${this.#words.removed}</bdi>
      <button type="button" class="chip" part="button" @click=${() => void this.#restore(id)}>${this.#words.undo}</button>
    </p>`;
  }

  #state(): string {
    const { rows, isReading, hasMore, isSearching } = this.#reader;
    if (isReading) return isSearching ? this.#words.searching : '';
    if (isSearching) return rows.length > 0 ? this.#words.found(rows.length, hasMore) : this.#words.notFound;
    return rows.length === 0 && this.history ? this.#words.none : '';
  }

  readonly #begin = async (): Promise<void> => {
    this.failed = false;
    try {
      this.history = await (await this.keep?.load())?.history();
    } catch {
      this.failed = true;
      return;
    }
    if (this.history) await this.#reader.begin(this.history);
  };

  /** The focus goes to the first that is new. */
  readonly #more = async (): Promise<void> => {
    const { length } = this.#reader.rows;
    await this.#reader.more();
    const next = this.#reader.rows[length];
    if (next) await this.#focusRow(next.id);
  };

  readonly #onInput = (): void => {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.active = undefined;
      if (this.history) void this.#reader.begin(this.history, this.#search.value);
    }, TYPING_MS);
  };

  readonly #onSearchKeydown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    if (event.key === 'ArrowDown') this.#go(event, 0);
    // The first Escape empties it, the next one leaves the menu.
    else if (event.key === 'Escape' && this.#search.value) {
      event.preventDefault();
      this.#search.value = '';
      this.#onInput();
    }
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('li');
    const id = row?.dataset.id;
    if (!row || !id || (event.target as Element).localName === 'input') return;
    const all = this.#stops();
    const at = all.findIndex(stop => row.contains(stop));
    switch (event.key) {
      case 'ArrowDown':
        return this.#go(event, at + 1);
      case 'ArrowUp':
        return at === 0 ? this.#focus(event, this.#search) : this.#go(event, at - 1);
      case 'Home':
        return this.#go(event, 0);
      case 'End':
        return this.#go(event, all.length - 1);
      case 'F2':
        event.preventDefault();
        return void this.#rename(id);
      case 'Delete':
        event.preventDefault();
        return void this.#remove(id);
    }
  };

  /** To the row of that number. */
  #go(event: Event, index: number): void {
    this.#focus(event, this.#stops()[index]);
  }

  #focus(event: Event, element: HTMLElement | undefined): void {
    event.preventDefault();
    element?.focus();
  }

  async #open(id: string, message: string | undefined): Promise<void> {
    this.dispatchEvent(new Event('close'));
    if (!(await this.history?.open(id, message))) this.dispatchEvent(new Event('gone'));
  }

  async #rename(id: string): Promise<void> {
    if (this.removed.has(id)) return;
    this.active = this.renamed = id;
    await this.updateComplete;
    this.#in<HTMLInputElement>(id, 'input')?.select();
  }

  readonly #onNameKeydown = (event: KeyboardEvent, id: string): void => {
    if (isComposing(event)) return;
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    // It leaves this, and not the menu; nor does it press the button that comes in its place.
    event.preventDefault();
    if (event.key === 'Enter') void this.#named(id, true);
    else {
      this.renamed = undefined;
      void this.#focusRow(id);
    }
  };

  /** Whoever goes elsewhere has named it too. */
  async #named(id: string, isDone = false): Promise<void> {
    const title = this.#in<HTMLInputElement>(id, 'input')?.value.trim();
    if (this.renamed !== id || title === undefined) return;
    this.renamed = undefined;
    const before = this.#reader.rows.find(row => row.id === id)?.title;
    if (isDone) void this.#focusRow(id);
    if (title === before) return;
    this.#reader.change(id, { title });
    const named = await this.history?.rename(id, title);
    if (named) this.#reader.change(id, { title: named });
  }

  async #remove(id: string): Promise<void> {
    if (!this.history || this.removed.has(id)) return;
    this.removed = new Map([...this.removed, [id, this.history.remove(id)]]);
    this.active = id;
    this.#dropLater(id);
    await this.updateComplete;
    this.#in(id, 'button')?.focus();
  }

  async #restore(id: string): Promise<void> {
    const removal = this.removed.get(id);
    if (!removal) return;
    await (await removal)();
    this.#forget(id);
    this.#reader.change(id, { isLive: false });
    await this.#focusRow(id);
  }

  #dropLater(id: string): void {
    setTimeout(() => {
      if (!this.removed.has(id)) return;
      if (this.#in(id, 'button')?.matches(':hover, :focus')) return this.#dropLater(id);
      this.#forget(id);
      this.#reader.drop(id);
    }, UNDO_MS);
  }

  #forget(id: string): void {
    this.removed = new Map([...this.removed].filter(([other]) => other !== id));
  }

  async #focusRow(id: string): Promise<void> {
    await this.updateComplete;
    this.#in(id, 'button')?.focus();
  }

  get #search(): HTMLInputElement {
    return this.renderRoot.querySelector<HTMLInputElement>('input[type=search]')!;
  }

  /** Where the arrows go: in each row its first button. */
  #stops(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('li > .open, .removed button')];
  }

  #in<E extends HTMLElement>(id: string, selector: string): E | undefined {
    const row = [...this.renderRoot.querySelectorAll<HTMLElement>('li')].find(
      ({ dataset }) => dataset.id === id,
    );
    return row?.querySelector<E>(selector) ?? undefined;
  }
}

/** Every other part is what was searched for. */
function excerptOf(parts: readonly string[]): Array<string | TemplateResult> {
  return parts.map((part, index) => (index % 2 === 0 ? part : html`<mark>${part}</mark>`));
}

define('rivulet-history', RivuletHistory);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-history': RivuletHistory;
  }
}

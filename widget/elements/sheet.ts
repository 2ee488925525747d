/** Stands before the chat with one view after another, and gives the place back. */

import { html, LitElement, nothing, type PropertyDeclarations, type ReactiveController } from 'lit';
import type { AsideName, SheetName, Wish } from '../conversation/command.ts';
import { enSheet } from '../locales/en-sheet.ts';
import { wordsOf } from '../locales/words-of.ts';
import { asides, sheets } from '../sheets/index.ts';
import type { ChatParts, Sheet } from '../sheets/sheet.ts';
import { base } from '../styles/base.ts';
import { exportParts } from '../styles/parts.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { define } from './define.ts';
import { isComposing } from './enter-key.ts';
import { iconButton } from './icon-button.ts';
import { sheetStyles } from './sheet-styles.ts';

export class RivuletSheet extends LitElement implements ReactiveController {
  static override properties: PropertyDeclarations = {
    chat: { attribute: false },
    names: { state: true },
    sheet: { state: true },
    failed: { state: true },
  };
  static override styles = [base, sheetStyles];

  declare chat: ChatParts | undefined;
  /** Those that were opened one from another; the last one shows. */
  declare private names: readonly SheetName[];
  declare private sheet: Sheet | undefined;
  declare private failed: boolean;
  /** Who had the focus before. */
  #opener: HTMLElement | undefined;
  #of: string | undefined;

  constructor() {
    super();
    this.chat = undefined;
    this.names = [];
    this.sheet = undefined;
    this.failed = false;
    this.addEventListener('keydown', this.#onKeydown);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    exportParts(this.renderRoot);
    this.#follow();
  }

  /** One that was in the page before its code came has its properties only now. */
  protected override firstUpdated(): void {
    this.#follow();
  }

  #follow(): void {
    this.chat?.host.addController(this);
    this.chat?.host.addEventListener('rivulet-close', this.close);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.chat?.host.removeEventListener('rivulet-close', this.close);
  }

  /** What is shown is of the chat as it is now. */
  hostUpdated(): void {
    if (this.sheet) this.requestUpdate();
  }

  /** Shows a view; from it one goes back to the one that is shown now, or to the chat. */
  show(name: SheetName | AsideName, of?: string): void {
    // It was closed while this was loaded.
    if (!this.chat || isClosed(this.chat)) return;
    if (name === 'commands') return void this.#showAside(name);
    this.#of = of;
    if (this.names.length === 0) this.#opener = focused(this.getRootNode());
    // One that is behind already is gone back to.
    const at = this.names.indexOf(name);
    void this.#go(at < 0 ? [...this.names, name] : this.names.slice(0, at + 1));
  }

  protected override render() {
    const name = this.names.at(-1);
    if (!name || !this.chat) return nothing;
    const { sheet } = this;
    const title = sheet?.title(this.chat);
    const words = this.#words;
    return html`<div
      class="sheet"
      part="sheet"
      role="dialog"
      aria-modal="true"
      aria-label=${title ?? (this.failed ? words.unloaded : words.loading)}
    >
      <div class="header" part="header">
        ${iconButton({ name: words.back, path: actionIcons.previous, onClick: () => this.#back() })}
        ${title ? html`<h2 part="title" dir="auto">${title}</h2>` : nothing}
      </div>
      <div class="body">
        ${this.failed ? this.#failure() : sheet?.render({ ...this.chat, of: this.#of, close: this.close, act: this.#act })}
      </div>
    </div>`;
  }

  /** What stands beside the chat, once it is asked for, stays there. */
  async #showAside(name: AsideName): Promise<void> {
    const { showAside } = await asides[name]();
    if (this.chat) showAside(this.chat);
  }

  get #words() {
    return wordsOf(this, 'sheet', enSheet);
  }

  #failure() {
    return html`<p role="alert">${this.#words.unloaded}</p>
      <button type="button" class="chip" part="button" @click=${() => this.#go(this.names)}>${this.#words.retry}</button>`;
  }

  async #go(names: readonly SheetName[]): Promise<void> {
    const name = names.at(-1);
    this.names = names;
    this.sheet = undefined;
    this.failed = false;
    const panel = this.closest('rivulet-panel');
    if (panel) panel.covered = name !== undefined;
    if (!name) return this.#focusOpener();
    const loading = sheets[name]().catch(() => undefined);
    // What is behind has lost it: keys that leave a view have to be heard before that is there.
    await this.#focusFirst();
    const sheet = await loading;
    if (this.names !== names) return;
    this.sheet = sheet;
    this.failed = !sheet;
    await this.#focusFirst();
  }

  async #focusFirst(): Promise<void> {
    await this.updateComplete;
    const first = this.renderRoot.querySelector<HTMLElement>('[autofocus], .header button');
    first?.focus({ preventScroll: true });
  }

  #back(): void {
    void this.#go(this.names.slice(0, -1));
  }

  readonly #act = (wish: Wish): void => act(this, wish);

  /** Gives the place back to the chat. */
  readonly close = (): void => {
    if (this.names.length > 0) void this.#go([]);
  };

  /** After the panel has let go of its inertness. */
  #focusOpener(): void {
    const opener = this.#opener;
    this.#opener = undefined;
    void this.closest('rivulet-panel')?.updateComplete.then(() => opener?.focus({ preventScroll: true }));
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
    // The panel must not close as well.
    event.preventDefault();
    this.#back();
  };
}

function isClosed({ host }: ChatParts): boolean {
  return (host.mode === 'popup' || host.mode === 'panel') && !host.isOpen;
}

/** Whatever has the focus, in whichever tree below. */
function focused(root: Node): HTMLElement | undefined {
  let element = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : undefined;
}

define('rivulet-sheet', RivuletSheet);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-sheet': RivuletSheet;
  }
}

/** The paperclip in the composer, and what it has clipped: files that are picked, pasted or dropped, until they are sent. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { type PendingFile, PendingFiles } from '../attachments/pending-files.ts';
import { type IncomingFiles, IncomingFilesController } from '../controllers/incoming-files.ts';
import { contentOf } from '../conversation/attachment.ts';
import { readAttachmentLimits, type UsableLimits } from '../conversation/attachment-limits.ts';
import { newQuestion } from '../conversation/conversation.ts';
import { jsonBytes } from '../conversation/json-bytes.ts';
import type { Attachments, Draft } from '../conversation/message.ts';
import { enAttachments, refusalText } from '../locales/en-attachments.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { act } from './act.ts';
import './attached.ts';
import { attachmentIcons } from './attachment-icons.ts';
import { attachmentsStyles, pillStyles } from './attachments-styles.ts';
import { define } from './define.ts';
import { isComposing } from './enter-key.ts';
import { iconButton } from './icon-button.ts';
import { pendingList } from './pending-list.ts';

/** What a request has besides the message. */
const ENVELOPE_BYTES = 1_000;

/**
 * It renders into the chat's own tree, in the composer's slot.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletAttachments extends LitElement {
  static override properties: PropertyDeclarations = {
    settings: { attribute: false },
    model: {},
    isWaiting: { state: true },
    said: { state: true },
  };

  /** Of the server, as they came: whether something may be attached, and how much. */
  declare settings: object | undefined;
  /** What is asked for; empty: the server's default. */
  declare model: string;
  /** The message is to be sent when all its files are ready. */
  declare private isWaiting: boolean;
  /** For screen readers. */
  declare private said: string;
  readonly #pending = new PendingFiles(() => this.#onChange());
  readonly #incoming = new IncomingFilesController(this, incoming => this.#take(incoming));
  #listening = new AbortController();

  constructor() {
    super();
    this.settings = undefined;
    this.model = '';
    this.isWaiting = false;
    this.said = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, attachmentsStyles);
    const composer = this.#composer;
    const { signal } = (this.#listening = new AbortController());
    void composer?.updateComplete.then(() => adoptStyles(composer.renderRoot, pillStyles));
    // Before the chat hears it.
    composer?.addEventListener('send', this.#onSend as EventListener, { capture: true, signal });
    composer?.addEventListener('keydown', this.#onKeydown, { signal });
    composer?.addEventListener('input', this.#onInput, { signal });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#listening.abort();
  }

  /** What was attached before comes back. */
  restore(attachments: Attachments): void {
    this.#pending.restore(attachments);
  }

  clear(): void {
    this.#pending.clear();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    if (!this.#limits) return nothing;
    const { files, refusals } = this.#pending;
    const pick = () => this.querySelector<HTMLInputElement>('input[type=file]')?.click();
    return html`
      ${files.length + refusals.length > 0 ? this.#above() : nothing}
      ${iconButton({ name: this.#words.attach, path: attachmentIcons.attach, onClick: pick })}
      <input type="file" multiple hidden aria-label=${this.#words.attach} @change=${this.#onPick} />
      <div class="spoken" role="status">${this.said}</div>
      ${this.#incoming.isDraggedOver ? html`<div class="drop">${this.#words.drop}</div>` : nothing}
    `;
  }

  get #words() {
    return wordsOf(this, 'attachments', enAttachments);
  }

  #above() {
    const options = {
      words: this.#words,
      sees: this.#sees,
      onRemove: this.#remove,
      onDescribed: this.#focusComposer,
    };
    return html`<div class="above">
      ${pendingList(this.#pending, options)}
      ${this.#pending.refusals.map(refusal => html`<p class="refused" role="alert" dir="auto">${refusalText(refusal, this.#words)}</p>`)}
      ${this.isWaiting ? html`<p role="status" dir="auto">${this.#words.waiting}</p>` : nothing}
    </div>`;
  }

  get #composer() {
    return this.closest('rivulet-composer');
  }

  get #limits(): UsableLimits | undefined {
    return readAttachmentLimits(this.settings);
  }

  get #sees(): boolean {
    return this.#limits?.seeing.includes(this.model) ?? false;
  }

  /** False where nothing may be attached. */
  #take({ files, folders }: IncomingFiles): boolean {
    const limits = this.#limits;
    if (!limits) return false;
    if (files.length + folders.length === 0) return true;
    this.#pending.add(files, limits, this.#sees);
    this.#pending.refuse(...folders.map(name => ({ reason: 'folder', name }) as const));
    this.#focusComposer();
    return true;
  }

  #onChange(): void {
    const { files, isReady } = this.#pending;
    const composer = this.#composer;
    const last = files.at(-1);
    if (last?.attachment) this.said = this.#words.added(last.name);
    if (files.length === 0) this.isWaiting = false;
    this.requestUpdate();
    if (!composer) return;
    composer.more = files.length > 0;
    if (!this.isWaiting || !isReady) return;
    this.isWaiting = false;
    if (this.#ask(composer.draft)) composer.draft = '';
  }

  /** False where it is too long. */
  #ask(text: string, quote?: string): boolean {
    const { attachments } = this.#pending;
    const said = contentOf(newQuestion(text, { attachments }), new Set());
    const { characters = 0, bodyBytes = 0 } = this.#limits ?? {};
    if (said.length > characters || jsonBytes(said) + ENVELOPE_BYTES > bodyBytes) {
      this.#pending.refuse({ reason: 'together' });
      return false;
    }
    act(this, { type: 'ask', text, attachments, ...(quote && { quote }) });
    this.#pending.clear();
    this.said = '';
    return true;
  }

  readonly #onSend = (event: CustomEvent<Draft>): void => {
    if (this.#pending.files.length === 0 || !this.#limits) return;
    event.stopImmediatePropagation();
    this.isWaiting = !this.#pending.isReady;
    // The text stays where it is, and can be changed.
    if (this.isWaiting || !this.#ask(event.detail.content, event.detail.quote)) event.preventDefault();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const last = this.#pending.files.at(-1);
    const isInText = event.composedPath()[0] instanceof HTMLTextAreaElement;
    const isBackspace = event.key === 'Backspace' && !event.repeat && !isComposing(event);
    if (!isBackspace || !isInText || !last || this.#composer?.draft !== '') return;
    event.preventDefault();
    this.#remove(last);
  };

  /** Who goes on writing sends it themselves. */
  readonly #onInput = (): void => {
    this.isWaiting = false;
  };

  readonly #onPick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    this.#take({ files: [...(input.files ?? [])], folders: [] });
    // The same file can be picked again.
    input.value = '';
  };

  /** The button that was pressed goes away. */
  readonly #remove = ({ id, name }: PendingFile): void => {
    this.#pending.remove(id);
    this.said = this.#words.removed(name);
    this.#focusComposer();
  };

  readonly #focusComposer = (): void => this.#composer?.focus({ preventScroll: true });
}

define('rivulet-attachments', RivuletAttachments);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-attachments': RivuletAttachments;
  }
}

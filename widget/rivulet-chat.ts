/** `<rivulet-chat>`: joins the conversation, the client and the elements, and holds no other logic. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { oneOf, textList } from './attributes.ts';
import { KeepController } from './controllers/keep.ts';
import { LauncherController } from './controllers/launcher.ts';
import { OwnerSettingsController } from './controllers/owner-settings.ts';
import { Turn } from './controllers/turn.ts';
import type { FromPage } from './client/send.ts';
import { saidCount } from './conversation/conversation.ts';
import type { Wish } from './conversation/command.ts';
import type { Message } from './conversation/message.ts';
import { hasOnlyTouch } from './elements/enter-key.ts';
import { wave } from './elements/icons.ts';
import './elements/composer.ts';
import './elements/panel.ts';
import './elements/start.ts';
import { en } from './locales/en.ts';
import { base } from './styles/base.ts';
import { css } from './styles/css.ts';
import { waveStyles } from './styles/wave.ts';

/** Until the server has said what it takes. */
const DEFAULT_LIMITS = { messages: 100, bodyBytes: 1_000_000 };

/**
 * A chat that streams its answers.
 *
 * @attr {inline|popup} mode - a part of the page (default), or a panel that a launcher in the corner opens
 * @attr {end|start} position - the corner of the popup, in the direction of the page's text
 * @attr {light|dark|auto} theme - `auto` (default) is as the visitor's system is
 * @slot launcher - what opens the popup, in place of the round button
 * @event rivulet-open - the popup was opened; bubbles, composed
 * @event rivulet-close - the popup was closed; bubbles, composed
 * @cssproperty --rivulet-accent - the one colour; text on it and tints are computed
 * @cssproperty --rivulet-font - a font family list
 */
export class RivuletChat extends LitElement {
  /** Where an element without an `endpoint` sends its questions; the page's own origin where none is set. */
  static defaultEndpoint: string | undefined;

  static override properties: PropertyDeclarations = {
    mode: {},
    endpoint: {},
    model: {},
    heading: {},
    greeting: {},
    suggestions: { converter: textList },
    placeholder: {},
    theme: {},
    position: {},
    imageOrigins: { attribute: 'image-origins' },
    persist: {},
    keepDays: { type: Number, attribute: 'keep-days' },
    userId: { attribute: 'user-id' },
    isOpen: { type: Boolean, attribute: 'open', reflect: true },
  };

  static override styles = [
    base,
    waveStyles,
    css`
      :host {
        display: block;
        block-size: 640px;
      }
      :host([mode='popup']) {
        display: contents;
      }
      :host([hidden]) {
        display: none;
      }
      rivulet-transcript:not(:defined) {
        flex: 1;
        padding: 20px;
      }
    `,
  ];

  declare mode: 'inline' | 'popup' | null;
  /** Base URL of the proxy, or of any OpenAI-compatible server. */
  declare endpoint: string | null;
  /** The model to ask; the server's default where it is not set. */
  declare model: string | null;
  declare heading: string | null;
  declare greeting: string | null;
  /** Questions to begin with. As an attribute: a JSON array, or texts apart by line breaks or `|`. */
  declare suggestions: readonly string[] | null;
  declare placeholder: string | null;
  declare theme: 'light' | 'dark' | 'auto' | null;
  declare position: 'end' | 'start' | null;
  /**
   * Origins from which an answer's images are loaded without a click; of none where it is not set. As a text: addresses
   * apart by white space.
   */
  declare imageOrigins: string | readonly string[] | null;
  /** Where the conversation is kept: over visits (default), until the tab is closed, or until the page is left. */
  declare persist: 'local' | 'session' | 'none' | null;
  /** For how many days without a change a conversation is kept over visits; 30 where it is not set. */
  declare keepDays: number | null;
  /** Who is logged in to the page. Each has conversations of their own. */
  declare userId: string | null;
  /**
   * Gives a token of the visitor's session, as the site's own backend makes it after its login; the proxy gives one where
   * this is not set. Called when one is needed: before a conversation's first answer, and before the last token ends.
   */
  declare getToken: FromPage | undefined;
  /** Gives what a captcha of the page's has given, where the proxy wants to see that before a session begins. */
  declare getProof: FromPage | undefined;
  /** Whether the popup is open; the attribute is `open`. */
  declare isOpen: boolean;

  readonly #words = en;
  readonly #owner = new OwnerSettingsController(this, () => (this.#wasShown ? this.#endpoint : undefined));
  readonly #turn = new Turn(this, () => ({
    endpoint: this.#endpoint,
    ...(this.model && { model: this.model }),
    limits: this.#owner.settings.limits ?? DEFAULT_LIMITS,
    // Only our proxy has settings to tell; others may let no page send what they do not know.
    resumes: this.#owner.settings.limits !== undefined,
    known: () => this.#owner.known(),
    hasSessions: this.#owner.settings.session,
    getToken: this.getToken,
    getProof: this.getProof,
  }));
  readonly #keep = new KeepController(
    this,
    this.#turn,
    () => ({
      persist: oneOf(['local', 'session', 'none'], this.persist),
      endpoint: this.#endpoint,
      userId: this.userId,
      keepDays: this.keepDays,
    }),
    () => this.#wasShown,
  );
  readonly #launcher = new LauncherController(this, () => ({
    isOpen: this.isOpen,
    theme: this.#theme,
    position: this.#position,
    isBusy: this.busy,
    isBlank: this.#turn.conversation.messages.length === 0,
  }));
  /** The panel is made when it is first needed, and kept. */
  #wasShown = false;
  /** What screen readers say of the answer. Its place is here from the beginning, or they would not notice. */
  #spoken = '';

  constructor() {
    super();
    this.mode = this.endpoint = this.model = this.theme = this.position = null;
    this.heading = this.greeting = this.suggestions = this.placeholder = this.imageOrigins = null;
    this.persist = this.userId = this.keepDays = null;
    this.isOpen = false;
  }

  /** Whether an answer is waited for or streaming. */
  get busy(): boolean {
    return this.#turn.busy;
  }

  /** Goes on with an answer that was in the making when the last page was left, without opening the popup. */
  resume(): void {
    this.#wasShown = true;
    this.requestUpdate();
  }

  /** Opens the popup. */
  open(): void {
    this.isOpen = true;
  }

  /** Closes the popup; an answer goes on. */
  close(): void {
    this.isOpen = false;
  }

  toggle(): void {
    this.isOpen = !this.isOpen;
  }

  /** Asks a question; while an answer streams it waits for that. False, with nothing changed, for a blank or too long text. */
  send(text: string): boolean {
    return this.#turn.send(text);
  }

  /** Ends the answer that streams; what has arrived is kept. */
  stop(): void {
    this.#turn.stop();
  }

  /** Forgets the conversation. What is written and not sent stays. */
  clear(): void {
    this.#turn.clear();
    this.#spoken = '';
  }

  /**
   * Leaves nothing of this visitor: in this page, in other tabs, in storage. Fulfilled when it is done; rejected where the
   * code for it could not be loaded. To be called before another `user-id` is set, and needs not be waited for.
   */
  async logout(): Promise<void> {
    this.clear();
    await this.#keep.logout();
  }

  newChat(): void {
    this.clear();
  }

  /** Puts the cursor where one writes. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('rivulet-composer')?.focus(options);
  }

  protected override willUpdate(): void {
    if (!this.#isPopup || this.isOpen || this.busy) this.#wasShown = true;
  }

  protected override render() {
    return html`
      ${this.#isPopup ? this.#launcherSlot() : nothing}
      ${this.#wasShown ? this.#panel() : nothing}
      <div class="spoken" role="status">${this.#spoken}</div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    // A popup that is open from the beginning, as on the page before, does not take the focus.
    if (this.#isPopup && changed.get('isOpen') !== undefined) this.#afterToggle();
  }

  #launcherSlot() {
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- a button is in it, and has the keys
    return html`<slot name="launcher" @click=${this.toggle} @slotchange=${this.#launcher.tell}
      ><rivulet-launcher></rivulet-launcher
    ></slot>`;
  }

  #panel() {
    const words = this.#words;
    const { settings } = this.#owner;
    const { messages } = this.#turn.conversation;
    const heading = this.heading || settings.title || words.heading;
    return html`<rivulet-panel
      role=${this.#isPopup ? 'dialog' : 'region'}
      tabindex="-1"
      aria-label=${heading}
      .mode=${this.#isPopup ? 'popup' : 'inline'}
      .open=${this.isOpen}
      .theme=${this.#theme}
      .position=${this.#position}
      .heading=${heading}
      .model=${this.model || answeredBy(messages)}
      .words=${words}
      @close=${this.close}
      @act=${this.#onAct}
    >
      ${messages.length === 0 ? this.#start() : this.#transcript(messages)} ${this.#keep.line}
      <rivulet-dock .conversation=${this.#turn.conversation}></rivulet-dock>
      <rivulet-composer
        .busy=${this.busy}
        .placeholder=${this.placeholder || settings.placeholder || words.placeholder}
        .refusal=${this.#turn.tooLong ? words.tooLong : ''}
        .words=${words}
        @send=${this.#onSend}
        @prepare=${this.#onPrepare}
      ></rivulet-composer>
    </rivulet-panel>`;
  }

  #start() {
    const { settings } = this.#owner;
    return html`<rivulet-start
      .greeting=${this.greeting || settings.greeting || this.#words.greeting}
      .suggestions=${this.suggestions ?? settings.suggestions ?? []}
      .words=${this.#words}
    ></rivulet-start>`;
  }

  #transcript(messages: readonly Message[]) {
    const count = saidCount(messages);
    return html`<rivulet-transcript
      .messages=${count < messages.length ? messages.slice(0, count) : messages}
      .aside=${this.#turn.conversation.aside}
      .imageOrigins=${this.imageOrigins ?? ''}
      @announce=${this.#onAnnounce}
      >${this.#beforeTranscript()}</rivulet-transcript
    >`;
  }

  /** Seen until the transcript's code is there; it comes while the visitor types, unless the network is away. */
  #beforeTranscript() {
    if (customElements.get('rivulet-transcript')) return nothing;
    if (!this.#turn.lacksCode) {
      this.#onPrepare();
      return wave();
    }
    return html`<p role="alert">${this.#words.unanswered}</p>
      <button type="button" class="chip" @click=${() => this.#act({ type: 'retry' })}>${this.#words.retry}</button>`;
  }

  get #isPopup(): boolean {
    return this.mode === 'popup';
  }

  get #endpoint(): string {
    return this.endpoint || RivuletChat.defaultEndpoint || location.origin;
  }

  get #theme(): 'light' | 'dark' | 'auto' {
    return oneOf(['auto', 'light', 'dark'], this.theme ?? this.#owner.settings.theme);
  }

  get #position(): 'end' | 'start' {
    return oneOf(['end', 'start'], this.position);
  }

  readonly #onSend = (event: CustomEvent<string>): void => {
    if (!this.#turn.send(event.detail)) event.preventDefault();
  };

  readonly #onPrepare = (): void => this.#turn.prepare();

  readonly #onAnnounce = (event: CustomEvent<string>): void => {
    this.#spoken = event.detail;
    this.requestUpdate();
  };

  readonly #onAct = (event: CustomEvent<Wish>): void => {
    // It crosses the trees of the chat, and is none of the page's.
    event.stopPropagation();
    this.#act(event.detail);
  };

  #act(wish: Wish): void {
    switch (wish.type) {
      case 'ask':
        this.#turn.send(wish.text);
        break;
      case 'retry':
        this.#turn.retry();
        break;
      case 'continue':
        this.#turn.continue();
        break;
      case 'new_chat':
        this.newChat();
        break;
      default:
        this.#turn.ask(wish);
        if (wish.type !== 'asked_instead') return;
    }
    // The button that was pressed goes away, and must not take the focus with it.
    this.#focusInside();
  }

  #afterToggle(): void {
    this.dispatchEvent(
      new Event(this.isOpen ? 'rivulet-open' : 'rivulet-close', { bubbles: true, composed: true }),
    );
    if (this.isOpen) this.#focusInside();
    else if (this.shadowRoot?.activeElement) this.#launcher.focus();
  }

  /** Not into the composer where that brings up a keyboard, which would hide what the visitor came to read. */
  #focusInside(): void {
    const panel = this.renderRoot.querySelector('rivulet-panel');
    void panel?.updateComplete.then(() => (hasOnlyTouch() ? panel : this).focus({ preventScroll: true }));
  }
}

function answeredBy(messages: readonly Message[]): string {
  return messages.reduce((model, message) => (message.role === 'assistant' && message.model) || model, '');
}

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-chat': RivuletChat;
  }
}

/** `<rivulet-chat>`: joins the conversation, the client and the elements, and holds no other logic. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { ContactField, ContactRequest } from '../server/protocol.ts';
import { oneOf, textList, textOf } from './attributes.ts';
import { prepareForm } from './controllers/form.ts';
import { KeepController } from './controllers/keep.ts';
import { LanguageController } from './controllers/language.ts';
import type { AfterReceive, BeforeSend } from './controllers/hooks.ts';
import { LauncherController } from './controllers/launcher.ts';
import { OwnerSettingsController } from './controllers/owner-settings.ts';
import type { PageContext } from './controllers/page-context.ts';
import { Turn } from './controllers/turn.ts';
import type { FromPage, PageHeaders } from './client/send.ts';
import { saidCount } from './conversation/conversation.ts';
import type { Wish } from './conversation/command.ts';
import type { Draft, Message } from './conversation/message.ts';
import { hasOnlyTouch } from './elements/enter-key.ts';
import { wave } from './elements/icons.ts';
import './elements/composer.ts';
import './elements/panel.ts';
import './elements/start.ts';
import { languages, wordsOf } from './locales/words-of.ts';
import { fire } from './page-events.ts';
import type { FollowUps } from './controllers/follow-ups.ts';
import type { MessageFooter } from './elements/message-footer.ts';
import type { PageCommand } from './elements/slash-commands.ts';
import { en } from './locales/en.ts';
import type { PageWords } from './locales/locale.ts';
import { base } from './styles/base.ts';
import { css } from './styles/css.ts';
import type { Tool } from './tools/tool.ts';
import { waveStyles } from './styles/wave.ts';
import type { ChatParts } from './sheets/sheet.ts';

/** Until the server has said what it takes. */
const DEFAULT_LIMITS = { messages: 100, bodyBytes: 1_000_000 };

/** Nothing is shown for so long at most: it would be English, or of another form, for a moment. */
const WAIT_MS = 3000;

/** What is in no attribute. Frameworks look whether an element has a property, and write an attribute where it has none. */
const ofScripts = { attribute: false };

/**
 * A chat that streams its answers.
 *
 * @attr {inline|popup|panel|page} mode - a part of the page (default), a popup that a launcher in the corner opens, a panel
 *   at a side of the page that it opens, or all of the page
 * @attr {end|start} position - the corner of the popup or the side of the panel, in the direction of the page's text
 * @attr {light|dark|auto} theme - `auto` (default) is as the visitor's system is
 * @slot start - what an empty conversation shows below its greeting
 * @slot header - beside the title
 * @slot composer-actions - before the button that sends
 * @slot message-footer - a `<template>`: what stands under each answer
 * @slot launcher - what opens the popup, in place of the round button
 * @event rivulet-open - the popup or panel was opened; bubbles, composed
 * @event rivulet-close - the popup or panel was closed; bubbles, composed
 * @event {CustomEvent<RoomDetail>} rivulet-room - the panel covers a side of the page, or no side any more; a page that makes
 *   room by itself cancels it; bubbles, composed
 * @event {CustomEvent<UserMessage>} rivulet-send - a question is about to be asked; bubbles, composed; cancelled, it is not
 * @event {CustomEvent<DeltaDetail>} rivulet-delta - something of an answer has come; bubbles, composed
 * @event {CustomEvent<AnswerDetail>} rivulet-answer - an answer is complete, or was stopped; bubbles, composed
 * @event {CustomEvent<ErrorDetail>} rivulet-error - an answer has failed; bubbles, composed
 * @event {CustomEvent<ToolEventDetail>} rivulet-tool - a tool of the page is about to run; bubbles, composed; cancelled, it does not
 * @slot person - who a visitor can talk to, and how; above the contact form, where there is one
 * @event {CustomEvent<HandoverDetail>} rivulet-handover - the visitor wants to talk to a person; a page that takes over cancels it; bubbles, composed
 * @event {CustomEvent<FeedbackDetail>} rivulet-feedback - what the visitor thinks of an answer; bubbles, composed
 * @cssproperty {<color>} --rivulet-accent - the one colour; text on it, tints and links are computed
 * @cssproperty {<color>} --rivulet-surface - what all lies on; what is sunken or raised is computed
 * @cssproperty {<color>} --rivulet-ink - the colour of text, moved as far as it needs to be read on the surface; default: computed from that
 * @cssproperty {<color>} --rivulet-line - the lines between things; default: computed from ink and surface
 * @cssproperty {<length>} --rivulet-radius - of the panel's corners, a length; all others are a part of it
 * @cssproperty {<number>} --rivulet-density - a number by which all space is multiplied; 1 where it is not set
 * @cssproperty --rivulet-font - a font family list
 * @cssproperty --rivulet-font-mono - the same for code
 * @cssproperty {<length>} --rivulet-font-size - of text, a length; smaller and larger sizes are computed
 * @cssproperty {<length>} --rivulet-panel-width - how wide the panel is; of the page's root
 */
export class RivuletChat extends LitElement {
  /** Where an element without an `endpoint` sends its questions; the page's own origin where none is set. */
  static defaultEndpoint: string | undefined;

  static override properties: PropertyDeclarations = {
    mode: { type: String },
    endpoint: { type: String },
    model: { type: String },
    heading: { type: String },
    greeting: { type: String },
    suggestions: { converter: textList },
    placeholder: { type: String },
    theme: { type: String },
    position: { type: String },
    teaser: { type: String },
    imageOrigins: { attribute: 'image-origins' },
    persist: { type: String },
    showStats: { type: Boolean, attribute: 'show-stats' },
    keepDays: { type: Number, attribute: 'keep-days' },
    userId: { type: String, attribute: 'user-id' },
    quote: { type: String },
    context: {},
    feedback: { type: Boolean },
    voice: { type: String },
    announce: { type: String },
    handover: { type: Boolean },
    words: ofScripts,
    afterReceive: ofScripts,
    beforeSend: ofScripts,
    commands: ofScripts,
    contactFields: ofScripts,
    followUps: ofScripts,
    getProof: ofScripts,
    getToken: ofScripts,
    headers: ofScripts,
    messageFooter: ofScripts,
    onContact: ofScripts,
    tools: ofScripts,
    isOpen: { type: Boolean, attribute: 'open' },
  };

  static override styles = [
    base,
    waveStyles,
    css`
      :host {
        display: block;
        block-size: 640px;
      }
      :host([mode='popup']),
      :host([mode='panel']) {
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

  declare mode: 'inline' | 'popup' | 'panel' | 'page' | null;
  /** Base URL of the proxy, or of any OpenAI-compatible server. */
  declare endpoint: string | null;
  /**
   * The model to ask; the server's default where it is not set. One that the visitor chooses instead is asked until another
   * is named here.
   */
  declare model: string | null;
  /** The title of the chat, in place of the language's or the server's. */
  declare heading: string | null;
  /** What an empty conversation begins with. */
  declare greeting: string | null;
  /** Questions to begin with. As an attribute: a JSON array, or texts apart by line breaks or `|`. */
  declare suggestions: readonly string[] | null;
  /** What the empty field for questions says. */
  declare placeholder: string | null;
  declare theme: 'light' | 'dark' | 'auto' | null;
  declare position: 'end' | 'start' | null;
  /** A sentence beside the launcher, after a moment; as a blank one, that of the server's settings. */
  declare teaser: string | null;
  /**
   * Origins from which an answer's images are loaded without a click; of none where it is not set. As a text: addresses
   * apart by white space.
   */
  declare imageOrigins: string | readonly string[] | null;
  /** Where the conversation is kept: over visits (default), until the tab is closed, or until the page is left. */
  declare persist: 'local' | 'session' | 'none' | null;
  /** Whether each answer says how quick it was and what it cost. */
  declare showStats: boolean;
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
  /** Headers of the page's own, or what gives them before each request to the server: a server that is not our proxy has to allow them. */
  declare headers: PageHeaders | undefined;
  /** May change or refuse each request for an answer. */
  declare beforeSend: BeforeSend | undefined;
  /** May give another text in place of an answer, when all of it has come. */
  declare afterReceive: AfterReceive | undefined;
  /** What the page adds to each question: a text, or what gives one. The visitor sees it before and at the question. */
  declare context: PageContext | null;
  /** With `page`, visitors can ask about what they select anywhere on the page; otherwise in answers alone. */
  declare quote: 'page' | null;
  /** What visitors can have done by typing a slash and a name, besides what the server's settings name. */
  declare commands: readonly PageCommand[] | undefined;
  /** Gives questions that could come next, when an answer has ended; they stand under it. */
  declare followUps: FollowUps | undefined;
  /** Gives an element of the page's that stands under an answer, in place of a `<template slot="message-footer">`. */
  declare messageFooter: MessageFooter | undefined;
  /**
   * Functions that the model may call in this page. Which of them it is offered, the proxy's operator decides by their names;
   * any other server is offered all. They may change at any time.
   */
  declare tools: readonly Tool[] | undefined;
  /**
   * What the browser's own speech is used for, where it has any: `dictation` (some browsers send what is said to their
   * maker), `reading` of answers aloud, or both, apart by a space.
   */
  declare voice: string | null;
  /**
   * How much of answers screen readers are told of: `all` of them, sentence by sentence (default); `brief`, that one is given
   * and how it ends; `none`, only what goes wrong. A visitor's own choice holds in place of it.
   */
  declare announce: 'all' | 'brief' | 'none' | null;
  /** Whether visitors can rate answers, for the page to hear of; they can as well where the proxy wants to know. */
  declare feedback: boolean;
  /** Whether visitors can ask for a person: the page hears of it, as where there is a contact form. */
  declare handover: boolean;
  /** Takes a form by which a visitor asks for a person, in place of the proxy; rejects where it cannot. */
  declare onContact: ((form: ContactRequest) => unknown) | undefined;
  /** The fields of that form, in place of the proxy's. */
  declare contactFields: readonly ContactField[] | undefined;
  /** Words of the page's own, in place of the language's; what it leaves out stays. What is spoken is for `lang` to say. */
  declare words: PageWords | undefined;
  /** Whether the popup is open; the attribute is `open`. */
  declare isOpen: boolean;

  readonly #language = new LanguageController(this);
  readonly #owner = new OwnerSettingsController(this, () =>
    this.#wasShown || this.teaser === '' ? this.#endpoint : undefined,
  );
  readonly #keep = new KeepController(
    this,
    new Turn(this, () => ({
      endpoint: this.#endpoint,
      ...(this.model && { model: this.model }),
      limits: this.#owner.settings.limits ?? DEFAULT_LIMITS,
      // Only our proxy has settings to tell; others may let no page send what they do not know.
      resumes: this.#owner.settings.limits !== undefined,
      known: () => this.#owner.known(),
      hasSessions: this.#owner.settings.session,
      thinking: this.#owner.settings.thinking,
      allowedTools: this.#owner.settings.tools,
      all: this.#owner.settings.all,
      getToken: this.getToken,
      getProof: this.getProof,
      headers: this.headers,
    })),
    () => ({
      persist: oneOf(['local', 'session', 'none'], this.persist),
      endpoint: this.#endpoint,
      userId: this.userId,
      keepDays: this.keepDays,
    }),
    () => this.#wasShown,
  );
  readonly #launcher = new LauncherController(this, () => ({
    theme: this.#theme,
    position: this.#position,
    isBlank: this.#turn.conversation.messages.length === 0,
    teaser: (this.teaser === '' ? this.#owner.settings.teaser : this.teaser) ?? '',
  }));
  /** What a sheet shows and changes. */
  readonly #parts: ChatParts = {
    host: this,
    get turn() {
      return this.keep.turn;
    },
    keep: this.#keep,
    owner: this.#owner,
    endpoint: () => this.#endpoint,
  };
  /** The panel is made when it is first needed, and kept. */
  #wasShown = false;
  /** For screen readers. Its place is here from the beginning, or they would not notice. */
  #spoken = '';

  constructor() {
    super();
    this.mode = this.endpoint = this.model = this.theme = this.position = this.voice = null;
    this.teaser = this.announce = null;
    this.heading = this.greeting = this.suggestions = this.placeholder = this.imageOrigins = null;
    this.persist = this.userId = this.keepDays = this.context = null;
    this.isOpen = this.showStats = this.feedback = this.handover = false;
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

  /** Opens the popup, or closes it. */
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

  /** Asks again for the last answer, if it did not end well. */
  retry(): void {
    this.#turn.retry();
  }

  /** Forgets the conversation. What is written and not sent stays. */
  clear(): void {
    this.#turn.clear();
  }

  /**
   * Leaves nothing of this visitor: in this page, in other tabs, in storage. Fulfilled when it is done; rejected where the
   * code for it could not be loaded. To be called before another `user-id` is set, and needs not be waited for.
   */
  async logout(): Promise<void> {
    this.clear();
    await this.#keep.logout();
  }

  /** Begins another conversation. This one can be come back to, as far as conversations are kept. */
  newChat(): void {
    this.#keep.newChat();
  }

  /** Puts the cursor where one writes. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('rivulet-composer')?.focus(options);
  }

  protected override async scheduleUpdate(): Promise<void> {
    const coming = Promise.all([this.#language.prepare(), prepareForm(this)]);
    if (!this.hasUpdated) await Promise.race([coming, new Promise(resolve => setTimeout(resolve, WAIT_MS))]);
    super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    for (const name of changed.keys() as Iterable<keyof RivuletChat & string>)
      if (RivuletChat.properties[name]?.type === String) Object.assign(this, { [name]: textOf(this[name]) });
    if (!this.#isPopup || this.isOpen || this.busy || this.quote) this.#wasShown = true;
    // Without a network now, they come with the next change.
    if (this.voice) import('./voice.ts').catch(() => {});
    if (this.quote || this.context) import('./elements/dock.ts').catch(() => {});
  }

  protected override render() {
    return html`
      ${this.#isPopup ? this.#launcherSlot() : nothing}
      ${this.#wasShown ? this.#panel() : nothing}
      <div class="spoken" role="status">${this.#spoken}</div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.toggleAttribute('open', this.isOpen);
    // A popup that is open from the beginning, as on the page before, does not take the focus.
    if (this.#isPopup && changed.get('isOpen') !== undefined) this.#afterToggle();
  }

  #launcherSlot() {
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- a button is in it, and has the keys
    return html`<slot name="launcher" @click=${this.toggle} @slotchange=${this.#launcher.tell}
      ><rivulet-launcher exportparts="launcher" .language=${languages.get(this)}></rivulet-launcher
    ></slot>`;
  }

  #panel() {
    const words = this.#words;
    const { settings } = this.#owner;
    const { messages } = this.#turn.conversation;
    const heading = this.heading || settings.title || words.heading;
    return html`<rivulet-panel
      part="panel"
      exportparts="header,mark,title,model,icon-button"
      role=${this.#isPopup ? 'dialog' : 'region'}
      aria-label=${heading}
      mode=${this.#isPopup ? 'popup' : 'inline'}
      ?open=${this.isOpen}
      theme=${this.#theme}
      position=${this.#position}
      .heading=${heading}
      .model=${this.#turn.chosen?.label || this.model || settings.model || answeredBy(messages)}
      .chooses=${settings.model !== undefined}
      lang=${languages.get(this)?.tag ?? 'en'}
      @close=${this.close}
      @act=${this.#onAct}
    >
      <slot name="header" slot="header"></slot>
      ${this.#keep.instead ?? (messages.length === 0 ? this.#start() : this.#transcript(messages))} ${this.#keep.line}
      <rivulet-dock .conversation=${this.#turn.conversation}></rivulet-dock>
      <rivulet-composer
        part="composer"
        exportparts="field,input,send"
        .busy=${this.busy}
        .placeholder=${this.placeholder || settings.placeholder || words.placeholder}
        .refusal=${this.#turn.tooLong ? words.tooLong : ''}
        @send=${this.#onSend}
        @prepare=${this.#onPrepare}
        ><slot name="composer-actions" slot="composer-actions"></slot><rivulet-attachments .settings=${settings.all} .model=${this.#turn.chosen?.id ?? this.model ?? ''}></rivulet-attachments
      ></rivulet-composer>
      <rivulet-sheet slot="sheet" .chat=${this.#parts}></rivulet-sheet>
    </rivulet-panel>`;
  }

  #start() {
    const { settings } = this.#owner;
    return html`<rivulet-start
      part="start"
      exportparts="mark,greeting,disclaimer,button"
      .greeting=${this.greeting || settings.greeting || this.#words.greeting}
      .suggestions=${textList(this.suggestions) ?? settings.suggestions ?? []}
      ><slot name="start"></slot
    ></rivulet-start>`;
  }

  #transcript(messages: readonly Message[]) {
    const count = saidCount(messages);
    return html`<rivulet-transcript
      part="transcript"
      exportparts="question,answer,wave,code,copy"
      .messages=${count < messages.length ? messages.slice(0, count) : messages}
      ?stats=${this.showStats}
      .aside=${this.#turn.conversation.aside}
      .imageOrigins=${this.imageOrigins ?? ''}
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
      <button type="button" class="chip" part="button" @click=${() => this.#act({ type: 'retry' })}>${this.#words.retry}</button>`;
  }

  get #words() {
    return wordsOf(this, 'chat', en);
  }

  /** Each conversation has one of its own. */
  get #turn(): Turn {
    return this.#keep.turn;
  }

  get #isPopup(): boolean {
    return this.mode === 'popup' || this.mode === 'panel';
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

  readonly #onSend = (event: CustomEvent<Draft>): void => {
    if (!this.#turn.send(event.detail.content, event.detail)) event.preventDefault();
  };

  readonly #onPrepare = (): void => this.#turn.prepare();

  readonly #onAct = (event: CustomEvent<Wish>): void => {
    // It crosses the trees of the chat, and is none of the page's.
    event.stopPropagation();
    this.#act(event.detail);
  };

  #act(wish: Wish): void {
    switch (wish.type) {
      case 'ask':
        this.#turn.send(wish.text, wish);
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
      case 'show':
        import('./sheet.ts').then(
          () => this.renderRoot.querySelector('rivulet-sheet')?.show(wish.sheet, wish.of),
          () => {
            this.#spoken = this.#words.unanswered;
            this.requestUpdate();
          },
        );
        return;
      default:
        this.#turn.ask(wish);
        if (wish.type !== 'asked_instead') return;
    }
    // The button that was pressed goes away, and must not take the focus with it.
    this.#focusInside();
  }

  #afterToggle(): void {
    fire(this, this.isOpen ? 'rivulet-open' : 'rivulet-close');
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

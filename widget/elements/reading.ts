/** Has an answer read aloud, from its beginning on and as far as it comes. Loaded where the page wants it. */

import {
  html,
  LitElement,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type ReactiveController,
} from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import { enSpoken } from '../locales/en-spoken.ts';
import { enVoice } from '../locales/en-voice.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { pageLanguage } from '../speech/page-language.ts';
import { readAloud, type Reader, type Reading } from '../speech/reader.ts';
import { toSpoken } from '../speech/spoken.ts';
import { css } from '../styles/css.ts';
import { actionIcons } from './action-icons.ts';
import { chatOf } from './chat-of.ts';
import { shownIn } from './copy-selection.ts';
import { define } from './define.ts';
import { iconButton } from './icon-button.ts';
import { wantsVoice } from './voice-wanted.ts';

/** It renders into the transcript's own tree, among what else one can do with the answer. */
export class RivuletReading extends LitElement implements ReactiveController {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    reader: { state: true },
    failed: { state: true },
  };

  declare message: AssistantMessage | undefined;
  declare private reader: Reader | undefined;
  declare private failed: boolean;
  #chat: ChatParts | undefined;
  #isWanted = false;

  constructor() {
    super();
    this.message = this.reader = undefined;
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, styles);
    this.#chat = chatOf(this);
    this.#chat?.host.addController(this);
    this.#chat?.host.addEventListener('rivulet-close', this.#stop);
    addEventListener('pagehide', this.#stop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#chat?.host.removeController(this);
    this.#chat?.host.removeEventListener('rivulet-close', this.#stop);
    removeEventListener('pagehide', this.#stop);
    this.#stop();
  }

  /** The chat has changed: what the page wants, or what is being answered. */
  hostUpdated(): void {
    if (!this.#chat) return;
    const isAnotherLive = this.#chat.turn.conversation.messages.some(
      message => isLive(message) && message.id !== this.message?.id,
    );
    if (isAnotherLive) this.#stop();
    if (wantsVoice(this.#chat, 'reading') !== this.#isWanted) this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** By now the answer shows what the message has: it is what is around this. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#isWanted = this.#chat !== undefined && wantsVoice(this.#chat, 'reading');
    const isStopped = isLive(changed.get('message')) && this.message?.status === 'stopped';
    if (!this.#isWanted || isStopped) this.#stop();
    else this.reader?.more();
  }

  protected override render() {
    if (!this.#isWanted || !('speechSynthesis' in globalThis)) return nothing;
    const isPressed = this.reader !== undefined;
    const name = isPressed ? this.#words.stopReading : this.#words.read;
    return html`${iconButton({ name, path: actionIcons.speak, isPressed, onClick: this.#toggle })}
      <span role="status" dir="auto">${this.failed ? this.#words.unread : nothing}</span>`;
  }

  get #words() {
    return wordsOf(this, 'voice', enVoice);
  }

  readonly #toggle = (): void => {
    if (this.reader) return this.#stop();
    this.failed = false;
    const end = (failed: boolean) => {
      this.reader = undefined;
      this.failed = failed;
    };
    this.reader = readAloud(this.#reading, pageLanguage(this.#chat!.host), end);
  };

  readonly #stop = (): void => this.reader?.end();

  readonly #reading = (): Reading => {
    const answer = this.closest('rivulet-answer');
    const { code, formula } = wordsOf(this, 'spoken', enSpoken);
    const text = answer ? toSpoken(shownIn(answer), { code, formula }) : '';
    const isWhole = !isLive(this.message);
    // A block has a line's end also while it grows.
    return { text: isWhole ? text : text.trimEnd(), isWhole };
  };
}

const styles = css`
  rivulet-reading {
    display: contents;
  }
  rivulet-reading [role='status'] {
    color: var(--_ink-2);
    font-size: var(--_tiny);
  }
`;

define('rivulet-reading', RivuletReading);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-reading': RivuletReading;
  }
}

/** Writes what is said into the composer, and never sends it. Loaded where the page wants it. */

import { html, LitElement, nothing, type PropertyDeclarations, type ReactiveController } from 'lit';
import { enVoice } from '../locales/en-voice.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { dictated, type Place } from '../speech/dictated.ts';
import { pageLanguage } from '../speech/page-language.ts';
import {
  type Recognition,
  recognitionClass,
  type RecognitionError,
  type RecognitionErrorEvent,
  type RecognitionEvent,
} from '../speech/recognition.ts';
import { alarmStyles } from '../styles/alarm.ts';
import { css } from '../styles/css.ts';
import { actionIcons } from './action-icons.ts';
import { chatOf } from './chat-of.ts';
import type { RivuletComposer } from './composer.ts';
import { define } from './define.ts';
import { hasOnlyTouch } from './enter-key.ts';
import { iconButton } from './icon-button.ts';
import { wantsVoice } from './voice-wanted.ts';

/** It renders into the composer's own tree. */
export class RivuletDictation extends LitElement implements ReactiveController {
  static override properties: PropertyDeclarations = {
    recognition: { state: true },
    trouble: { state: true },
  };

  /** While it listens. */
  declare private recognition: Recognition | undefined;
  declare private trouble: RecognitionError | undefined;
  #chat: ChatParts | undefined;
  #composer: RivuletComposer | undefined;
  /** Where in the draft it writes. */
  #place: Place = { before: '', after: '', from: 0 };
  #heard = 0;

  constructor() {
    super();
    this.recognition = this.trouble = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, styles);
    adoptStyles(this, alarmStyles);
    this.#chat = chatOf(this);
    this.#composer = (this.getRootNode() as ShadowRoot).host as RivuletComposer;
    this.#composer.addEventListener('send', this.#abort);
    this.#composer.renderRoot.addEventListener('input', this.#onInput);
    this.#chat?.host.addEventListener('rivulet-close', this.#abort);
    this.#chat?.host.addController(this);
    this.hostUpdated();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort();
    this.#composer?.removeEventListener('send', this.#abort);
    this.#composer?.renderRoot.removeEventListener('input', this.#onInput);
    this.#chat?.host.removeEventListener('rivulet-close', this.#abort);
    this.#chat?.host.removeController(this);
  }

  /** What the page wants may have changed. */
  hostUpdated(): void {
    this.hidden = !this.#chat || !wantsVoice(this.#chat, 'dictation') || !recognitionClass();
    if (this.hidden) this.#abort();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const isPressed = this.recognition !== undefined;
    const { trouble } = this;
    const said = trouble && trouble !== 'aborted' ? this.#words.troubles[trouble] : nothing;
    return html`${iconButton({ name: this.#words.dictate, path: actionIcons.microphone, isPressed, onClick: this.#toggle })}
      <span class="spoken" role="status">${isPressed ? this.#words.listening : nothing}</span>
      <p class="trouble alarm" part="note" role="alert" dir="auto">${said}</p>`;
  }

  get #words() {
    return wordsOf(this, 'voice', enVoice);
  }

  readonly #toggle = (): void => {
    // What was said last is still to be heard.
    if (this.recognition) this.recognition.stop();
    else this.#start();
  };

  #start(): void {
    const KnownRecognition = recognitionClass();
    if (!KnownRecognition || !this.#chat) return;
    const recognition = new KnownRecognition();
    this.#takePlace(0);
    recognition.lang = pageLanguage(this.#chat.host);
    recognition.continuous = recognition.interimResults = true;
    const whileItIs = (act: (event: Event) => void) => (event: Event) => {
      if (this.recognition === recognition) act(event);
    };
    recognition.addEventListener(
      'result',
      whileItIs(event => this.#write(event as RecognitionEvent)),
    );
    recognition.addEventListener(
      'error',
      whileItIs(event => this.#fail((event as RecognitionErrorEvent).error)),
    );
    recognition.addEventListener(
      'end',
      whileItIs(() => (this.recognition = undefined)),
    );
    this.recognition = recognition;
    this.trouble = undefined;
    try {
      recognition.start();
    } catch {
      this.#fail('not-allowed');
    }
    // What is heard is to be sent with Enter; but not where that brings up a keyboard.
    if (!hasOnlyTouch()) this.#composer?.focus();
  }

  #fail(error: RecognitionError): void {
    this.trouble = error;
    this.recognition = undefined;
  }

  #write({ results }: RecognitionEvent): void {
    const field = this.#field;
    if (!field || !this.#composer) return;
    this.#heard = results.length;
    const { draft, cursor } = dictated(this.#place, results);
    this.#composer.draft = draft;
    field.setSelectionRange(cursor, cursor);
  }

  /** @param from the first result that goes there */
  #takePlace(from: number): void {
    const { value = '', selectionStart = 0, selectionEnd = 0 } = this.#field ?? {};
    this.#heard = from;
    this.#place = { before: value.slice(0, selectionStart), after: value.slice(selectionEnd), from };
  }

  /** What somebody changes by hand is theirs. */
  readonly #onInput = (): void => {
    if (this.recognition) this.#takePlace(this.#heard);
    this.trouble = undefined;
  };

  readonly #abort = (): void => {
    const { recognition } = this;
    this.recognition = undefined;
    recognition?.abort();
  };

  get #field(): HTMLTextAreaElement | null | undefined {
    return this.#composer?.renderRoot.querySelector('textarea');
  }
}

const styles = css`
  :host {
    position: relative;
  }
  rivulet-dictation .tool {
    border-radius: var(--_round);
    color: var(--_ink-2);
  }
  rivulet-dictation .tool[aria-pressed='true'] {
    background: var(--_tint);
    color: var(--_on-tint);
  }
  .trouble {
    position: absolute;
    inset-inline: 16px;
    inset-block-end: 100%;
    margin: 0 0 8px;
  }
  .trouble:empty {
    display: none;
  }
`;

define('rivulet-dictation', RivuletDictation);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-dictation': RivuletDictation;
  }
}

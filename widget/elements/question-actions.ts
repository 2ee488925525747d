/** What a visitor can do with a question: change it and ask again, walk its versions, delete it with its answers. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { namesOf } from '../conversation/attachment.ts';
import { newAnswer, newQuestion } from '../conversation/conversation.ts';
import type { UserMessage } from '../conversation/message.ts';
import { quotedText } from '../conversation/quote.ts';
import { enTurnActions } from '../locales/en-turn-actions.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { define } from './define.ts';
import { isComposing, isSendKey } from './enter-key.ts';
import { iconButton } from './icon-button.ts';
import { turnActionsStyles } from './turn-actions-styles.ts';
import { followVersions, walker } from './walker.ts';

/**
 * It renders into the transcript's own tree, in the question's article.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletQuestionActions extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    isEditing: { state: true },
  };

  declare message: UserMessage | undefined;
  declare private isEditing: boolean;
  /** What the question is about stands before it. */
  readonly #quote = document.createElement('blockquote');

  constructor() {
    super();
    this.message = undefined;
    this.isEditing = false;
    this.#quote.dir = 'auto';
    // One that is long is scrolled by keys too.
    this.#quote.tabIndex = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, turnActionsStyles);
    followVersions(this);
  }

  /** Lets the visitor change the question. */
  async edit(): Promise<void> {
    this.isEditing = true;
    await this.updateComplete;
    const { message } = this;
    const field = this.#field;
    if (!field || !message) return;
    field.value = message.content;
    field.focus();
    field.setSelectionRange(message.content.length, message.content.length);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another version has come into its place.
    if (changed.get('message') && changed.get('message')?.id !== this.message?.id) this.isEditing = false;
    this.parentElement?.classList.toggle('edited', this.isEditing);
  }

  protected override updated(): void {
    const { quote } = this.message ?? {};
    if (!quote) return this.#quote.remove();
    this.#quote.textContent = quotedText(quote);
    this.parentElement?.prepend(this.#quote);
  }

  protected override render() {
    const { message } = this;
    if (!message) return nothing;
    if (this.isEditing) return this.#form();
    return html`<div class="actions" part="actions" role="toolbar" aria-label=${this.#words.question}>
      ${walker(this, message.id)}
      ${iconButton({ name: this.#words.edit, path: actionIcons.edit, onClick: () => void this.edit() })}
      ${iconButton({ name: this.#words.remove, path: actionIcons.remove, onClick: () => act(this, { type: 'removed', questionId: message.id }) })}
    </div>`;
  }

  get #words() {
    return wordsOf(this, 'turnActions', enTurnActions);
  }

  #form() {
    return html`<textarea part="input" dir="auto" rows="1" aria-label=${this.#words.edited} @keydown=${this.#onKeydown}></textarea>
      <div class="decide">
        <button type="button" class="chip" part="button" @click=${this.#cancel}>${this.#words.cancel}</button>
        <button type="button" class="chip" part="button" @click=${this.#ask}>${this.#words.ask}</button>
      </div>`;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (isSendKey(event)) {
      event.preventDefault();
      this.#ask();
    } else if (event.key === 'Escape' && !isComposing(event)) {
      // It leaves this, and not the chat.
      event.preventDefault();
      this.#cancel();
    }
  };

  readonly #cancel = (): void => {
    this.isEditing = false;
    // Where the focus came from.
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(`[aria-label="${this.#words.edit}"]`)?.focus({ preventScroll: true }),
    );
  };

  readonly #ask = (): void => {
    const content = this.#field?.value.trim() ?? '';
    const { message } = this;
    if (!message || !(content || namesOf(message))) return;
    this.isEditing = false;
    act(this, {
      type: 'asked_instead',
      of: message.id,
      // What went along goes along again.
      question: newQuestion(content, message),
      answer: newAnswer(),
    });
  };
}

define('rivulet-question-actions', RivuletQuestionActions);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-question-actions': RivuletQuestionActions;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-question-actions': RivuletQuestionActions;
  }
}

/** What a visitor can do with an answer that has ended. Loaded after the first one that has. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { AssistantMessage } from '../conversation/message.ts';
import { isLive, newAnswer } from '../conversation/conversation.ts';
import { enTurnActions as words } from '../locales/en-turn-actions.ts';
import { toMarkdown } from '../markdown/copy/markdown.ts';
import { toPlainText } from '../markdown/copy/plain-text.ts';
import { readShown } from '../markdown/copy/read-shown.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { copyButton } from '../markdown/patcher-copy.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { followCopying, selectedIn } from './copy-selection.ts';
import { define } from './define.ts';
import { iconButton } from './icon-button.ts';
import { turnActionsStyles } from './turn-actions-styles.ts';
import { followVersions, walker } from './walker.ts';

/**
 * It renders into the transcript's own tree, beside the text that it copies.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletAnswerActions extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
  };

  declare message: AssistantMessage | undefined;
  readonly #buttons = [
    copyButton(words.copy, words.copied, () => this.#plainText()),
    copyButton(words.copyMarkdown, words.copied, () => this.#markdown()),
  ];

  constructor() {
    super();
    this.message = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, turnActionsStyles);
    followCopying(this.getRootNode());
    followVersions(this);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { message } = this;
    if (!message || isLive(message)) return nothing;
    const regenerate = () => act(this, { type: 'asked_instead', of: message.id, answer: newAnswer() });
    return html`<div class="actions" role="group" aria-label=${words.answer} @mousedown=${keepSelection}>
      ${this.#buttons}
      ${iconButton({ name: words.regenerate, path: actionIcons.again, onClick: regenerate })}
      ${walker(this, message.id)}
    </div>`;
  }

  #plainText(): string {
    const answer = this.closest('rivulet-answer')!;
    return toPlainText(selectedIn(answer) ?? readShown(answer.querySelector('.text')!));
  }

  #markdown(): string {
    const selected = selectedIn(this.closest('rivulet-answer')!);
    return selected ? toMarkdown(selected) : (this.message?.content ?? '');
  }
}

/** A press on a button would let go of the text that it is to copy. */
function keepSelection(event: Event): void {
  event.preventDefault();
}

define('rivulet-answer-actions', RivuletAnswerActions);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-answer-actions': RivuletAnswerActions;
  }
}

/** What a visitor can do with an answer that has ended. Loaded after the first one that has. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { AssistantMessage } from '../conversation/message.ts';
import { isLive, newAnswer } from '../conversation/conversation.ts';
import { enStats } from '../locales/en-stats.ts';
import { enTurnActions } from '../locales/en-turn-actions.ts';
import { wordsOf } from '../locales/words-of.ts';
import { toMarkdown } from '../markdown/copy/markdown.ts';
import { toPlainText } from '../markdown/copy/plain-text.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { copyButton } from '../markdown/patcher-copy.ts';
import { followBottom } from '../controllers/stick-to-bottom.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { chatOf } from './chat-of.ts';
import { hasChoice } from '../sheets/has-choice.ts';
import { followCopying, selectedIn, shownIn } from './copy-selection.ts';
import { define } from './define.ts';
import { loadWhenWanted } from './feedback-wanted.ts';
import './message-footer.ts';
import { iconButton } from './icon-button.ts';
import { iconPaths } from './icon-paths.ts';
import { askAbout } from './quote.ts';
import { turnActionsStyles } from './turn-actions-styles.ts';
import { followVersions, transcriptOf, walker } from './walker.ts';

/**
 * It renders into the transcript's own tree, beside the text that it copies.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletAnswerActions extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    showsStats: { state: true },
  };

  declare message: AssistantMessage | undefined;
  /** Whether all figures of the answer are shown. */
  declare showsStats: boolean;
  #buttons: readonly HTMLElement[] = [];
  /** What the buttons say. */
  #said: unknown;

  constructor() {
    super();
    this.message = undefined;
    this.showsStats = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, turnActionsStyles);
    followCopying(this.getRootNode());
    followVersions(this);
    const transcript = transcriptOf(this);
    if (transcript) followBottom(transcript);
    loadWhenWanted(this);
    // Safari copies by command only in the task of a click, which a load would end.
    if (!navigator.clipboard) import('../markdown/later/copy.ts').catch(() => {});
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    const words = this.#words;
    if (words === this.#said) return;
    this.#said = words;
    this.#buttons = [
      copyButton(words.copy, words.copied, () => this.#plainText()),
      copyButton(words.copyMarkdown, words.copied, () => this.#markdown()),
    ];
  }

  protected override render() {
    const words = this.#words;
    const { message } = this;
    if (!message) return nothing;
    const { sources } = message;
    const { showsStats } = this;
    const { gone, followUps } = message;
    return html`${gone ? html`<p class="gone"><bdi>${words.gone(gone)}</bdi></p>` : nothing}${sources ? html`<rivulet-sources .sources=${sources}></rivulet-sources>` : nothing}
    <div class="below"><div class="actions" part="actions" role="toolbar" aria-label=${words.answer} @mousedown=${keepSelection}>
      ${isLive(message) ? nothing : this.#whenEnded(message)}
      <rivulet-reading .message=${message}></rivulet-reading>
      <rivulet-feedback .message=${message}></rivulet-feedback>
    </div>${isLive(message) ? nothing : html`<rivulet-stats .message=${message} ?open=${showsStats}></rivulet-stats>`}</div>
    <rivulet-message-footer .message=${message}></rivulet-message-footer>${followUps?.length ? this.#followUps(followUps) : nothing}`;
  }

  get #words() {
    return wordsOf(this, 'turnActions', enTurnActions);
  }

  #whenEnded({ id }: AssistantMessage) {
    const words = this.#words;
    const { show } = wordsOf(this, 'stats', enStats);
    const regenerate = () => act(this, { type: 'asked_instead', of: id, answer: newAnswer() });
    const withAnother = () => act(this, { type: 'show', sheet: 'models', of: id });
    const { showsStats } = this;
    const figures = () => (this.showsStats = !showsStats);
    return html`${this.#buttons}
      ${iconButton({ name: words.regenerate, path: actionIcons.again, onClick: regenerate })}
      ${this.#hasChoice ? iconButton({ name: words.withAnother, path: iconPaths.fold, onClick: withAnother }) : nothing}
      ${iconButton({ name: words.askAbout, path: actionIcons.quote, onClick: this.#askAbout })}
      ${iconButton({ name: show, path: actionIcons.figures, isOpen: showsStats, onClick: figures })}
      ${walker(this, id)}`;
  }

  #followUps(questions: readonly string[]) {
    const ask = (text: string) => () => act(this, { type: 'ask', text });
    return html`<ul class="follow-ups" aria-label=${this.#words.followUps}>
      ${questions.map(question => html`<li><button type="button" class="chip" part="button" @click=${ask(question)}><bdi>${question}</bdi></button></li>`)}
    </ul>`;
  }

  readonly #askAbout = (): void => {
    const chat = chatOf(this);
    if (chat) askAbout(chat.host, this.#plainText());
  };

  get #hasChoice(): boolean {
    const chat = chatOf(this);
    return chat !== undefined && hasChoice(chat);
  }

  #plainText(): string {
    const answer = this.closest('rivulet-answer')!;
    return toPlainText(selectedIn(answer) ?? shownIn(answer));
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

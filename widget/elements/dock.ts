/** What stands above the composer: what goes along with the next question, those that wait for the answer in the making, and the way back from a removal. */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { FollowUpsController } from '../controllers/follow-ups.ts';
import { namesOf } from '../conversation/attachment.ts';
import { type RemovedTurn, turnToRemove } from '../conversation/branches.ts';
import type { Wish } from '../conversation/command.ts';
import { type Conversation, newConversation, saidCount } from '../conversation/conversation.ts';
import type { UserMessage } from '../conversation/message.ts';
import { enTurnActions } from '../locales/en-turn-actions.ts';
import { wordsOf } from '../locales/words-of.ts';
import { quotedText } from '../conversation/quote.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import './added.ts';
import { define } from './define.ts';
import { dockStyles } from './dock-styles.ts';
import { editLastSaid, editsLast } from './edit-last.ts';
import { iconButton } from './icon-button.ts';
import { iconPaths } from './icon-paths.ts';
import './quote.ts';

/** A removal can be taken back so long, and while somebody is at the button. */
const UNDO_MS = 15_000;

/**
 * It renders into the chat's own tree.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletDock extends LitElement {
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    gone: { state: true },
  };

  declare conversation: Conversation;
  declare private gone: RemovedTurn | undefined;
  #forgetting: ReturnType<typeof setTimeout> | undefined;
  #panel: EventTarget | null = null;

  constructor() {
    super();
    this.conversation = newConversation();
    this.gone = undefined;
    this.addController(new FollowUpsController(this));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, dockStyles);
    this.#panel = this.parentElement;
    // Before the chat hears it: what is to go is still there.
    this.#panel?.addEventListener('act', this.#onAct, { capture: true });
    this.#panel?.addEventListener('keydown', this.#onKeydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#forgetting);
    this.#panel?.removeEventListener('act', this.#onAct, { capture: true });
    this.#panel?.removeEventListener('keydown', this.#onKeydown);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What was removed from another conversation is not brought back to this one.
    const before = changed.get('conversation');
    if (before && before.id !== this.conversation.id) this.gone = undefined;
  }

  protected override render() {
    const queue = this.#queue();
    return html`
      <rivulet-added></rivulet-added>
      <rivulet-quote></rivulet-quote>
      ${queue.length > 0 ? html`<ul aria-label=${this.#words.queue}>${queue.map(question => this.#queued(question))}</ul>` : nothing}
      <div class="undo" role="status">${this.gone ? this.#undo() : nothing}</div>
    `;
  }

  get #words() {
    return wordsOf(this, 'turnActions', enTurnActions);
  }

  #queue(): readonly UserMessage[] {
    const { messages } = this.conversation;
    return messages.slice(saidCount(messages)).filter(message => message.role === 'user');
  }

  #queued(question: UserMessage) {
    const { id, content } = question;
    const tools = [
      {
        name: this.#words.sendNow,
        path: iconPaths.up,
        onClick: () => this.#hurry(id),
      },
      { name: this.#words.edit, path: actionIcons.edit, onClick: () => this.#edit(question) },
      { name: this.#words.remove, path: iconPaths.close, onClick: () => this.#remove(id) },
    ];
    return html`<li part="queued"><span dir="auto">${content || namesOf(question)}</span>${tools.map(iconButton)}</li>`;
  }

  #undo() {
    return html`<p part="undo">
      <bdi>${this.#words.removed}</bdi> <button type="button" class="chip" part="button" @click=${this.#restore}>${this.#words.undo}</button>
    </p>`;
  }

  #hurry(questionId: string): void {
    act(this, { type: 'hurried', questionId });
    this.#composer?.focus({ preventScroll: true });
  }

  #remove(questionId: string): void {
    act(this, { type: 'removed', questionId });
  }

  /** It goes back to where it was written, before what is there by now. */
  #edit({ id, content, attachments, quote }: UserMessage): void {
    const composer = this.#composer;
    if (!composer) return;
    composer.draft = [content, composer.draft].filter(Boolean).join('\n');
    if (quote) this.querySelector('rivulet-quote')!.text = quotedText(quote);
    if (attachments) composer.querySelector('rivulet-attachments')?.restore?.(attachments);
    this.#remove(id);
    this.gone = undefined;
    composer.focus();
  }

  readonly #restore = (): void => {
    if (this.gone) act(this, { type: 'restored', turn: this.gone });
    this.gone = undefined;
    this.#composer?.focus({ preventScroll: true });
  };

  readonly #onKeydown = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.defaultPrevented || !editsLast(event)) return;
    const last = this.#queue().at(-1);
    if (last) this.#edit(last);
    else if (!editLastSaid(this)) return;
    event.preventDefault();
  };

  readonly #onAct = (event: Event): void => {
    const wish = (event as CustomEvent<Wish>).detail;
    if (wish.type !== 'removed') return;
    this.gone = turnToRemove(this.conversation, wish.questionId);
    this.#forgetLater();
    // The button that was pressed goes away with the turn.
    void this.updateComplete.then(() => this.#button?.focus({ preventScroll: true }));
  };

  #forgetLater(): void {
    clearTimeout(this.#forgetting);
    this.#forgetting = setTimeout(() => {
      if (this.#button?.matches(':hover, :focus')) this.#forgetLater();
      else this.gone = undefined;
    }, UNDO_MS);
  }

  get #composer() {
    return this.parentElement?.querySelector('rivulet-composer');
  }

  get #button(): HTMLElement | null {
    return this.querySelector('.undo button');
  }
}

define('rivulet-dock', RivuletDock);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-dock': RivuletDock;
  }
}

/** What stands above the composer: the questions that wait for the answer in the making, and the way back from a removal. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { type RemovedTurn, turnToRemove } from '../conversation/branches.ts';
import type { Wish } from '../conversation/command.ts';
import { type Conversation, newConversation, saidCount } from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import { enTurnActions as words } from '../locales/en-turn-actions.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { act } from './act.ts';
import { actionIcons } from './action-icons.ts';
import { define } from './define.ts';
import { dockStyles } from './dock-styles.ts';
import { iconButton } from './icon-button.ts';
import { iconPaths } from './icon-paths.ts';

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
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, dockStyles);
    this.#panel = this.parentElement;
    // Before the chat hears it: what is to go is still there.
    this.#panel?.addEventListener('act', this.#onAct, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#forgetting);
    this.#panel?.removeEventListener('act', this.#onAct, { capture: true });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { messages } = this.conversation;
    const queue = messages.slice(saidCount(messages)).filter(({ role }) => role === 'user');
    return html`
      ${queue.length > 0 ? html`<ul aria-label=${words.queue}>${queue.map(question => this.#queued(question))}</ul>` : nothing}
      <div role="status">${this.gone ? this.#undo() : nothing}</div>
    `;
  }

  #queued({ id, content }: Message) {
    const tools = [
      {
        name: words.sendNow,
        path: iconPaths.up,
        onClick: () => this.#hurry(id),
      },
      { name: words.edit, path: actionIcons.edit, onClick: () => this.#edit(id, content) },
      { name: words.remove, path: iconPaths.close, onClick: () => this.#remove(id) },
    ];
    return html`<li><span dir="auto">${content}</span>${tools.map(iconButton)}</li>`;
  }

  #undo() {
    return html`<p>
      ${words.removed} <button type="button" class="chip" @click=${this.#restore}>${words.undo}</button>
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
  #edit(id: string, content: string): void {
    const composer = this.#composer;
    if (!composer) return;
    composer.draft = [content, composer.draft].filter(Boolean).join('\n');
    this.#remove(id);
    this.gone = undefined;
    composer.focus();
  }

  readonly #restore = (): void => {
    if (this.gone) act(this, { type: 'restored', turn: this.gone });
    this.gone = undefined;
    this.#composer?.focus({ preventScroll: true });
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
    return this.querySelector('[role=status] button');
  }
}

define('rivulet-dock', RivuletDock);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-dock': RivuletDock;
  }
}

/**
 * Answers that go on though another conversation is shown: each in the turn that it was begun in, until there is nothing
 * left to do. Of several tabs the one that leads has them, and when that goes, the next goes on with them.
 */

import type { Command } from '../conversation/command.ts';
import { type Conversation, type ConversationEvent, newConversation } from '../conversation/conversation.ts';
import { isUnsettled } from '../conversation/settled.ts';
import type { ConversationStore } from '../storage/conversation-store.ts';
import { keepTurn } from './keep-turn.ts';
import { Saving } from './saving.ts';
import { type Companion, Turn } from './turn.ts';

export class UnseenTurns {
  readonly #store: ConversationStore;
  readonly #tab: Tab;
  readonly #turns = new Map<string, UnseenTurn>();
  /** Turns with nothing to do. They are used again: a chat does not let go of one. */
  readonly #idle: Turn[] = [];

  constructor(store: ConversationStore, tab: Tab) {
    this.#store = store;
    this.#tab = tab;
  }

  /** One of the same chat, for another conversation. */
  turnLike({ host, settings }: Turn, conversation: Conversation): Turn {
    const turn = this.#idle.pop() ?? new Turn(host, settings);
    turn.adopt(conversation);
    return turn;
  }

  /** A turn that is not shown any more. */
  add(turn: Turn): void {
    if (!isUnfinished(turn.conversation)) return this.#retire(turn);
    const { id } = turn.conversation;
    const save = () => {
      if (!this.#tab.leads()) return;
      void keepTurn(this.#store, turn);
      this.#tab.saved(turn.conversation);
    };
    const ended = () => {
      this.#turns.delete(id);
      this.#note();
      this.#retire(turn);
    };
    this.#turns.set(id, new UnseenTurn(turn, { save, ended, leads: this.#tab.leads }));
    this.#note();
    turn.next();
  }

  /** What other tabs or pages have left. */
  async resume(like: Turn, visit: AbortSignal): Promise<void> {
    for (const id of await this.#store.unseen()) {
      const conversation = await this.#store.load(id);
      const isOurs = id === like.conversation.id || this.#turns.has(id);
      if (visit.aborted) return;
      if (conversation && !isOurs && this.#tab.leads()) this.add(this.turnLike(like, conversation));
    }
  }

  /** A turn that is shown from now on. */
  take(id: string): Turn | undefined {
    const { turn, saving } = this.#turns.get(id) ?? {};
    saving?.flush();
    if (this.#turns.delete(id)) this.#note();
    return turn;
  }

  /** What is in the making of one, or of all, is stopped, and nothing of it is saved any more. */
  stop(id?: string): void {
    for (const [its, { turn, saving }] of this.#turns) {
      if (id !== undefined && id !== its) continue;
      this.#turns.delete(its);
      turn.companion = undefined;
      turn.halt();
      this.#retire(turn);
      saving.cancel();
    }
    this.#note();
  }

  save(): void {
    for (const { saving } of this.#turns.values()) saving.flush();
  }

  /** Leaves all to whoever goes on with them. */
  leave(): void {
    for (const { turn, saving } of this.#turns.values()) {
      this.#retire(turn);
      saving.cancel();
    }
    this.#turns.clear();
  }

  /** What it has in the making is left to whoever goes on with it. */
  #retire(turn: Turn): void {
    turn.leave();
    turn.companion = undefined;
    turn.adopt(newConversation());
    this.#idle.push(turn);
  }

  #note(): void {
    void this.#store.setUnseen([...this.#turns.keys()]);
  }
}

interface Tab {
  /** Whether it has the answers in hand. */
  leads(): boolean;
  saved(conversation: Conversation): void;
}

interface Outcomes {
  save(): void;
  ended(): void;
  leads(): boolean;
}

class UnseenTurn implements Companion {
  readonly turn: Turn;
  readonly saving: Saving;
  readonly #outcomes: Outcomes;

  constructor(turn: Turn, outcomes: Outcomes) {
    this.turn = turn;
    this.saving = new Saving(outcomes.save);
    this.#outcomes = outcomes;
    turn.companion = this;
  }

  get leads(): boolean {
    return this.#outcomes.leads();
  }

  makes(): boolean {
    return this.leads;
  }

  told(event: ConversationEvent): void {
    this.saving.changed(event);
    if (!isUnfinished(this.turn.conversation)) this.#outcomes.ended();
  }

  ask(command: Command): void {
    this.turn.perform(command);
  }
}

function isUnfinished({ messages }: Conversation): boolean {
  return messages.some(isUnsettled);
}

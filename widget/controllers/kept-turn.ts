/**
 * A turn whose conversation is kept, and which all tabs of the site share. One of them has its answers in hand; when that
 * goes, another goes on with them.
 */

import {
  apply,
  type Conversation,
  type ConversationEvent,
  newConversation,
} from '../conversation/conversation.ts';
import type { Command, Companion, Turn } from './turn.ts';
import type { ConversationStore } from '../storage/conversation-store.ts';
import { openStore, type StoreSettings } from '../storage/open-store.ts';
import { scopeOf } from '../storage/scope.ts';
import { SharedState } from '../tabs/shared-state.ts';

/** While an answer streams, as much of it may be lost with its page as comes in this time. The server has it too. */
const SAVE_MS = 500;

export class KeptTurn implements Companion {
  readonly #turn: Turn;
  readonly #store: ConversationStore;
  readonly #tabs: SharedState<Conversation, ConversationEvent, Command>;
  /** It has led, and others may have led since. */
  #wasAway = false;
  /** Asked for while this tab has the answers in hand, and not done yet. */
  readonly #asked = new Set<Command>();
  #saving: ReturnType<typeof setTimeout> | undefined;

  /** With `resumes` the turn goes on with what is kept; what it had begun before comes after that. */
  static async begin(turn: Turn, settings: StoreSettings, resumes: boolean): Promise<KeptTurn> {
    const store = await openStore(settings);
    const kept = resumes ? await store.load() : undefined;
    return new KeptTurn(turn, store, scopeOf(settings), kept);
  }

  constructor(turn: Turn, store: ConversationStore, scope: string, kept: Conversation | undefined) {
    this.#turn = turn;
    this.#store = store;
    const begun = turn.conversation.messages;
    if (kept) turn.adopt({ ...turn.conversation, ...kept, messages: [...kept.messages, ...begun] });
    this.#tabs = new SharedState(`conversation-1:${scope}`, {
      state: () => turn.conversation,
      adopt: state => this.#adopt(state),
      apply: event => turn.adopt(apply(turn.conversation, event)),
      perform: command => {
        this.#asked.delete(command);
        turn.perform(command);
      },
      lead: () => void this.#lead(),
      yield: () => {
        this.#save();
        turn.leave();
        this.#wasAway = true;
      },
    });
    turn.companion = this;
    addEventListener('pagehide', this.#onHide);
  }

  told(event: ConversationEvent): void {
    this.#tabs.tell(event);
    if (event.type === 'cleared') void this.#forget(event.id);
    else if (event.type === 'delta') this.#saving ??= setTimeout(() => this.#save(), SAVE_MS);
    else this.#save();
  }

  ask(command: Command): void {
    if (this.#tabs.isOwner) this.#asked.add(command);
    this.#tabs.ask(command);
  }

  /** Leaves nothing of this visitor: in no tab and no storage. */
  async logout(): Promise<void> {
    this.#turn.clear();
    await this.#store.clear();
  }

  close(): void {
    removeEventListener('pagehide', this.#onHide);
    this.#save();
    this.#turn.companion = undefined;
    this.#tabs.close();
    this.#store.close();
    // What was on its way to be done is done here.
    for (const command of this.#asked) this.#turn.perform(command);
  }

  readonly #onHide = (): void => this.#save();

  async #lead(): Promise<void> {
    // A page that comes back as it was left knows nothing of what others have done since.
    if (this.#wasAway) this.#turn.adopt((await this.#store.load()) ?? newConversation());
    this.#wasAway = false;
    void this.#store.setCurrent(this.#turn.conversation.id);
    this.#save();
    this.#turn.next();
  }

  /** What was begun here before this tab knew of the others is theirs too. */
  #adopt(state: Conversation): void {
    const { messages } = this.#turn.conversation;
    this.#wasAway = false;
    const known = new Set(state.messages.map(({ id }) => id));
    this.#turn.leave();
    this.#turn.adopt(state);
    messages.forEach((question, index) => {
      const answer = messages[index + 1];
      if (known.has(question.id) || question.role !== 'user' || answer?.role !== 'assistant') return;
      this.#tabs.ask({ type: 'asked', question, answer });
    });
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const { conversation } = this.#turn;
    if (this.#tabs.isOwner && conversation.messages.length > 0) void this.#store.save(conversation);
  }

  async #forget(next: string): Promise<void> {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const { id } = (await this.#store.load()) ?? {};
    if (id !== undefined) await this.#store.remove(id);
    await this.#store.setCurrent(next);
  }
}

/**
 * A turn whose conversation is kept, and which all tabs of the site share. One of them has its answers in hand; when that
 * goes, another goes on with them.
 */

import type { Command } from '../conversation/command.ts';
import {
  apply,
  type Conversation,
  type ConversationEvent,
  newConversation,
} from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { wake } from './attention.ts';
import type { Companion, Turn } from './turn.ts';
import type { ConversationStore } from '../storage/conversation-store.ts';
import { leaveUnsaved } from '../storage/marker.ts';
import { openStore, type StoreSettings } from '../storage/open-store.ts';
import { scopeOf } from '../storage/scope.ts';
import { takeUnsaved } from '../storage/unsaved.ts';
import { SharedState } from '../tabs/shared-state.ts';

/** While an answer streams, as much of it may be lost with its page as comes in this time. The server has it too. */
const SAVE_MS = 500;

export interface Outcomes {
  /** From now on the conversation is in the page's memory alone. */
  onMemory(): void;
  /** The visitor has left, here or in another tab. */
  onLogout(): void;
}

/** `watched`: a visitor looks on in another tab, and waits. */
type Asked = Command | { type: 'watched' };

export class KeptTurn implements Companion {
  readonly #turn: Turn;
  readonly #store: ConversationStore;
  readonly #scope: string;
  readonly #persist: StoreSettings['persist'];
  readonly #outcomes: Outcomes;
  readonly #tabs: SharedState<Conversation, ConversationEvent, Asked>;
  readonly #closed = new AbortController();
  /** The conversation that is kept as the current one. */
  #current: string | undefined;
  /** All that was said before is kept, here or by the tab that leads. */
  #isSaved = true;
  /** It has led, and others may have led since. */
  #wasAway = false;
  /** Asked for while this tab has the answers in hand, and not done yet. */
  readonly #asked = new Set<Command>();
  #onChange = () => {};
  #saving: ReturnType<typeof setTimeout> | undefined;

  /** With `resumes` the turn goes on with what is kept; what it had begun before comes after that. */
  static async begin(
    turn: Turn,
    settings: StoreSettings,
    outcomes: Outcomes,
    resumes: boolean,
  ): Promise<KeptTurn> {
    const store = await openStore({ ...settings, onMemory: outcomes.onMemory });
    const kept = resumes ? await store.load() : undefined;
    return new KeptTurn(turn, store, settings, outcomes, kept);
  }

  constructor(
    turn: Turn,
    store: ConversationStore,
    settings: StoreSettings,
    outcomes: Outcomes,
    kept: Conversation | undefined,
  ) {
    this.#turn = turn;
    this.#store = store;
    this.#persist = settings.persist;
    this.#outcomes = outcomes;
    this.#current = kept?.id;
    this.#scope = scopeOf(settings);
    turn.adopt([...takeUnsaved(this.#scope), turn.conversation].reduce(joined, kept ?? newConversation()));
    this.#isSaved = turn.conversation.messages.length === (kept?.messages.length ?? 0);
    const options = { capture: true, signal: this.#closed.signal };
    // Before the other tabs are left, as then it leads no more.
    for (const type of ['pagehide', 'freeze']) addEventListener(type, this.#onHide, options);
    document.addEventListener('visibilitychange', this.#onWatch, options);
    this.#tabs = new SharedState(`conversation-1:${this.#scope}`, {
      state: () => turn.conversation,
      adopt: state => this.#adopt(state),
      apply: event => {
        turn.adopt(apply(turn.conversation, event));
        this.#heard(event);
      },
      perform: command => this.#perform(command),
      lead: () => void this.#lead(),
      yield: () => {
        turn.leave();
        this.#wasAway = true;
      },
    });
    turn.companion = this;
  }

  get leads(): boolean {
    return this.#tabs.isOwner;
  }

  /** False where the browser keeps nothing. */
  get isKept(): boolean {
    return this.#store.kept !== 'memory';
  }

  told(event: ConversationEvent): void {
    this.#tabs.tell(event);
    if (event.type === 'cleared') this.#forget();
    else if (event.type === 'delta') this.#saving ??= setTimeout(() => this.#save(), SAVE_MS);
    else this.#save();
    this.#heard(event);
  }

  ask(command: Command): void {
    if (this.#tabs.isOwner) this.#asked.add(command);
    this.#tabs.ask(command);
  }

  /** Leaves nothing of this visitor: in no tab and no storage. */
  async logout(): Promise<void> {
    const command: Command = { type: 'cleared', id: newId(), leaves: true };
    this.ask(command);
    await this.#done(command);
    // Also where nobody led, or a tab that led has written in its last moment.
    await this.#store.clear();
  }

  close(): void {
    this.#save();
    this.#closed.abort();
    this.#turn.companion = undefined;
    this.#tabs.close();
    this.#store.close();
    // What was on its way to be done is done here.
    for (const command of this.#asked) this.#turn.perform(command);
  }

  #perform(command: Asked): void {
    if (command.type === 'watched') return wake();
    this.#asked.delete(command);
    // It may have come by two ways: with its tab, and as what the tab had left unsaved.
    const isKnown =
      command.type === 'asked' &&
      this.#turn.conversation.messages.some(({ id }) => id === command.question.id);
    if (!isKnown) this.#turn.perform(command);
  }

  /** What is not done or not saved yet would be lost with the page. */
  readonly #onHide = (): void => {
    const { conversation } = this.#turn;
    const waiting = this.#tabs.waiting.flatMap(command =>
      command.type === 'asked' ? [command.question, command.answer] : [],
    );
    const messages = [...(this.#isSaved ? [] : conversation.messages), ...waiting];
    if (messages.length > 0 && this.#persist !== 'none')
      leaveUnsaved(this.#scope, this.#persist, { ...conversation, messages });
    this.#save();
  };

  /** A hidden tab waits for its visitor before it connects again; who looks on here need not come to it. */
  readonly #onWatch = (): void => {
    const isWaiting = this.#turn.conversation.messages.some(
      message => message.role === 'assistant' && message.reconnecting,
    );
    if (isWaiting && !document.hidden && !this.leads) this.#tabs.ask({ type: 'watched' });
  };

  async #lead(): Promise<void> {
    // A page that comes back as it was left knows nothing of what others have done since.
    const conversation = this.#wasAway ? await this.#store.load() : this.#turn.conversation;
    this.#wasAway = false;
    this.#turn.adopt(takeUnsaved(this.#scope).reduce(joined, conversation ?? newConversation()));
    this.#save();
    this.#turn.next();
  }

  /** What was begun here before this tab knew of the others is theirs too. */
  #adopt(state: Conversation): void {
    const { messages } = takeUnsaved(this.#scope).reduce(joined, this.#turn.conversation);
    this.#wasAway = false;
    const known = new Set(state.messages.map(({ id }) => id));
    this.#turn.leave();
    this.#turn.adopt(state);
    messages.forEach((question, index) => {
      const answer = messages[index + 1];
      if (known.has(question.id) || question.role !== 'user' || answer?.role !== 'assistant') return;
      this.#tabs.ask({ type: 'asked', question, answer });
    });
    // What they have they save, and the rest waits to be done.
    this.#isSaved = true;
    this.#onWatch();
    this.#onChange();
  }

  #heard(event: ConversationEvent): void {
    if (event.type === 'reconnecting') this.#onWatch();
    this.#onChange();
    if (event.type !== 'cleared' || !event.leaves) return;
    // Each tab has its own copy of what it has kept.
    void this.#store.clear();
    this.#outcomes.onLogout();
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    const { conversation } = this.#turn;
    if (!this.#tabs.isOwner || conversation.messages.length === 0) return;
    if (conversation.id !== this.#current) void this.#store.setCurrent(conversation.id);
    this.#current = conversation.id;
    void this.#store.save(conversation).then(() => (this.#isSaved = true));
  }

  #forget(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    takeUnsaved(this.#scope);
    if (this.#current !== undefined) void this.#store.remove(this.#current);
  }

  /** Fulfilled when a command of this tab is done, here or where somebody leads. */
  #done(command: Asked): Promise<void> {
    return new Promise(resolve => {
      this.#onChange = () => {
        if (!this.#tabs.waiting.includes(command)) resolve();
      };
    });
  }
}

/** The first, and after it what the second has besides. */
function joined(first: Conversation, second: Conversation): Conversation {
  if (first.messages.length === 0) return second;
  const aside = first.aside ?? [];
  const known = new Set([first, ...aside].flatMap(({ messages }) => messages.map(({ id }) => id)));
  const others: Message[] = second.messages.filter(({ id }) => !known.has(id));
  // A session that began before the first was known is not lost either.
  return { ...second, ...first, messages: [...first.messages, ...others] };
}

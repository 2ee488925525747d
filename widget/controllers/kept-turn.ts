/**
 * A turn whose conversation is kept, and which all tabs of the site share: each shows the same one. One of them has its
 * answers in hand; when that goes, another goes on with them.
 */

import type { Command } from '../conversation/command.ts';
import {
  apply,
  type Conversation,
  type ConversationEvent,
  newConversation,
} from '../conversation/conversation.ts';
import { asksBeyond, joined } from '../conversation/joining.ts';
import type { ReadingPlace } from '../conversation/kept-conversation.ts';
import type { AssistantMessage, Message } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { wake } from './attention.ts';
import { Awaited } from './awaited.ts';
import { KeptCopy } from './kept-copy.ts';
import {
  type Asked,
  type Forgotten,
  isOfTurn,
  type Shared,
  type Told,
  type TurnedTo,
  type Wanted,
} from './tab-words.ts';
import { ToolTab } from './tool-tab.ts';
import type { Companion, Turn } from './turn.ts';
import { UnseenTurns } from './unseen-turns.ts';
import { Visit } from './visit.ts';
import type { ConversationStore } from '../storage/conversation-store.ts';
import { leaveUnsaved } from '../storage/marker.ts';
import { openStore, type StoreSettings } from '../storage/open-store.ts';
import { scopeOf } from '../storage/scope.ts';
import { takeUnsaved } from '../storage/unsaved.ts';
import { SharedState } from '../tabs/shared-state.ts';

export interface Outcomes {
  /** From now on the conversation is in the page's memory alone. */
  onMemory(): void;
  /** The visitor has left, here or in another tab. */
  onLogout(): void;
  /** Another conversation is shown, or another place in the same; without a place, its end. */
  onTurned(place: ReadingPlace | undefined, isAnother: boolean): void;
}

export class KeptTurn implements Companion {
  readonly store: ConversationStore;
  readonly #shown: { turn: Turn };
  readonly #scope: string;
  readonly #persist: StoreSettings['persist'];
  readonly #outcomes: Outcomes;
  readonly #tabs: SharedState<Shared, Told, Wanted>;
  readonly #unseen: UnseenTurns;
  readonly #copy: KeptCopy;
  readonly #closed = new AbortController();
  readonly #visit = new Visit();
  readonly #toolTab: ToolTab;
  /** What was asked here before this tab knew of the others. */
  #begun: readonly Message[];
  /** It has led, and others may have led since. */
  #wasAway = false;
  /** Asked for while this tab has the answers in hand, and not done yet. */
  readonly #asked = new Set<Asked>();
  readonly #changes = new Awaited();

  /**
   * With `resumes` the turn goes on with what is kept; what it had begun before comes after that.
   * @param shown has the turn whose conversation is shown: with another conversation it has another one
   */
  static async begin(
    shown: { turn: Turn },
    settings: StoreSettings,
    outcomes: Outcomes,
    resumes: boolean,
  ): Promise<KeptTurn> {
    const store = await openStore({ ...settings, onMemory: outcomes.onMemory });
    const kept = resumes ? await store.load() : undefined;
    const place = kept && (await store.place(kept.id));
    const turn = new KeptTurn(shown, store, settings, outcomes, kept);
    if (place) outcomes.onTurned(place, false);
    return turn;
  }

  constructor(
    shown: { turn: Turn },
    store: ConversationStore,
    settings: StoreSettings,
    outcomes: Outcomes,
    kept: Conversation | undefined,
  ) {
    this.#shown = shown;
    this.store = store;
    this.#persist = settings.persist;
    this.#outcomes = outcomes;
    this.#scope = scopeOf(settings);
    this.#unseen = new UnseenTurns(store, {
      leads: () => this.leads,
      saved: conversation => {
        if (this.#hasCopies) this.#tabs.tell({ type: 'went_on', conversation });
      },
    });
    const { turn } = shown;
    this.#begun = turn.conversation.messages;
    this.#copy = new KeptCopy(
      store,
      () => this.#turn,
      () => this.leads || this.#hasCopies,
    );
    this.#copy.isWhole = this.#begun.length === 0;
    turn.adopt(joined(kept ?? newConversation(), turn.conversation));
    const options = { capture: true, signal: this.#closed.signal };
    // Before the other tabs are left, as then it leads no more.
    for (const type of ['pagehide', 'freeze']) addEventListener(type, this.#onHide, options);
    document.addEventListener('visibilitychange', this.#onWatch, options);
    // Where nothing is kept, nothing is shared.
    const name = settings.persist === 'none' ? undefined : `conversation-4:${this.#scope}`;
    this.#tabs = new SharedState(name, {
      state: () => ({ conversation: this.#turn.conversation, visit: this.#visit.id }),
      adopt: state => this.#adopt(state),
      apply: event => this.#hear(event),
      perform: wanted => this.#perform(wanted),
      lead: () => void this.#lead(),
      yield: () => {
        this.#turn.leave();
        this.#unseen.leave();
        this.#wasAway = true;
      },
    });
    this.#toolTab = new ToolTab({
      id: this.#tabs.tab,
      hasTools: () => (this.#turn.host.tools?.length ?? 0) > 0,
      leads: () => this.leads,
      takeLead: () => this.#tabs.take(),
      giveUp: answerId => {
        if (!this.leads) return;
        this.#turn.apply({ type: 'annotated', answerId, annotations: { tab: undefined } });
        this.#turn.next();
      },
    });
    turn.companion = this;
  }

  get leads(): boolean {
    return this.#tabs.isOwner;
  }

  makes(answer: AssistantMessage): boolean {
    return this.leads && this.#toolTab.makes(answer);
  }

  /** False where the browser keeps nothing. */
  get isKept(): boolean {
    return this.store.kept !== 'memory';
  }

  get conversation(): Conversation {
    return this.#turn.conversation;
  }

  /** Aborted when the visitor leaves. */
  get visit(): AbortSignal {
    return this.#visit.signal;
  }

  told(event: ConversationEvent): void {
    this.#tabs.tell(event);
    this.#changed(event);
  }

  ask(asked: Asked): void {
    const command = this.#toolTab.signed(asked);
    if (this.#tabs.isOwner) this.#asked.add(command);
    this.#tabs.ask(this.#visit.stamped(command));
  }

  /** Shows another conversation, in all tabs. */
  turnTo(conversation: Conversation, place?: ReadingPlace): void {
    this.ask({ type: 'turned_to', conversation, ...(place && { place }) });
  }

  /** Fulfilled when it is done, here or where somebody leads. */
  asked(command: Asked): Promise<void> {
    this.ask(command);
    return this.#changes.until(() => !this.#waiting.includes(command));
  }

  /** Leaves nothing of this visitor: in no tab and no storage. */
  async logout(): Promise<void> {
    await this.asked({ type: 'cleared', id: newId(), leaves: true });
    // Also where nobody led, or a tab that led has written in its last moment.
    await this.store.clear();
  }

  close(): void {
    this.#copy.leave();
    this.#unseen.save();
    this.#unseen.leave();
    this.#closed.abort();
    this.#toolTab.end();
    this.#turn.companion = undefined;
    this.#tabs.close();
    this.store.close();
    // What was on its way to be done is done here.
    for (const command of this.#asked) if (isOfTurn(command)) this.#turn.perform(command);
  }

  get #turn(): Turn {
    return this.#shown.turn;
  }

  /** Asked for here, and not done by whoever leads. */
  get #waiting(): readonly Asked[] {
    return this.#tabs.waiting.map(({ asked }) => asked);
  }

  #perform(wanted: Wanted): void {
    const { asked: command } = wanted;
    this.#asked.delete(command);
    if (!this.#visit.has(wanted)) return;
    switch (command.type) {
      case 'watched':
        return wake();
      case 'turned_to':
        return this.#turnTo(command);
      case 'forgotten':
        return this.#forget(command);
      case 'left':
        return void this.#take(command.conversation, this.visit);
      case 'asked':
        // It may have come by two ways: with its tab, and as what the tab had left unsaved.
        if (asksBeyond(this.conversation, [command.question, command.answer]).length > 0)
          this.#turn.perform(command);
        return;
      case 'cleared':
        return this.#clear(command);
      default:
        this.#turn.perform(command);
    }
  }

  /** What is in the making of the one before goes on. */
  #turnTo({ conversation, place }: TurnedTo): void {
    const before = this.#turn;
    const isAnother = conversation.id !== before.conversation.id;
    if (isAnother) {
      this.#copy.flush();
      const turn = this.#unseen.take(conversation.id) ?? this.#unseen.turnLike(before, conversation);
      turn.companion = this;
      this.#shown.turn = turn;
      this.#unseen.add(before);
      this.#copy.setCurrent(conversation.id);
    }
    this.#tabs.tell({ type: 'turned_to', conversation: this.conversation, ...(place && { place }) });
    this.#turned(place, isAnother);
    this.#turn.next();
  }

  #forget({ id }: Forgotten): void {
    if (id === this.conversation.id) return this.#clear({ type: 'cleared', id: newId() });
    this.#unseen.stop(id);
    void this.store.remove(id);
    this.#tabs.tell({ type: 'forgotten', id });
    this.#changes.look();
  }

  #clear(command: Extract<Command, { type: 'cleared' }>): void {
    const { id } = this.conversation;
    // Whoever leaves has nothing going on any more.
    if (command.leaves) this.#unseen.stop();
    this.#turn.perform(command);
    this.#remove(id);
  }

  /** Another tab leads, and tells what it has done. */
  #hear(event: Told): void {
    const { id } = this.conversation;
    switch (event.type) {
      case 'turned_to':
        this.#turn.adopt(event.conversation);
        return this.#turned(event.place, event.conversation.id !== id);
      case 'forgotten':
        if (this.#hasCopies) void this.store.remove(event.id);
        return this.#changes.look();
      case 'went_on':
        return void this.store.save(event.conversation);
      default:
        this.#turn.adopt(apply(this.conversation, event));
        if (event.type === 'cleared' && this.#hasCopies) this.#remove(id);
        this.#changed(event);
    }
  }

  #changed(event: ConversationEvent): void {
    this.#copy.changed(event);
    if (event.type === 'reconnecting') this.#onWatch();
    this.#look();
    if (event.type !== 'cleared' || !event.leaves) return;
    this.#visit.end(event.id);
    // Each tab has its own copy of what it has kept.
    void this.store.clear();
    this.#outcomes.onLogout();
  }

  #turned(place: ReadingPlace | undefined, isAnother: boolean): void {
    if (this.#hasCopies) this.#copy.now();
    this.#look();
    this.#outcomes.onTurned(place, isAnother);
  }

  #look(): void {
    this.#changes.look();
    this.#toolTab.look(this.conversation);
  }

  /** What is not done or not saved yet would be lost with the page. */
  readonly #onHide = (): void => {
    const { conversation } = this;
    const waiting = this.#waiting.flatMap(command =>
      command.type === 'asked' ? [command.question, command.answer] : [],
    );
    const messages = [...(this.#copy.isWhole ? [] : conversation.messages), ...waiting];
    if (messages.length > 0 && this.#persist !== 'none')
      leaveUnsaved(this.#scope, this.#persist, { ...conversation, messages });
    this.#copy.leave();
    this.#unseen.save();
  };

  /** A hidden tab waits for its visitor before it connects again; who looks on here need not come to it. */
  readonly #onWatch = (): void => {
    const isWaiting = this.conversation.messages.some(
      message => message.role === 'assistant' && message.reconnecting,
    );
    if (isWaiting && !document.hidden && !this.leads) this.ask({ type: 'watched' });
  };

  async #lead(): Promise<void> {
    const signal = this.visit;
    this.#visit.adopt(this.#visit.id);
    this.#begun = [];
    if (this.#wasAway) {
      // A page that comes back as it was left knows nothing of what others have done since.
      this.#wasAway = false;
      const kept = (await this.store.load()) ?? newConversation();
      if (signal.aborted) return;
      const isAnother = kept.id !== this.conversation.id;
      this.#turn.adopt(kept);
      if (isAnother) this.#turned(undefined, true);
    }
    this.#copy.now();
    this.#turn.next();
    for (const left of takeUnsaved(this.#scope)) await this.#take(left, signal);
    await this.#unseen.resume(this.#turn, signal);
  }

  /** What a page has left goes on where it belongs. */
  async #take(left: Conversation, visit: AbortSignal): Promise<void> {
    const isOurs = left.id === this.conversation.id;
    const kept = isOurs ? undefined : await this.store.load(left.id);
    if (visit.aborted) return;
    if (kept) {
      const whole = await this.store.save(joined(kept, left));
      if (visit.aborted) return;
      this.#unseen.add(this.#unseen.turnLike(this.#turn, whole));
    } else if (this.conversation.messages.length === 0)
      this.#turnTo({ type: 'turned_to', conversation: left });
    else for (const asked of asksBeyond(this.conversation, left.messages)) this.#turn.perform(asked);
  }

  /** What was begun here before this tab knew of the others is theirs too. */
  #adopt({ conversation, visit }: Shared): void {
    const begun = asksBeyond(conversation, this.#begun);
    const isAnother = conversation.id !== this.conversation.id && this.conversation.messages.length > 0;
    this.#begun = [];
    this.#wasAway = false;
    this.#turn.leave();
    this.#turn.adopt(conversation);
    if (this.#visit.adopt(visit)) this.#wasLeft();
    for (const asked of begun) this.ask(asked);
    for (const left of takeUnsaved(this.#scope)) this.ask({ type: 'left', conversation: left });
    // What they have they save, and the rest waits to be done.
    this.#copy.isWhole = true;
    this.#onWatch();
    this.#look();
    if (isAnother) this.#turned(undefined, true);
  }

  /** While this tab slept. What all tabs keep together is gone already, and what is there now is another visitor's. */
  #wasLeft(): void {
    if (this.#hasCopies) void this.store.clear();
    this.#outcomes.onLogout();
  }

  /** Each tab has what it keeps for itself. */
  get #hasCopies(): boolean {
    return this.#persist === 'session';
  }

  #remove(id: string): void {
    takeUnsaved(this.#scope);
    this.#copy.remove(id);
  }
}

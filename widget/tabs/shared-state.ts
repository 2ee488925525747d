/** A state that the tabs of a site share: one tab owns it and does the work, the others follow it and ask. */

import { Channel, type Message } from './channel.ts';
import { Commands, type Numbered } from './commands.ts';
import { Follower } from './follower.ts';
import type { Heard } from './message.ts';
import { OwnerLock } from './owner-lock.ts';
import { Patience } from './patience.ts';
import type { TabRole } from './tab-role.ts';

export class SharedState<State, Event, Command> {
  readonly #role: TabRole<State, Event, Command>;
  readonly #commands = new Commands<Command>();
  readonly #channel: Channel<State, Event, Command>;
  readonly #lock: OwnerLock;
  readonly #patience: Patience;
  readonly #follower: Follower<State, Event, Command>;
  readonly #closed = new AbortController();
  /** Not while the page is put away, nor after the end. */
  #isHere = false;
  #isOwner = false;
  /** Another tab has spoken. Each does when it joins: until then nobody hears, and what is told would be copied for nothing. */
  #hasOthers = false;

  /**
   * Joins. All states of one name have one shape: the name has a version that changes with it. Without a name this tab has
   * a state of its own.
   */
  constructor(name: string | undefined, role: TabRole<State, Event, Command>) {
    // The number is of the messages: a tab that does not understand the owner must not wait for it nor take its lock.
    const full = name === undefined ? undefined : `rivulet-1:${name}`;
    this.#role = role;
    this.#channel = new Channel(full, message => this.#hear(message));
    this.#lock = new OwnerLock(full ?? '', {
      granted: () => this.#channel.postToAll({ type: 'claim', tab: this.#commands.tab }),
      taken: () => this.#stepDown(),
      refused: () => this.#stayAlone(),
    });
    this.#patience = new Patience(
      () => this.#follower.seek(),
      () => this.#lock.request(true),
    );
    this.#follower = new Follower(role, this.#channel, this.#commands, this.#patience);
    // A page that is put away or frozen does nothing, but would keep its lock. The latter happens to the document,
    // where only capturing finds it from here.
    const options = { capture: true, signal: this.#closed.signal };
    for (const type of ['pagehide', 'freeze']) addEventListener(type, () => this.#leave(), options);
    for (const type of ['pageshow', 'resume']) addEventListener(type, () => this.#join(), options);
    this.#join();
  }

  get isOwner(): boolean {
    return this.#isOwner;
  }

  /** What this tab has asked for and nobody has done yet. */
  get waiting(): readonly Command[] {
    return this.#commands.waiting.commands;
  }

  /** By which its commands are known. */
  get tab(): string {
    return this.#commands.tab;
  }

  /** Becomes the owner in place of whoever is. */
  take(): void {
    if (this.#isHere && !this.#isOwner) this.#lock.request(true);
  }

  /** The owner has made a change: the others hear it. Of another tab nobody does. */
  tell(event: Event): void {
    if (this.#isOwner) this.#tell({ type: 'event', event });
  }

  /** Has the owner do it: at most once, in the order of asking, and after this tab has joined. */
  ask(command: Command): void {
    this.#commands.add(command);
    if (this.#isOwner) this.#perform(this.#commands.waiting);
    else if (this.#follower.hasJoined) this.#follower.seek();
  }

  /** Leaves for good: the role hears nothing any more, not even that it yields. */
  close(): void {
    this.#closed.abort();
    this.#leave();
  }

  #join(): void {
    if (this.#isHere) return;
    this.#isHere = true;
    this.#channel.open();
    // In a microtask: whoever makes this has it in hand before it is told to lead.
    if (!this.#channel.isOpen) return queueMicrotask(() => this.#stayAlone());
    this.#lock.request();
    this.#follower.seek();
  }

  #leave(): void {
    const wasOwner = this.#isOwner;
    if (wasOwner) this.#channel.post({ type: 'gone' });
    this.#isHere = this.#isOwner = this.#follower.hasJoined = false;
    this.#patience.end();
    this.#channel.close();
    this.#lock.release();
    if (wasOwner && !this.#closed.signal.aborted) this.#role.yield();
  }

  #stayAlone(): void {
    this.#channel.close();
    if (this.#isHere && !this.#isOwner) this.#lead();
  }

  #lead(): void {
    this.#patience.end();
    this.#isOwner = this.#follower.hasJoined = true;
    // Above that of an owner that this tab never heard, and that may wake: the clock is the same for all.
    const now = Date.now() * 1000 + Math.floor(Math.random() * 1000);
    this.#channel.term = Math.max(this.#channel.term + 1, now);
    this.#channel.seq = 0;
    this.#postState();
    this.#role.lead();
    this.#perform(this.#commands.waiting);
  }

  #stepDown(): void {
    const wasOwner = this.#isOwner;
    this.#isOwner = this.#follower.hasJoined = false;
    this.#lock.request();
    this.#follower.seek();
    if (wasOwner) this.#role.yield();
  }

  #perform({ tab, first, commands }: Numbered<Command>): void {
    const { term } = this.#channel;
    const perform = () =>
      commands.forEach((command, index) => {
        const number = first + index;
        if (!this.#isOwner || term !== this.#channel.term || this.#commands.isDone(tab, number)) return;
        // Told before it is done: whoever leads after a crash does not do it again.
        this.#commands.finish(tab, number);
        this.#tell({ type: 'done', tab, number });
        this.#role.perform(command);
      });
    if (this.#channel.isOpen) void this.#lock.confirm(perform);
    else perform();
  }

  #hear(message: Heard & Message<State, Event, Command>): void {
    const { type, term, seq } = message;
    const known = this.#channel;
    this.#hasOthers ||= type !== 'claim' || message.tab !== this.#commands.tab;
    // Its lock was taken, and it hears of that later.
    if (this.#isOwner && term > known.term) this.#stepDown();
    switch (type) {
      case 'join':
        if (this.#isOwner) this.#postState();
        break;
      case 'ask':
        if (!this.#isOwner) break;
        if (term === known.term) this.#perform(message);
        // It asks again when it knows of this owner.
        else this.#postState();
        break;
      case 'claim':
        this.#patience.heard();
        if (message.tab === this.#commands.tab) this.#confirmClaim();
        else if (term < known.term || (term === known.term && seq < known.seq)) this.#postState();
        break;
      default:
        if (!this.#isOwner) this.#follower.hear(message);
    }
  }

  /** A tab that knows nothing yet hears first what the others know: their owner may have gone without a word. */
  #confirmClaim(): void {
    const knowsNothing = this.#channel.term === 0;
    void this.#lock.confirm(() => this.#isOwner || this.#lead(), knowsNothing);
  }

  #postState(): void {
    this.#channel.post({ type: 'state', state: this.#role.state(), done: this.#commands.done });
  }

  #tell(change: Message<State, Event, Command>): void {
    this.#channel.seq += 1;
    if (this.#hasOthers) this.#channel.post(change);
  }
}

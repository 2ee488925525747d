/** A state that the tabs of a site share: one tab owns it and does the work, the others follow it and ask. */

import { Commands, type Numbered } from './commands.ts';
import { type Asked, type Done, type Heard, isMessage, type Told } from './message.ts';
import { OwnerLock } from './owner-lock.ts';
import { Patience } from './patience.ts';
import type { TabRole } from './tab-role.ts';

export class SharedState<State, Event, Command> {
  readonly #name: string;
  readonly #role: TabRole<State, Event, Command>;
  readonly #commands = new Commands<Command>();
  readonly #lock: OwnerLock;
  readonly #patience: Patience;
  readonly #closed = new AbortController();
  #channel: BroadcastChannel | undefined;
  /** Not while the page is put away, nor after the end. */
  #isHere = false;
  #isOwner = false;
  /** Whether this tab has the owner's state. */
  #hasJoined = false;
  /** Of the newest owner that this tab has heard; 0 before it has heard any. */
  #term = 0;
  /** How much of the term this tab has told or heard. */
  #seq = 0;

  /** Joins. All states of one name have one shape: the name has a version that changes with it. */
  constructor(name: string, role: TabRole<State, Event, Command>) {
    // The number is of the messages: a tab that does not understand the owner must not wait for it nor take its lock.
    this.#name = `rivulet-1:${name}`;
    this.#role = role;
    this.#lock = new OwnerLock(this.#name, {
      granted: () => this.#claim(),
      taken: () => this.#stepDown(),
      refused: () => this.#stayAlone(),
    });
    this.#patience = new Patience(
      () => this.#seek(),
      () => this.#lock.request(true),
    );
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

  /** The owner has made a change: the others hear it. Of another tab nobody does. */
  tell(event: Event): void {
    if (this.#isOwner) this.#tell({ type: 'event', event });
  }

  /** Has the owner do it: at most once, in the order of asking, and after this tab has joined. */
  ask(command: Command): void {
    this.#commands.add(command);
    if (this.#isOwner) this.#perform(this.#commands.waiting);
    else if (this.#hasJoined) this.#seek();
  }

  /** Leaves for good: the role hears nothing any more, not even that it yields. */
  close(): void {
    this.#closed.abort();
    this.#leave();
  }

  #join(): void {
    if (this.#isHere) return;
    this.#isHere = true;
    // What it knew is old, and gives no right to lead.
    this.#term = this.#seq = 0;
    this.#channel = openChannel(this.#name);
    // In a microtask: whoever makes this has it in hand before it is told to lead.
    if (!this.#channel) return queueMicrotask(() => this.#stayAlone());
    this.#channel.onmessage = ({ data: message }) => {
      if (isMessage(message)) this.#hear(message);
    };
    this.#lock.request();
    this.#seek();
  }

  #leave(): void {
    const wasOwner = this.#isOwner;
    if (wasOwner) this.#post({ type: 'gone' });
    this.#isHere = this.#isOwner = this.#hasJoined = false;
    this.#patience.end();
    this.#silence();
    this.#lock.release();
    if (wasOwner && !this.#closed.signal.aborted) this.#role.yield();
  }

  #stayAlone(): void {
    this.#silence();
    if (this.#isHere && !this.#isOwner) this.#lead();
  }

  #silence(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  /** Asks for what this tab lacks, until it has it. */
  #seek(): void {
    if (!this.#isHere) return;
    this.#post(this.#hasJoined ? { type: 'ask', ...this.#commands.waiting } : { type: 'join' });
    this.#patience.wait();
  }

  #claim(): void {
    // A channel is deaf to itself. By another one the claim comes back, after all that the last owner told.
    const echo = new BroadcastChannel(this.#name);
    this.#post({ type: 'claim', tab: this.#commands.tab }, echo);
    echo.close();
  }

  #lead(): void {
    this.#patience.end();
    this.#isOwner = this.#hasJoined = true;
    // Above that of an owner that this tab never heard, and that may wake: the clock is the same for all.
    this.#term = Math.max(this.#term + 1, Date.now() * 1000 + Math.floor(Math.random() * 1000));
    this.#seq = 0;
    this.#postState();
    this.#role.lead();
    this.#perform(this.#commands.waiting);
  }

  #stepDown(): void {
    const wasOwner = this.#isOwner;
    this.#isOwner = this.#hasJoined = false;
    this.#lock.request();
    this.#seek();
    if (wasOwner) this.#role.yield();
  }

  #perform({ tab, first, commands }: Numbered<Command>): void {
    const term = this.#term;
    const perform = () =>
      commands.forEach((command, index) => {
        const number = first + index;
        if (!this.#isOwner || term !== this.#term || this.#commands.isDone(tab, number)) return;
        // Told before it is done: whoever leads after a crash does not do it again.
        this.#commands.finish(tab, number);
        this.#tell({ type: 'done', tab, number });
        this.#role.perform(command);
      });
    if (this.#channel) void this.#lock.confirm(perform);
    else perform();
  }

  #hear(message: Heard & (Told<State, Event> | Asked<Command>)): void {
    const { type, term, seq } = message;
    // Its lock was taken, and it hears of that later.
    if (this.#isOwner && term > this.#term) this.#stepDown();
    switch (type) {
      case 'join':
        if (this.#isOwner) this.#postState();
        break;
      case 'ask':
        if (!this.#isOwner) break;
        if (term === this.#term) this.#perform(message);
        // It asks again when it knows of this owner.
        else this.#postState();
        break;
      case 'claim':
        this.#patience.heard();
        if (message.tab === this.#commands.tab) this.#confirmClaim();
        else if (term < this.#term || (term === this.#term && seq < this.#seq)) this.#postState();
        break;
      default:
        if (this.#isHere && !this.#isOwner) this.#follow(message);
    }
  }

  /** A tab that knows nothing yet hears first what the others know: their owner may have gone without a word. */
  #confirmClaim(): void {
    const knowsNothing = this.#term === 0;
    void this.#lock.confirm(() => this.#isOwner || this.#lead(), knowsNothing);
  }

  #follow(message: Heard & Told<State, Event>): void {
    const { term, seq } = message;
    if (term < this.#term) {
      // By the term of the answer its sender learns that it does not own any more.
      if (message.type === 'state') this.#post({ type: 'join' });
      return;
    }
    this.#patience.heard();
    if (message.type === 'gone') {
      // The next owner tells its state, unless it is asleep.
      this.#hasJoined = false;
      return this.#patience.wait();
    }
    const ahead = term > this.#term ? Infinity : seq - this.#seq;
    if (message.type === 'state') {
      if (ahead > 0 || (ahead === 0 && !this.#hasJoined)) this.#adopt(message);
    } else if (this.#hasJoined && ahead > 1) {
      this.#hasJoined = false;
      this.#seek();
    } else if (this.#hasJoined && ahead === 1) {
      this.#seq = seq;
      if (message.type === 'done') this.#commands.finish(message.tab, message.number);
      else this.#role.apply(message.event);
      this.#rest();
    }
  }

  #adopt({ term, seq, state, done }: Heard & { state: State; done: Done }): void {
    this.#hasJoined = true;
    this.#term = term;
    this.#seq = seq;
    this.#commands.adopt(done);
    this.#role.adopt(state);
    this.#rest();
    if (this.#commands.waiting.commands.length > 0) this.#seek();
  }

  /** Waits no longer than for what it lacks. */
  #rest(): void {
    if (this.#hasJoined && this.#commands.waiting.commands.length === 0) this.#patience.end();
  }

  #postState(): void {
    this.#post({ type: 'state', state: this.#role.state(), done: this.#commands.done });
  }

  #tell(change: Told<State, Event>): void {
    this.#seq += 1;
    this.#post(change);
  }

  #post(message: Told<State, Event> | Asked<Command>, channel = this.#channel): void {
    channel?.postMessage({ ...message, term: this.#term, seq: this.#seq });
  }
}

/** Undefined where tabs cannot agree on an owner: pages without a secure connection have no locks. */
function openChannel(name: string): BroadcastChannel | undefined {
  try {
    return 'locks' in navigator ? new BroadcastChannel(name) : undefined;
  } catch {
    return undefined;
  }
}

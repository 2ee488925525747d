/** Follows what the owner tells, without a gap: what this tab has missed it asks for, until it has it. */

import type { Channel } from './channel.ts';
import type { Commands } from './commands.ts';
import type { Done, Heard, Told } from './message.ts';
import type { Patience } from './patience.ts';
import type { TabRole } from './tab-role.ts';

export class Follower<State, Event, Command> {
  /** Whether this tab has the owner's state. */
  hasJoined = false;
  readonly #role: TabRole<State, Event, Command>;
  readonly #channel: Channel<State, Event, Command>;
  readonly #commands: Commands<Command>;
  readonly #patience: Patience;

  constructor(
    role: TabRole<State, Event, Command>,
    channel: Channel<State, Event, Command>,
    commands: Commands<Command>,
    patience: Patience,
  ) {
    this.#role = role;
    this.#channel = channel;
    this.#commands = commands;
    this.#patience = patience;
  }

  /** Asks for what this tab lacks. */
  seek(): void {
    if (!this.#channel.isOpen) return;
    this.#channel.post(this.hasJoined ? { type: 'ask', ...this.#commands.waiting } : { type: 'join' });
    this.#patience.wait();
  }

  hear(message: Heard & Told<State, Event>): void {
    const { term, seq } = message;
    if (term < this.#channel.term) {
      // By the term of the answer its sender learns that it does not own any more.
      if (message.type === 'state') this.#channel.post({ type: 'join' });
      return;
    }
    this.#patience.heard();
    if (message.type === 'gone') {
      // The next owner tells its state, unless it is asleep.
      this.hasJoined = false;
      return this.#patience.wait();
    }
    const ahead = term > this.#channel.term ? Infinity : seq - this.#channel.seq;
    if (message.type === 'state') {
      if (ahead > 0 || (ahead === 0 && !this.hasJoined)) this.#adopt(message);
    } else if (this.hasJoined && ahead > 1) {
      this.hasJoined = false;
      this.seek();
    } else if (this.hasJoined && ahead === 1) {
      this.#channel.seq = seq;
      if (message.type === 'done') this.#commands.finish(message.tab, message.number);
      else this.#role.apply(message.event);
      this.#rest();
    }
  }

  #adopt({ term, seq, state, done }: Heard & { state: State; done: Done }): void {
    this.hasJoined = true;
    this.#channel.term = term;
    this.#channel.seq = seq;
    this.#commands.adopt(done);
    this.#role.adopt(state);
    this.#rest();
    if (this.#commands.waiting.commands.length > 0) this.seek();
  }

  /** Waits no longer than for what it lacks. */
  #rest(): void {
    if (this.hasJoined && this.#commands.waiting.commands.length === 0) this.#patience.end();
  }
}

/** The way from tab to tab: each message says how much its sender has heard of the owner. */

import { type Asked, type Heard, isMessage, type Told } from './message.ts';

export type Message<State, Event, Command> = Told<State, Event> | Asked<Command>;

export class Channel<State, Event, Command> {
  /** Of the newest owner that this tab has heard; 0 before it has heard any. */
  term = 0;
  /** How much of the term this tab has told or heard. */
  seq = 0;
  readonly #name: string | undefined;
  readonly #hear: (message: Heard & Message<State, Event, Command>) => void;
  #channel: BroadcastChannel | undefined;

  constructor(name: string | undefined, hear: (message: Heard & Message<State, Event, Command>) => void) {
    this.#name = name;
    this.#hear = hear;
  }

  get isOpen(): boolean {
    return this.#channel !== undefined;
  }

  /** What was heard before is old, and forgotten. Where tabs cannot agree on an owner, it stays closed. */
  open(): void {
    this.term = this.seq = 0;
    this.#channel = this.#name === undefined ? undefined : openChannel(this.#name);
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data: message }) => {
      if (isMessage(message)) this.#hear(message);
    };
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  post(message: Message<State, Event, Command>, channel = this.#channel): void {
    channel?.postMessage({ ...message, term: this.term, seq: this.seq });
  }

  /** A channel is deaf to itself. By another one the message comes back, after all that the others told before. */
  postToAll(message: Message<State, Event, Command>): void {
    if (this.#name === undefined) return;
    const other = new BroadcastChannel(this.#name);
    this.post(message, other);
    other.close();
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

/** What tabs say to each other, and whether something heard is that. */

/** The number of the last command that was done, of each tab that has asked. */
export type Done = Map<string, number>;

/** Of the owner; or a state, of whoever has heard more than a tab that claims to lead. */
export type Told<State, Event> =
  | { type: 'state'; state: State; done: Done }
  | { type: 'event'; event: Event }
  /** The owner does this command now, and nobody does it again. */
  | { type: 'done'; tab: string; number: number }
  /** The owner goes. */
  | { type: 'gone' };

export type Asked<Command> =
  /** A tab has no state, or has missed something. */
  | { type: 'join' }
  /** All that a tab wants done, numbered from `first`. */
  | { type: 'ask'; tab: string; first: number; commands: readonly Command[] }
  /** A tab has the lock. */
  | { type: 'claim'; tab: string };

/** How much its sender has heard: of the newest owner that it knows, who numbers what it tells. */
export interface Heard {
  term: number;
  seq: number;
}

/** What is inside of states, events and commands is their users' to know. */
export function isMessage(message: unknown): message is Heard & (Told<never, never> | Asked<never>) {
  if (typeof message !== 'object' || message === null) return false;
  const { type, term, seq, tab, number, first, done, commands } = message as Record<string, unknown>;
  if (!isCount(term) || !isCount(seq)) return false;
  switch (type) {
    case 'state':
      return 'state' in message && done instanceof Map;
    case 'event':
      return 'event' in message;
    case 'done':
      return isText(tab) && isCount(number);
    case 'ask':
      return isText(tab) && isCount(first) && Array.isArray(commands);
    case 'claim':
      return isText(tab);
    default:
      return type === 'join' || type === 'gone';
  }
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

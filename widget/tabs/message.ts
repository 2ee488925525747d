/** What tabs say to each other, and whether something heard is that. */

/** The number of the last command that was done, of each tab that has asked. */
export type Done = Map<string, number>;

/** Of an owner; or a state, of whoever has heard more than a tab that claims to lead. */
export type Told<State, Event> = { term: number } & (
  | { type: 'state'; seq: number; state: State; done: Done }
  | { type: 'event'; seq: number; event: Event }
  /** The owner does this command now, and nobody does it again. */
  | { type: 'done'; seq: number; tab: string; number: number }
  /** The owner goes. */
  | { type: 'gone' }
);

/** Each has the newest term that its sender knows. Owners number what they tell from 1 (`seq`). */
export type Message<State, Event, Command> =
  | Told<State, Event>
  | ({ term: number } & (
      | { type: 'join' }
      /** All that a tab wants done, numbered from `first`. */
      | { type: 'ask'; tab: string; first: number; commands: readonly Command[] }
      /** A tab has the lock and has heard that much. */
      | { type: 'claim'; seq: number; tab: string }
    ));

/** What is inside of states, events and commands is their users' to know. */
export function isMessage(heard: unknown): heard is Message<never, never, never> {
  if (typeof heard !== 'object' || heard === null) return false;
  const { type, term, seq, tab, number, first, done, commands } = heard as Record<string, unknown>;
  if (!isCount(term)) return false;
  switch (type) {
    case 'state':
      return isCount(seq) && done instanceof Map && 'state' in heard;
    case 'event':
      return isCount(seq) && 'event' in heard;
    case 'done':
      return isCount(seq) && isCount(number) && isText(tab);
    case 'ask':
      return isCount(first) && Array.isArray(commands) && isText(tab);
    case 'claim':
      return isCount(seq) && isText(tab);
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

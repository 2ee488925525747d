/** Redis as the proxy uses it. While it is away, commands fail at once, and nobody waits for it but who has time. */

/** Fields and values of an entry of a stream. */
export interface Entry {
  id: string;
  fields: Readonly<Record<string, string>>;
}

/** A script that Redis runs as one step. */
export interface Script {
  lua: string;
}

export interface Redis {
  readonly up: boolean;
  /** @throws RedisAway */
  send(command: readonly string[]): Promise<unknown>;
  /** @throws RedisAway */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /**
   * Waits for entries of these streams that are newer than the ids, at most for `waitMs`, and longer while Redis is away.
   * @param after asked for when Redis is there: stream keys to ids
   * @returns stream keys to entries; null when the connection was closed for good
   */
  read(
    after: () => ReadonlyMap<string, string>,
    waitMs: number,
  ): Promise<ReadonlyMap<string, Entry[]> | null>;
  /** Calls the listener each time that Redis is there after it was not. */
  onUp(listener: () => void): void;
  close(): void;
}

export class RedisAway extends Error {}

/**
 * Of what is kept of answers and said about them. During an update, processes of two releases share a Redis: where one reads
 * it otherwise than the other (events are packed, ends and messages are JSON), it gets the next number, and neither sees
 * the other's answers. Limits and the switch hold for both.
 */
const FORMAT = 1;

/** All keys of the proxy. */
export const keys = {
  answer: (id: string) => `rivulet:${FORMAT}:answer:${id}`,
  events: (id: string) => `rivulet:${FORMAT}:events:${id}`,
  claim: (owner: string, key: string) => `rivulet:${FORMAT}:claim:${JSON.stringify([owner, key])}`,
  /** There as long as the process lives. */
  life: (process: string) => `rivulet:${FORMAT}:life:${process}`,
  /** What other processes have to say to this one. */
  inbox: (process: string) => `rivulet:${FORMAT}:inbox:${process}`,
  /** Begins the names of what clients have used in a minute or a day. */
  usedIn: (period: string) => `rivulet:${period}`,
  /** There while no answers are given, with the words that clients are told, if the operator has any. */
  paused: 'rivulet:paused',
  leases: 'rivulet:leases',
  leasesOf: (holder: string) => `rivulet:leases:${holder}`,
  offersOf: (holder: string) => `rivulet:offers:${holder}`,
} as const;

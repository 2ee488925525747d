/** What has been set, in the hash of the page's address: to be kept, sent on, and never trusted. */

import { isPossible, type Setting, type Values } from './setting.ts';

/** Most characters that are read. */
const MAX_CHARACTERS = 50_000;

/**
 * Where a chat sends questions, and from where it loads images: a link of a stranger's must not say that, neither for the chat on
 * the page nor for the tag that somebody copies from it.
 */
const OWN_HAND: ReadonlySet<string> = new Set(['endpoint', 'image-origins']);

export function isOwnHand(key: string): boolean {
  return OWN_HAND.has(key);
}

export interface ReadValues {
  values: Values;
  /** What it says besides, by name. */
  leftOut: string[];
}

export function readAddress(hash: string, settings: ReadonlyMap<string, Setting>): ReadValues {
  const values = new Map<string, string>();
  const leftOut: string[] = [];
  for (const [key, value] of new URLSearchParams(hash.slice(1, MAX_CHARACTERS))) {
    const setting = settings.get(key);
    if (setting && !isOwnHand(key) && isPossible(setting, value)) values.set(key, value);
    else leftOut.push(key);
  }
  return { values, leftOut };
}

/** The hash, without anything where nothing is set. */
export function writeAddress(values: Values): string {
  const kept = [...values].filter(([key]) => !isOwnHand(key));
  return kept.length > 0 ? `#${new URLSearchParams(kept)}` : '';
}

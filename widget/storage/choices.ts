/**
 * What a visitor has chosen, beside their conversations. It lies among the signs that something is kept, see `marker.ts`:
 * what reads it comes early to those who have chosen something.
 */

import { prefix } from './marker.ts';
import type { StoreSettings } from './open-store.ts';
import { scopeOf } from './scope.ts';

/** By the same names, until the page is left: where nothing may be kept, or the browser keeps nothing. */
const inMemory = new Map<string, string>();

export function readChoice(settings: StoreSettings, of: string): string | undefined {
  const name = nameOf(settings, of);
  return inStorage(name) ?? inMemory.get(name);
}

export function writeChoice(settings: StoreSettings, of: string, choice: string): void {
  const { persist } = settings;
  const name = nameOf(settings, of);
  removeChoice(settings, of);
  try {
    if (persist === 'none') inMemory.set(name, choice);
    // As a text of JSON: an object would be taken for a conversation that was not saved.
    else (persist === 'local' ? localStorage : sessionStorage).setItem(name, JSON.stringify(choice));
  } catch {
    inMemory.set(name, choice);
  }
}

export function removeChoice(settings: StoreSettings, of: string): void {
  const name = nameOf(settings, of);
  remove(other => other === name);
}

/** Whatever was chosen in a scope. */
export function removeChoices(scope: string): void {
  remove(name => name.startsWith(`${prefix}${scope}choice `));
}

function nameOf(settings: StoreSettings, of: string): string {
  return `${prefix}${scopeOf(settings)}choice ${of}`;
}

function inStorage(name: string): string | undefined {
  try {
    const text: unknown = JSON.parse(localStorage.getItem(name) ?? sessionStorage.getItem(name) ?? 'null');
    return typeof text === 'string' ? text : undefined;
  } catch {
    // Refused, or written by somebody else.
    return undefined;
  }
}

function remove(isMeant: (name: string) => boolean): void {
  for (const name of inMemory.keys()) if (isMeant(name)) inMemory.delete(name);
  try {
    for (const storage of [localStorage, sessionStorage])
      for (const name of Object.keys(storage)) if (isMeant(name)) storage.removeItem(name);
  } catch {
    // Refused, and so nothing was ever kept.
  }
}

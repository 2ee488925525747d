/**
 * A sign that something is kept for a scope. It is read at once and without the store's code, which is loaded
 * early only for visitors who have something to come back to.
 */

const places = { local: 'localStorage', session: 'sessionStorage' } as const;

type Place = keyof typeof places;

export function hasKept(scope: string): boolean {
  return [inPlace('local', scope, isMarked), inPlace('session', scope, isMarked)].includes(true);
}

export function mark(scope: string, place: Place): void {
  inPlace(place, scope, (storage, key) => storage.setItem(key, '1'));
}

export function unmark(scope: string, place: Place): void {
  inPlace(place, scope, (storage, key) => storage.removeItem(key));
}

function isMarked(storage: Storage, key: string): boolean {
  return storage.getItem(key) !== null;
}

function inPlace<T>(place: Place, scope: string, act: (storage: Storage, key: string) => T): T | undefined {
  try {
    // Where storage is refused, already the name throws.
    return act(globalThis[places[place]], `rivulet-kept:${scope}`);
  } catch {
    return undefined;
  }
}

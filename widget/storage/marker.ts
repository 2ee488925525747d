/**
 * A sign that something is kept for a scope. It is looked for at once and without the store's code, which is loaded early
 * only for visitors who have something to come back to.
 */

const places = { local: 'localStorage', session: 'sessionStorage' } as const;
const prefix = 'rivulet-kept:';

type Place = keyof typeof places;

/** Whether something is kept for a scope; without one, for any of this site. */
export function hasKept(scope = ''): boolean {
  try {
    return [localStorage, sessionStorage].some(storage =>
      Object.keys(storage).some(key => key.startsWith(prefix + scope)),
    );
  } catch {
    // Where storage is refused, already the name throws.
    return false;
  }
}

export function mark(scope: string, place: Place): void {
  inPlace(place, storage => storage.setItem(prefix + scope, '1'));
}

export function unmark(scope: string, place: Place): void {
  inPlace(place, storage => storage.removeItem(prefix + scope));
}

function inPlace(place: Place, act: (storage: Storage) => void): void {
  try {
    act(globalThis[places[place]]);
  } catch {
    // Without the sign, what is kept shows after the first answer.
  }
}

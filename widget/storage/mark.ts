/** Leaves the sign that something is kept for a scope, and takes it away. See marker.ts. */

import { inPlace, type Place, prefix } from './marker.ts';

export function mark(scope: string, place: Place): void {
  inPlace(place, storage => storage.setItem(prefix + scope, '1'));
}

export function unmark(scope: string, place: Place): void {
  inPlace(place, storage => storage.removeItem(prefix + scope));
}

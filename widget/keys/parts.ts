/** F6 goes from part to part of the chat: its header, what is in it, the field. */

import type { RivuletPanel } from '../elements/panel.ts';
import { stopsIn } from './stops.ts';

/** Does what a key asks for; false where it asks for nothing here. */
export function goByPart(panel: RivuletPanel, event: KeyboardEvent): boolean {
  if (event.key !== 'F6' || event.altKey || event.ctrlKey || event.metaKey) return false;
  const parts = partsOf(panel);
  const path = event.composedPath();
  const at = parts.findIndex(part => path.includes(part));
  const step = event.shiftKey ? -1 : 1;
  // From nowhere it goes to the first, or back to the last.
  const next = at < 0 ? (step - 1) / 2 : at + step;
  const part = parts.at(next % parts.length);
  // The composer knows where one writes.
  (part?.localName === 'rivulet-composer' ? part : part && stopsIn(part)[0])?.focus({ preventScroll: true });
  return part !== undefined;
}

/** In the order of the page, without those in which nothing can have the focus. */
function partsOf(panel: RivuletPanel): HTMLElement[] {
  const header = panel.renderRoot.querySelector<HTMLElement>('.header');
  const within = panel.querySelectorAll<HTMLElement>('rivulet-transcript, rivulet-start, rivulet-composer');
  // What stands before all of it is one part, and has the focus.
  if (panel.covered) return [];
  return [...(header ? [header] : []), ...within].filter(part => stopsIn(part).length > 0);
}

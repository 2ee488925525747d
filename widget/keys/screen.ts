/** Where the panel is the whole screen, as on a phone, the focus stays in it: what is behind cannot be seen. */

import type { RivuletPanel } from '../elements/panel.ts';
import { stopsIn } from './stops.ts';

export function isScreen(panel: RivuletPanel): boolean {
  return panel.role === 'dialog' && panel.offsetWidth >= innerWidth && panel.offsetHeight >= innerHeight;
}

/** Tab goes round; false where the browser does what is right. */
export function goRound(panel: RivuletPanel, event: KeyboardEvent): boolean {
  if (event.key !== 'Tab' || !isScreen(panel)) return false;
  const stops = stopsIn(panel);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  const [target] = event.composedPath();
  // It has the focus where nothing in it was to have it.
  const isFrame = target instanceof Element && target.matches('.frame');
  if (target !== from && !(isFrame && event.shiftKey)) return false;
  to?.focus({ preventScroll: true });
  return to !== undefined;
}

/** Brings the focus back from what the panel hides. */
export function bringBack(panel: RivuletPanel, { target }: Event): void {
  const root = panel.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const chat = root.host;
  const isOutside = target instanceof Element && !chat.contains(target);
  if (!isOutside || !panel.hasAttribute('open') || !isScreen(panel)) return;
  const { x, y, width, height } = target.getBoundingClientRect();
  const [seen] = document.elementsFromPoint(x + width / 2, y + height / 2);
  // A dialog of the page may stand before the chat.
  if (seen === chat) panel.focus({ preventScroll: true });
}

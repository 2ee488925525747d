/** Who writes nothing yet can read on: in the empty field, the keys that turn pages turn those of the conversation. */

import { RivuletComposer } from '../elements/composer.ts';
import type { RivuletPanel } from '../elements/panel.ts';

/** How much of what is in sight goes out of it: a line or two stay, to go on from. */
const PAGE = 0.9;

/** Does what a key asks for; false where it asks for nothing here. */
export function scrollByPage(panel: RivuletPanel, event: KeyboardEvent): boolean {
  const way = event.key === 'PageDown' ? 1 : event.key === 'PageUp' ? -1 : 0;
  const isEmpty = event
    .composedPath()
    .some(target => target instanceof RivuletComposer && target.draft === '');
  if (way === 0 || !isEmpty) return false;
  const transcript = panel.querySelector('rivulet-transcript');
  const scroller = transcript?.renderRoot.querySelector('.scroller') ?? panel.querySelector('rivulet-start');
  scroller?.scrollBy({ top: way * PAGE * scroller.clientHeight });
  return true;
}

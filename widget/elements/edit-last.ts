/** The question that was asked last is changed: the one that waits, or the last in the transcript. */

import { RivuletComposer } from './composer.ts';
import { isComposing } from './enter-key.ts';
import type { RivuletDock } from './dock.ts';

/** Whether a key in the composer asks for it: the arrow up, where there is nothing to go up in. */
export function editsLast(event: KeyboardEvent): boolean {
  const { target } = event;
  const isEmpty = target instanceof RivuletComposer && target.draft === '';
  const isPlain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
  return event.key === 'ArrowUp' && isEmpty && isPlain && !isComposing(event);
}

/** False where nothing was asked yet. */
export function editLastSaid(dock: RivuletDock): boolean {
  const transcript = dock.parentElement?.querySelector('rivulet-transcript');
  const question = [...(transcript?.renderRoot.querySelectorAll('rivulet-question-actions') ?? [])].at(-1);
  // Without its code it cannot be changed.
  if (!question?.edit) return false;
  question.scrollIntoView({ block: 'nearest' });
  void question.edit();
  return true;
}

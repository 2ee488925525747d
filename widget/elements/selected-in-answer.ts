/** A part of one answer that is selected is a text that a question can be about. */

import { selectedRange } from '../controllers/selected-range.ts';
import { toPlainText } from '../markdown/copy/plain-text.ts';
import type { RivuletChat } from '../rivulet-chat.ts';
import { selectedIn } from './copy-selection.ts';
import { addPlace, type SelectedText, withEnd } from './selected-text.ts';

addPlace(selectedInAnswer);

function selectedInAnswer(chat: RivuletChat): SelectedText | undefined {
  const root = chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
  const range = root && selectedRange(root);
  if (!range || range.collapsed || !root.contains(range.startContainer)) return undefined;
  const { startContainer } = range;
  const start = startContainer instanceof Element ? startContainer : startContainer.parentElement;
  const answer = start?.closest('rivulet-answer');
  const part = answer && selectedIn(answer);
  return part ? withEnd(toPlainText(part), range) : undefined;
}

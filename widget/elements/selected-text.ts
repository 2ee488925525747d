/** What is selected that a question can be about. */

import type { RivuletChat } from '../rivulet-chat.ts';

export interface SelectedText {
  text: string;
  /** Where it ends, in the viewport. */
  end: DOMRect;
}

/** Finds out what is selected somewhere. */
export type Selectable = (chat: RivuletChat) => SelectedText | undefined;

const places: Selectable[] = [selectedOnPage];

/** Answers are one when there are any: what reads them comes with them. */
export function addPlace(place: Selectable): void {
  places.push(place);
}

export function selectedText(chat: RivuletChat): SelectedText | undefined {
  for (const place of places) {
    const selected = place(chat);
    if (selected) return selected;
  }
  return undefined;
}

/** Where the page allows it. What is selected in a shadow tree seems to lie at its host. */
function selectedOnPage(chat: RivuletChat): SelectedText | undefined {
  const selection = document.getSelection();
  if (chat.quote !== 'page' || !selection || selection.isCollapsed || selection.containsNode(chat, true))
    return undefined;
  // A field has a selection of its own, which is the visitor's.
  if (document.activeElement?.matches('input, textarea, [contenteditable]')) return undefined;
  return withEnd(selection.toString(), selection.getRangeAt(0));
}

export function withEnd(
  text: string,
  { startContainer, startOffset, endContainer, endOffset }: AbstractRange,
): SelectedText | undefined {
  const range = document.createRange();
  range.setStart(startContainer, startOffset);
  range.setEnd(endContainer, endOffset);
  const end = [...range.getClientRects()].findLast(({ width }) => width > 0);
  return text.trim() && end ? { text, end } : undefined;
}

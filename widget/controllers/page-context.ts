/** What the page adds to a question: it goes along as what visitors attach does, and is seen with it. */

import type { Along } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';

/** A text, or what gives one for each question; nothing, where it says nothing. */
export type PageContext = string | (() => string | null | undefined);

/** Characters: what a page says of itself is not to fill what a model can read. */
const MOST_CHARACTERS = 10_000;

export function withContext(context: PageContext | null | undefined, along?: Along): Along | undefined {
  const text = typeof context === 'function' ? given(context) : context;
  if (!text) return along;
  const attachment = {
    id: newId(),
    type: 'context' as const,
    name: document.title,
    text: text.slice(0, MOST_CHARACTERS),
  };
  return { ...along, attachments: [...(along?.attachments ?? []), attachment] };
}

/** Where the page fails the question goes without, and its developers hear why. */
function given(context: () => string | null | undefined) {
  try {
    return context();
  } catch (error) {
    return void console.error(error);
  }
}

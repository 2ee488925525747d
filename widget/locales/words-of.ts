/** What an element says: in English as it came with the element, or in the language of the chat that it is in. */

import type { Language, Locale } from './locale.ts';

/** Of the chats that do not just speak English. */
export const languages = new WeakMap<Element, Language>();

/** Read whenever it is shown: the language may change at any time, and all that shows words is shown anew then. */
export function wordsOf<Group extends keyof Locale>(
  element: Element,
  group: Group,
  english: Locale[Group],
): Locale[Group] {
  for (
    let host: Element | undefined = element;
    host;
    host = (host.getRootNode() as Partial<ShadowRoot>).host
  ) {
    const language = languages.get(host);
    if (language) return language.words(group, english);
  }
  return english;
}

/** What a chat speaks that does not just speak English: one chunk, which loads the language that is meant. */

import type { LitElement } from 'lit';
import { chooseLocale, locales, rightToLeft } from './locales/choose.ts';
import { figuresIn } from './locales/figures.ts';
import type { Language, Locale, PageWords } from './locales/locale.ts';
import { withRegion } from './locales/region.ts';
import type {} from './elements/launcher.ts';
import type { RivuletChat } from './rivulet-chat.ts';

/**
 * Rejects where the language cannot be loaded.
 * @param lang of the page, as BCP 47 has it
 * @param own the page's words, in place of the language's
 */
export async function languageFor(lang: string, own: PageWords | undefined): Promise<Language> {
  const name = chooseLocale(lang);
  const locale = name && (await locales[name]()).locale(figuresIn(withRegion(lang)));
  const known = new Map<keyof Locale, unknown>();
  return {
    tag: name ?? 'en',
    words(group, english) {
      if (!known.has(group)) known.set(group, changed(locale?.[group] ?? english, own?.[group]));
      return known.get(group) as typeof english;
    },
  };
}

/** Words with others in their place, where there are some. Rubbish is the same as nothing. */
function changed(words: unknown, others: unknown): unknown {
  switch (typeof words) {
    case 'string':
      return typeof others === 'string' ? others : words;
    case 'function':
      if (typeof others === 'string') return () => others;
      return typeof others === 'function' ? others : words;
    default: {
      if (typeof others !== 'object' || others === null) return words;
      const own = others as Record<string, unknown>;
      return Object.fromEntries(
        Object.entries(words as object).map(([key, value]) => [key, changed(value, own[key])]),
      );
    }
  }
}

/** The last language that a chat was asked to speak: one that comes later than another is not meant any more. */
const meant = new WeakMap<RivuletChat, object>();

/**
 * Rejects where the language cannot be loaded; the chat goes on with the one before.
 * @param chat also one whose code is not here yet: then its launcher speaks
 * @param lang of the page around
 * @param around the chat and all that it is in
 * @param languages where elements look for what they say
 */
export async function speak(
  chat: RivuletChat,
  lang: string,
  around: readonly HTMLElement[],
  languages: WeakMap<Element, Language>,
): Promise<void> {
  const asked = {};
  meant.set(chat, asked);
  const language = await languageFor(lang, chat.words);
  if (meant.get(chat) !== asked) return;
  languages.set(chat, language);
  direct(chat, around, language);
  const { renderRoot } = chat as Partial<RivuletChat>;
  // The chat's own is told by the chat.
  for (const launcher of chat.querySelectorAll('rivulet-launcher')) launcher.language = language;
  if (!renderRoot) return;
  if (/^(zh-Hant|ja|ko)$/.test(language.tag))
    import('./styles/first-cjk.ts').then(
      ({ adoptFirstCjk }) => adoptFirstCjk(renderRoot),
      () => {},
    );
  chat.requestUpdate();
  showAnew(renderRoot);
}

/** The chats whose direction is their language's. */
const directed = new WeakSet<HTMLElement>();

/** What is written from the right is, unless the page has said how it is written. */
function direct(chat: HTMLElement, around: readonly HTMLElement[], { tag }: Language): void {
  const isSaid = around.some(element => element.dir && !directed.has(element));
  if (rightToLeft.has(tag) && !isSaid) {
    directed.add(chat);
    // Said once: each time it is set, the same or not, the chat looks anew at what it speaks.
    if (chat.dir !== 'rtl') chat.dir = 'rtl';
  } else if (directed.delete(chat)) chat.removeAttribute('dir');
}

/** Whatever is in a chat says what it says in the language of now. */
function showAnew(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    (element as Partial<LitElement>).requestUpdate?.();
    if (element.shadowRoot) showAnew(element.shadowRoot);
  }
}

/** Which of the languages that there are is meant by a tag of BCP 47. Pure. */

import type { Figures } from './figures.ts';
import type { Locale } from './locale.ts';
import { read } from './region.ts';

/** Makes the words of a language, whose numbers are written as its region has it. */
type MakeLocale = (figures: Figures<Intl.LDMLPluralRule>) => Locale;

/** All languages but English, each a chunk of its own. */
export const locales = {
  'zh-Hans': () => import('./zh-Hans.ts'),
  'zh-Hant': () => import('./zh-Hant.ts'),
  ja: () => import('./ja.ts'),
  ko: () => import('./ko.ts'),
  es: () => import('./es.ts'),
  fr: () => import('./fr.ts'),
  de: () => import('./de.ts'),
  pt: () => import('./pt.ts'),
  ru: () => import('./ru.ts'),
  ar: () => import('./ar.ts'),
  he: () => import('./he.ts'),
  hi: () => import('./hi.ts'),
  tr: () => import('./tr.ts'),
  vi: () => import('./vi.ts'),
  id: () => import('./id.ts'),
} satisfies Record<string, () => Promise<{ locale: MakeLocale }>>;

export type LocaleName = keyof typeof locales;

export const rightToLeft: ReadonlySet<string> = new Set<LocaleName>(['ar', 'he']);

/**
 * Undefined is English: what is meant, or what there is in place of it.
 * @param lang as a page has it, which may be rubbish
 */
export function chooseLocale(lang: string): LocaleName | undefined {
  // `iw` is `he`, and who writes `zh-TW` reads traditional characters.
  const { language, script } = read(lang);
  const name = language === 'zh' || language === 'yue' ? `zh-${script}` : language;
  return Object.hasOwn(locales, name) ? (name as LocaleName) : undefined;
}

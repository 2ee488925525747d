/** In what old programs write text, by language: such a file does not say it, and the visitor's languages are the best guess. */

import { read } from '../locales/region.ts';

/** As browsers guess for old pages: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding */
const encodings: Readonly<Record<string, string>> = {
  'zh-Hans': 'gb18030',
  'zh-Hant': 'big5',
  ja: 'shift_jis',
  ko: 'euc-kr',
  ru: 'windows-1251',
  uk: 'windows-1251',
  bg: 'windows-1251',
  ar: 'windows-1256',
  fa: 'windows-1256',
  he: 'windows-1255',
  el: 'windows-1253',
  tr: 'windows-1254',
  vi: 'windows-1258',
  th: 'windows-874',
  cs: 'windows-1250',
  hu: 'windows-1250',
  pl: 'windows-1250',
};
const OTHERWISE = 'windows-1252';

/** One for each language, without repetition: a file may be in any of those that its visitor reads. */
export function legacyEncodings(languages: readonly string[]): ReadonlySet<string> {
  return new Set(languages.map(encodingOf));
}

function encodingOf(tag: string): string {
  const { language, script } = read(tag);
  return encodings[language] ?? encodings[`${language}-${script}`] ?? OTHERWISE;
}

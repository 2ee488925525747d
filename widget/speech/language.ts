/** In what language a text is to be read: its script tells more than the page. Pure. */

const scripts: ReadonlyArray<[RegExp, string]> = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Devanagari}/u, 'hi'],
];

/** Languages besides these that are written in the script of the language above them. */
const alike: Readonly<Record<string, readonly string[]>> = {
  ar: ['fa', 'ur'],
  ru: ['uk', 'be', 'bg', 'sr', 'mk', 'kk'],
  hi: ['mr', 'ne'],
};

/** @param own the page's, as BCP 47 has it */
export function languageOf(text: string, own: string): string {
  const base = own.split('-')[0]!.toLowerCase();
  const written = scripts.find(([script]) => script.test(text))?.[1];
  if (written) return written === base || alike[written]?.includes(base) ? own : written;
  // Latin letters on a page in another script are English more often than anything else.
  const isOther = scripts.some(([, language]) => language === base || alike[language]?.includes(base));
  return isOther && /\p{Script=Latin}/u.test(text) ? 'en' : own;
}

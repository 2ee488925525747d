/** Text as it is searched: without case and diacritics. Pure. */

/** Letters that Unicode does not take apart. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ς: 'σ',
};
const lettersPattern = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

/** Of Latin, Greek and Cyrillic; points of Hebrew and Arabic. Others change the word, as those of Japanese or Thai do. */
const marks = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;

const plain = /^[\0-\x7f]*$/;

export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (plain.test(lower)) return lower;
  const bare = lower.normalize('NFKD').replace(marks, '').normalize('NFKC');
  return bare.replace(lettersPattern, letter => letters[letter]!);
}

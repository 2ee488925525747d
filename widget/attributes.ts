/** Reads what a page writes into attributes and properties. Rubbish is the same as nothing. */

/** A text, for which a number may stand. */
export function textOf(value: unknown): string | null {
  return /^(string|number|bigint)$/.test(typeof value) ? `${value}` : null;
}

/** One of the words that are known, else the first of them. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]], value: unknown): Word {
  return words.find(word => word === value) ?? words[0];
}

/** A list of texts, as JSON too, or texts apart by line breaks or `|`. */
export function textList(value: unknown): string[] | null {
  const list = typeof value === 'string' ? (jsonTexts(value) ?? value.split(/[\n|]/)) : value;
  if (!Array.isArray(list)) return null;
  const texts: unknown[] = list;
  return texts.flatMap(text => (typeof text === 'string' && text.trim()) || []);
}

function jsonTexts(value: string): unknown {
  if (!value.trimStart().startsWith('[')) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

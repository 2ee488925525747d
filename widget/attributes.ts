/** Reads what a page writes into attributes. Rubbish is the same as nothing. */

/** One of the words that are known, else the first of them. */
export function oneOf<const Word extends string>(words: readonly [Word, ...Word[]], value: unknown): Word {
  return words.find(word => word === value) ?? words[0];
}

/** A JSON array of strings, or texts apart by line breaks or `|`. */
export function textList(value: string | null): string[] | null {
  if (value === null) return null;
  return (jsonTexts(value) ?? value.split(/[\n|]/)).map(text => text.trim()).filter(text => text !== '');
}

function jsonTexts(value: string): string[] | undefined {
  if (!value.trimStart().startsWith('[')) return undefined;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.filter(item => typeof item === 'string') : undefined;
  } catch {
    return undefined;
  }
}

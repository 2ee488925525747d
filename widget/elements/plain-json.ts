/** JSON for people to read, before they allow what it says: nothing in it can hide, or turn other parts around. Pure. */

/** Longer ones are not shown whole: nobody reads them, and their layout takes long. */
const LONGEST = 5000;

/** Controls but line feeds and tabs, marks of direction, and what has no width. */
const UNSEEN =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

export function plainJson(text: string): string {
  const shown = indented(text);
  return (shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown).replace(UNSEEN, escaped);
}

/** What is no JSON is shown as it is. */
function indented(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  } catch {
    return text;
  }
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What a reader sees of an answer, and how calmly one sight turns into the next. It runs in the browser. */

/** A character on screen with the elements around it, such as `* p strong`. White space is left out. */
export interface Sight {
  readonly characters: readonly string[];
  readonly places: readonly string[];
}

/** What shows without being text. */
const objects = new Set(['IMG', 'INPUT', 'HR']);

/** Elements that stand around text for the layout's sake and change nothing for a reader. */
const unseen = new Set(['SPAN', 'DIV', 'TBODY']);

/** What a renderer adds on its own: names of languages, buttons. */
const besides = new Set(['BUTTON', 'FIGCAPTION']);

export function see(container: HTMLElement): Sight {
  const characters: string[] = [];
  const places: string[] = [];
  visit(container, '');
  return { characters, places };

  function visit(parent: Node, place: string): void {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      if (node instanceof Text) {
        for (const character of node.data) {
          if (/\s/.test(character)) continue;
          characters.push(character);
          places.push(place);
        }
      } else if (node instanceof Element && !besides.has(node.tagName)) {
        const own = unseen.has(node.tagName) ? place : `${place} ${node.localName}`;
        if (objects.has(node.tagName)) {
          characters.push('\ufffc');
          places.push(own);
        } else visit(node, own);
      }
    }
  }
}

/**
 * Whether something that was shown has vanished or changed its element: calm is when the new sight is the old one
 * with something put in at one place, mostly its end.
 */
export function isRestless(before: Sight, after: Sight): boolean {
  const same = (i: number, j: number) =>
    before.characters[i] === after.characters[j] && before.places[i] === after.places[j];
  const length = before.characters.length;
  let start = 0;
  while (start < length && same(start, start)) start += 1;
  const shift = after.characters.length - length;
  let end = length;
  while (end > start && same(end - 1, end - 1 + shift)) end -= 1;
  return start < end;
}

const markers = new Set('*_~`#[]|$\\>-+=');

/** So many equal characters in a row are taken for the same place in the text. */
const sure = 4;

/** How far ahead in the final text the same place is looked for. */
const reach = 400;

/**
 * Whether a sight shows a marker of the syntax that the same renderer does not show in the end. The sight is laid
 * along the final one; a marker that has no counterpart there is raw.
 */
export function showsRawMarker(sight: Sight, final: Sight): boolean {
  const text = sight.characters;
  const last = final.characters;
  let j = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] === last[j]) {
      j += 1;
      continue;
    }
    const place = text.length - i >= sure ? samePlace(text, i, last, j + 1) : undefined;
    if (place !== undefined) j = place + 1;
    else if (markers.has(text[i] as string)) return true;
  }
  return false;
}

function samePlace(
  text: readonly string[],
  i: number,
  last: readonly string[],
  from: number,
): number | undefined {
  for (let j = from; j < Math.min(from + reach, last.length); j += 1) {
    let equal = 0;
    while (equal < sure && text[i + equal] === last[j + equal]) equal += 1;
    if (equal === sure) return j;
  }
  return undefined;
}

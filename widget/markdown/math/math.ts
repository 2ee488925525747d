/** Formulas in TeX as MathML, which browsers draw with fonts of the system. */

import temml, { type Options } from 'temml';
import { IdleTime } from '../later/idle.ts';
import { unselected } from '../later/selection.ts';
import { adoptStyles } from '../later/styles.ts';
import { seen } from '../later/visible.ts';
import { type Built, elementsOf } from './elements.ts';
import { mathStyles } from './styles.ts';

/** Its types are those of another of its builds. */
const library = temml as unknown as { __renderToMathMLTree(tex: string, options: Options): Built };

/** A macro that holds a text and is used a thousand times makes a formula of millions of characters. */
const definition = /\\(?:[gex]?def|(?:future)?let|(?:new|renew|provide)command)(?![a-z])/i;

const deepestBrackets = 100;

/** Null for what is no formula, asks for more than one may, or is not understood. */
export function render(tex: string, display: boolean): Element | null {
  if (definition.test(tex) || isDeep(tex)) return null;
  const options: Options = {
    displayMode: display,
    // With its source, for those who copy it.
    annotate: true,
    throwOnError: true,
    trust: false,
    maxExpand: 1000,
    // In em and in points.
    maxSize: [20, 240],
  };
  try {
    return elementsOf(library.__renderToMathMLTree(tex, options));
  } catch {
    // A mistake of the model, a stack too deep, a bug of the library: the source is what a reader can be shown.
    return null;
  }
}

/** The library reads brackets by calls in calls, and a browser with no stack left to prepare an expression gives up. */
function isDeep(tex: string): boolean {
  let depth = 0;
  for (const char of tex) {
    if ('{[('.includes(char)) depth += 1;
    else if ('}])'.includes(char)) depth = Math.max(0, depth - 1);
    if (depth > deepestBrackets) return true;
  }
  return false;
}

/** Fulfilled when the formula is there or will not be. */
export async function show(place: HTMLElement, tex: string, display: boolean): Promise<void> {
  await seen(place);
  await new IdleTime().more();
  const math = render(tex, display);
  if (!math) return;
  await unselected(place);
  adoptStyles(place, mathStyles);
  place.replaceChildren(math);
}

/** All that a formula may be made of. */

export const elements = setOf(
  'math semantics annotation mrow mi mn mo mtext mspace mstyle mpadded mphantom mfrac msqrt mroot menclose none',
  'msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd',
);

/** Those that the style sheet knows. */
export const classes = setOf(
  'tml-display tml-left tml-right tml-jot tml-small tml-fbox tml-overline tml-underline tml-vec menclose',
  'tml-cancel tml-xcancel upstrike downstrike sout tml-sml-pad tml-med-pad tml-lrg-pad',
  'tml-tilde-2 tml-tilde-3 tml-tilde-4 tml-hat-1 tml-hat-2 tml-hat-3 tml-hat-4',
);

/** Attributes that are one of a few words. */
export const words = new Map<string, RegExp>([
  ['display', /^block$/],
  ['encoding', /^application\/x-tex$/],
  ['form', /^(?:pre|in|post)fix$/],
  ['mathvariant', /^[a-z-]{1,30}$/],
  ['notation', /^[a-z ]{1,60}$/],
  ['scriptlevel', /^[0-3]$/],
  ...'accent accentunder displaystyle fence largeop movablelimits separator stretchy symmetric'
    .split(' ')
    .map(name => [name, /^(?:true|false)$/] as const),
]);

const lengths = setOf('depth height linethickness lspace mathsize maxsize minsize rspace voffset width');

/** Properties of styles. They place what is inside a formula, and nothing out of it. */
export const properties = setOf(
  'border border-top border-right border-bottom border-left',
  'padding padding-top padding-right padding-bottom padding-left margin-left width',
  'font-style font-weight math-depth text-align',
);

export function isLength(name: string): boolean {
  return lengths.has(name);
}

const pixels: Record<string, number> = { em: 16, ex: 8, pt: 4 / 3, px: 1, mm: 3.8, cm: 38, in: 96, '': 1 };

/** Whether the lengths in a value leave the formula where it is; and there is nothing but words and numbers. */
export function isShort(value: string): boolean {
  if (!/^[\w\s.%+-]{0,60}$/.test(value)) return false;
  for (const [, number = '', unit = ''] of value.matchAll(/([+-]?\d*\.?\d+)([a-z%]*)/g)) {
    const factor = unit === '%' ? 1 : pixels[unit];
    if (factor === undefined) return false;
    const length = Number(number) * factor;
    if (length < -40 || length > 480) return false;
  }
  return true;
}

function setOf(...names: string[]): ReadonlySet<string> {
  return new Set(names.join(' ').split(' '));
}

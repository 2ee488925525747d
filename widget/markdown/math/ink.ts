/**
 * The colours of a formula: the hue that is asked for, as dark or as light as can be read in the scheme. Nothing for
 * what is no colour, and so the colour of the text around it.
 */

export function ink(colour: string, use: 'text' | 'background'): string {
  if (!/^(?:#[\da-f]{6}|[a-z]{3,24})$/i.test(colour)) return '';
  const tone = (lightness: number, chroma: number) =>
    `oklch(from ${colour} ${lightness} min(c, ${chroma}) h)`;
  return use === 'text'
    ? `light-dark(${tone(0.48, 0.13)}, ${tone(0.8, 0.11)})`
    : `light-dark(${tone(0.93, 0.04)}, ${tone(0.3, 0.04)})`;
}

/** What plots are drawn of. */

export function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

export function label(text: string, x: number, y: number, anchor: 'middle' | 'end'): Element {
  const element = svgElement('text', { x, y, 'text-anchor': anchor });
  element.textContent = text;
  return element;
}

/** To the next of 1, 2, 4, 6, 8 or 10 times a power of ten, so that its half is a round number too. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 4, 6, 8, 10].map(times => times * power).find(round => round >= Math.max(value, 2))!;
}

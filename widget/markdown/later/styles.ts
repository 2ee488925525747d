/** Styles that come with a part that is loaded late. */

import { exportParts } from '../../styles/parts.ts';

/** Adds a style sheet to the tree that an element is in, once; the page can then style what is there by its parts. */
export function adoptStyles(element: Node, sheet: CSSStyleSheet): void {
  const root = element.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  if (root.adoptedStyleSheets.includes(sheet)) return;
  root.adoptedStyleSheets.push(sheet);
  exportParts(root);
}

export function styleSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

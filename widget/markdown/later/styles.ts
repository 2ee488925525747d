/** Styles that come with a part that is loaded late. */

/** Adds a style sheet to the tree that an element is in, once. */
export function adoptStyles(element: Node, sheet: CSSStyleSheet): void {
  const root = element.getRootNode();
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

export function styleSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** Style sheets that come and go with a form. */

/** Puts a style sheet into a tree behind all others, or takes it out. */
export function adopt(tree: Document | ShadowRoot | null | undefined, sheet: CSSStyleSheet, wanted: boolean) {
  // To set them costs the tree its styles, also where they are the same.
  if (!tree || tree.adoptedStyleSheets.includes(sheet) === wanted) return;
  const others = tree.adoptedStyleSheets.filter(other => other !== sheet);
  tree.adoptedStyleSheets = wanted ? [...others, sheet] : others;
}

/** What is selected in a shadow tree. */

/** The document's own selection does not see into a shadow root: each browser has another way in. */
export function selectedRange(root: Node): AbstractRange | undefined {
  if (!(root instanceof ShadowRoot)) return undefined;
  const selection = document.getSelection();
  if (selection && 'getComposedRanges' in selection) {
    return selection.getComposedRanges({ shadowRoots: [root] })[0];
  }
  const inner =
    (root as ShadowRoot & { getSelection?: () => Selection | null }).getSelection?.() ?? selection;
  return inner?.rangeCount ? inner.getRangeAt(0) : undefined;
}

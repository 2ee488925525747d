/** Keeps away from what a reader has selected. */

/** Fulfilled once no selection begins or ends in the element: its nodes can be replaced without moving one. */
export async function unselected(element: Element): Promise<void> {
  while (isSelected(element)) {
    await new Promise(resolve => document.addEventListener('selectionchange', resolve, { once: true }));
  }
}

function isSelected(element: Element): boolean {
  const roots: ShadowRoot[] = [];
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    roots.push(root);
  return endsOfSelection(roots).some(node => node && element.contains(node));
}

/** Outside a shadow tree only its host is told, but to those who have its root. */
function endsOfSelection(shadowRoots: ShadowRoot[]): (Node | null)[] {
  const selection = getSelection();
  if (!selection) return [];
  if ('getComposedRanges' in selection)
    return selection
      .getComposedRanges({ shadowRoots })
      .flatMap(({ startContainer, endContainer }) => [startContainer, endContainer]);
  // Older browsers: Chromium has a selection in each root, Firefox tells of shadow trees too.
  return [selection, ...shadowRoots.map(selectionIn)].flatMap(one => [
    one?.anchorNode ?? null,
    one?.focusNode ?? null,
  ]);
}

function selectionIn(root: ShadowRoot & { getSelection?(): Selection | null }): Selection | null {
  return root.getSelection?.() ?? null;
}

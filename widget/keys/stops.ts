/** Where Tab stops: what can have the focus, in its order, also in the trees below and in slots. */

export function stopsIn(element: Element): HTMLElement[] {
  if (!(element instanceof HTMLElement) || element.inert) return [];
  const isStop =
    element.tabIndex >= 0 &&
    !element.matches(':disabled') &&
    element.checkVisibility({ visibilityProperty: true });
  return [...(isStop ? [element] : []), ...childrenOf(element).flatMap(stopsIn)];
}

function childrenOf(element: HTMLElement): readonly Element[] {
  const slotted = element instanceof HTMLSlotElement ? element.assignedElements() : [];
  return slotted.length > 0 ? slotted : [...(element.shadowRoot ?? element).children];
}

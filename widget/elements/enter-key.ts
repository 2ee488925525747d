/** What a key is meant for: to send, to choose what an input method offers, to be typed. */

export function isSendKey(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.altKey) return false;
  return !isComposing(event) && !hasOnlyTouch();
}

/**
 * The key belongs to an input method, which takes it to choose what it has composed. Safari ends the
 * composition before this keydown; keyCode 229 marks it as the input method's in either order.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** It goes into a field, if need be as a step in it. The page, which cannot see that field, may take it for a shortcut. */
export function isTyped(event: KeyboardEvent): boolean {
  const [field] = event.composedPath() as Element[];
  return (
    !!field?.matches('input, textarea') &&
    !(event.ctrlKey || event.metaKey || event.altKey) &&
    !/^(Escape|Tab|F\d+)$/.test(event.key)
  );
}

/** A touch keyboard has one Enter and no Shift at hand: there it breaks the line. */
export function hasOnlyTouch(): boolean {
  return matchMedia('(pointer: coarse) and (not (any-pointer: fine))').matches;
}

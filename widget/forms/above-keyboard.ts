/**
 * Where a chat is seen while a keyboard is on the screen. Browsers lay the keyboard over the page, and what is fixed in the
 * page stays behind it; only the visual viewport says what is left, and how far it was moved to show where one writes.
 */

/** Pixels. Bars of the browser that come and go are lower, keyboards are higher. */
const LOWEST_KEYBOARD = 120;
/** Pixels above and below a chat that does not have all of the height. */
const GAP = 12;

/**
 * The rules for the panel; none where there is no keyboard. A page that has its layout made smaller by the keyboard
 * (`interactive-widget=resizes-content`) needs none either.
 * @param isWhole it has all of the height, and not its own above a launcher
 */
export function aboveKeyboard(isWhole: boolean): string {
  const { height = innerHeight, offsetTop = 0, scale = 1 } = visualViewport ?? {};
  // Who looks closer sees less of the page, and has no keyboard for that.
  const seen = Math.round(height * scale);
  if (innerHeight - seen < LOWEST_KEYBOARD) return '';
  // … and moves about as they like.
  const top = scale > 1.01 ? 0 : Math.round(offsetTop);
  return isWhole ? whole(top, seen) : floating(innerHeight - top - seen, seen);
}

function whole(top: number, seen: number): string {
  return `:host([mode][mode]) {
    inset-block: 0 auto;
    margin-block-start: ${top}px;
    block-size: ${seen}px;
    padding-block-end: 0;
  }`;
}

function floating(covered: number, seen: number): string {
  return `:host([mode][mode]) {
    inset-block-end: ${covered + GAP}px;
    block-size: min(660px, ${seen - 2 * GAP}px);
  }`;
}

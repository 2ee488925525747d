/** How a visitor left the popup, for the next page of the site in the same tab. */

const NAME = 'rivulet-popup';

export interface LeftPopup {
  isOpen: boolean;
  /** An answer was in the making. */
  isBusy: boolean;
}

export function rememberPopup(left: LeftPopup): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(left));
  } catch {
    // Refused: it is closed on the next page.
  }
}

/** Undefined in a tab where there was none. */
export function leftPopup(): Partial<LeftPopup> | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? '') ?? undefined;
  } catch {
    return undefined;
  }
}

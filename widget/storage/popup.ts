/** How a visitor left the popup, for the next page of the site in the same tab; and that they want no teaser, for all to come. */

const NAME = 'rivulet-popup';
const TEASER_NAME = 'rivulet-teaser';

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

export function hideTeaser(): void {
  try {
    localStorage.setItem(TEASER_NAME, 'hidden');
  } catch {
    // Refused: it comes back on the next page.
  }
}

export function isTeaserHidden(): boolean {
  try {
    return localStorage.getItem(TEASER_NAME) !== null;
  } catch {
    return false;
  }
}

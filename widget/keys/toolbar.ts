/** A row of buttons is one stop of Tab: the arrow keys go along it. */

/** Does what a key asks for; false where it asks for nothing here. */
export function goAlongToolbar(event: KeyboardEvent): boolean {
  const button = buttonOf(event);
  if (!button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const buttons = buttonsBeside(button);
  const at = buttons.indexOf(button);
  const onward = button.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight';
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowRight':
      buttons.at((at + (event.key === onward ? 1 : -1)) % buttons.length)?.focus();
      return true;
    case 'Home':
      buttons[0]?.focus();
      return true;
    case 'End':
      buttons.at(-1)?.focus();
      return true;
    default:
      return false;
  }
}

/** From now on Tab passes over the others of its row, and comes back to this one. */
export function stopAlone(event: Event): void {
  const button = buttonOf(event);
  if (button) for (const other of buttonsBeside(button)) other.tabIndex = other === button ? 0 : -1;
}

function buttonOf(event: Event): HTMLElement | undefined {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && target.matches(MEMBERS) ? target : undefined;
}

function buttonsBeside(button: HTMLElement): HTMLElement[] {
  const buttons = button.closest('[role=toolbar]')!.querySelectorAll<HTMLElement>(MEMBERS);
  return [...buttons].filter(other => other.checkVisibility());
}

/** Not those of a form that has opened in it. */
const MEMBERS = '[role=toolbar] button:not(.reason button)';

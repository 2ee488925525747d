/** A small button with a drawing, named for eyes and ears. */

import { html, nothing, type TemplateResult } from 'lit';
import { drawing } from './icons.ts';

export interface IconButton {
  name: string;
  /** A path description. */
  path: string;
  /** It does nothing now, and keeps the focus. */
  isOff?: boolean;
  /** Of what it opens and closes, whether that is open. */
  isOpen?: boolean;
  /** Tab does not stop at it. */
  isSkipped?: boolean;
  /** Of one that stays pressed. */
  isPressed?: boolean;
  onClick: () => void;
}

export function iconButton({
  name,
  path,
  isOff = false,
  isOpen,
  isSkipped = false,
  isPressed,
  onClick,
}: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="hit tool"
    part="icon-button"
    aria-label=${name}
    title=${name}
    aria-expanded=${isOpen === undefined ? nothing : String(isOpen)}
    tabindex=${isSkipped ? '-1' : '0'}
    aria-disabled=${isOff ? 'true' : 'false'}
    aria-pressed=${isPressed ?? nothing}
    @click=${() => !isOff && onClick()}
  >
    ${drawing(path)}
  </button>`;
}

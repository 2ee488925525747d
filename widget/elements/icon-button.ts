/** A small button with a drawing, named for eyes and ears. */

import { html, type TemplateResult } from 'lit';
import { drawing } from './icons.ts';

export interface IconButton {
  name: string;
  /** A path description. */
  path: string;
  /** It does nothing now, and keeps the focus. */
  isOff?: boolean;
  onClick: () => void;
}

export function iconButton({ name, path, isOff = false, onClick }: IconButton): TemplateResult {
  return html`<button
    type="button"
    class="hit tool"
    aria-label=${name}
    title=${name}
    aria-disabled=${isOff ? 'true' : 'false'}
    @click=${() => !isOff && onClick()}
  >
    ${drawing(path)}
  </button>`;
}

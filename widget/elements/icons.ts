/** Icons as Lit templates. They say nothing to a screen reader: the button around them does. */

import { html, type TemplateResult } from 'lit';
import { iconPaths, markPaths, wavePath } from './icon-paths.ts';

export function icon(name: keyof typeof iconPaths): TemplateResult {
  return drawing(iconPaths[name]);
}

export function drawing(path: string): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;
}

export function mark(): TemplateResult {
  return html`<svg class="mark" part="mark" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${markPaths[0]} /><path d=${markPaths[1]} opacity=".55" />
  </svg>`;
}

/** Flows while the first token is waited for. */
export function wave(): TemplateResult {
  return html`<svg class="wave" part="wave" viewBox="0 0 44 14" aria-hidden="true"><path d=${wavePath} /></svg>`;
}

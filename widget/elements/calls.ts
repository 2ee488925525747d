/** The place of the functions of the page that an answer calls. What shows them is loaded with the first that has some. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { AssistantMessage } from '../conversation/message.ts';
import { define } from './define.ts';

/** It is asked for again after so long, where it could not be loaded. */
const ASK_AGAIN_MS = 2000;

/** It renders into the transcript's own tree. */
export class RivuletCalls extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
  };

  declare message: AssistantMessage | undefined;

  constructor() {
    super();
    this.message = undefined;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    if (!this.message?.rounds) return nothing;
    return html`<rivulet-called .message=${this.message}></rivulet-called>`;
  }

  protected override updated(): void {
    if (this.message?.rounds && !customElements.get('rivulet-called'))
      import('./called.ts').catch(() => setTimeout(() => this.requestUpdate(), ASK_AGAIN_MS));
  }
}

define('rivulet-calls', RivuletCalls);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-calls': RivuletCalls;
  }
}

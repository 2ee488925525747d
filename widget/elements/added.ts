/** What the page adds to the next question, above the composer: to be read before it is asked. */

import { html, LitElement, type PropertyDeclarations, type ReactiveController } from 'lit';
import { withContext } from '../controllers/page-context.ts';
import type { Attachments } from '../conversation/message.ts';
import type { RivuletChat } from '../rivulet-chat.ts';
import './attached.ts';
import { chatOf } from './chat-of.ts';
import { define } from './define.ts';

/** It renders into the chat's own tree, in the dock. */
export class RivuletAdded extends LitElement implements ReactiveController {
  static override properties: PropertyDeclarations = { attachments: { state: true } };

  declare private attachments: Attachments | undefined;
  #host: RivuletChat | undefined;
  #panel: Element | null = null;
  #context: RivuletChat['context'] | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#host = chatOf(this)?.host;
    this.#host?.addController(this);
    this.#panel = this.closest('rivulet-panel');
    // A function of the page's may say something else by then.
    this.#panel?.addEventListener('focusin', this.#look);
    this.addEventListener('toggle', this.#look, { capture: true });
    this.#look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#host?.removeController(this);
    this.#panel?.removeEventListener('focusin', this.#look);
  }

  hostUpdated(): void {
    if (this.#host?.context !== this.#context) this.#look();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    return html`<rivulet-attached .attachments=${this.attachments}></rivulet-attached>`;
  }

  readonly #look = (): void => {
    this.#context = this.#host?.context;
    this.attachments = withContext(this.#context)?.attachments;
  };
}

define('rivulet-added', RivuletAdded);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-added': RivuletAdded;
  }
}

/** What went along with a question: its pictures, and the names of its text files. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { Attachment, Attachments, TextAttachment } from '../conversation/message.ts';
import { enAttachments } from '../locales/en-attachments.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { attachedStyles } from './attached-styles.ts';
import { attachmentIcons } from './attachment-icons.ts';
import { define } from './define.ts';
import { drawing } from './icons.ts';
import './picture.ts';

/** It renders into the transcript's own tree, in the question's article. */
export class RivuletAttached extends LitElement {
  static override properties: PropertyDeclarations = { attachments: { attribute: false } };

  declare attachments: Attachments | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, attachedStyles);
  }

  get #words() {
    return wordsOf(this, 'attachments', enAttachments);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    if (!this.attachments) return nothing;
    return html`<ul aria-label=${this.#words.attached}>${this.attachments.map(attachment => html`<li>${shown(attachment, this.#words)}</li>`)}</ul>`;
  }
}

function shown(attachment: Attachment, words: typeof enAttachments) {
  if (attachment.type === 'image' && attachment.dataUrl)
    return html`<rivulet-picture .image=${attachment}></rivulet-picture>`;
  if (attachment.type === 'context') return added(attachment, words);
  const isText = attachment.type === 'text';
  const note = isText ? words.characters(attachment.text.length) : words.notKept;
  const icon = isText ? attachmentIcons.text : attachmentIcons.image;
  return html`<div class="file" part="attachment">${drawing(icon)}<span><bdi>${attachment.name}</bdi><small dir="auto">${note}</small></span></div>`;
}

/** What the page has added is the visitor's to read, as it goes to the model with their question. */
function added({ name, text }: TextAttachment, words: typeof enAttachments) {
  return html`<details class="file">
    <summary>${drawing(attachmentIcons.text)}<span><bdi>${name || words.fromPage}</bdi><small dir="auto">${words.fromPage}</small></span></summary>
    <pre dir="auto" tabindex="0">${text}</pre>
  </details>`;
}

define('rivulet-attached', RivuletAttached);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-attached': RivuletAttached;
  }
}

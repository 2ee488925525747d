/**
 * An image of the conversation, drawn: a page with a strict policy shows no image of a `data:` URL, and a drawing needs
 * nobody's leave.
 */

import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { fileOf } from '../attachments/data-url.ts';
import type { ImageAttachment } from '../conversation/message.ts';
import { define } from './define.ts';

/** It renders into the tree that it is in. */
export class RivuletPicture extends LitElement {
  static override properties: PropertyDeclarations = {
    image: { attribute: false },
    longest: { type: Number },
  };

  declare image: ImageAttachment | undefined;
  /** Of its sides, in CSS pixels. */
  declare longest: number;

  constructor() {
    super();
    this.image = undefined;
    this.longest = 240;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { image } = this;
    if (!image) return nothing;
    const { width, height } = this.#size(image);
    return html`<canvas part="attachment" role="img" aria-label=${image.alt || image.name} width=${width} height=${height}></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('image');
    if (this.image && this.image.dataUrl !== before?.dataUrl) void this.#draw(this.image);
  }

  async #draw(image: ImageAttachment): Promise<void> {
    const file = fileOf(image.dataUrl ?? '');
    if (!file) return;
    const { width: resizeWidth, height: resizeHeight } = this.#size(image);
    const options = { resizeWidth, resizeHeight, resizeQuality: 'high' } as const;
    const bitmap = await createImageBitmap(file, options).catch(() => undefined);
    if (bitmap && this.image?.dataUrl === image.dataUrl)
      this.querySelector('canvas')?.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap?.close();
  }

  /** Sharp on screens with small pixels; the style sheet gives it its size. */
  #size({ width, height }: ImageAttachment): { width: number; height: number } {
    const factor = Math.min(1, (2 * this.longest) / Math.max(width, height));
    return {
      width: Math.max(1, Math.round(width * factor)),
      height: Math.max(1, Math.round(height * factor)),
    };
  }
}

define('rivulet-picture', RivuletPicture);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-picture': RivuletPicture;
  }
}

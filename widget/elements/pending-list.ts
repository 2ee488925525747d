/** The files that are to go along with the next question, as a list above its text. */

import { html, nothing } from 'lit';
import type { PendingFile, PendingFiles } from '../attachments/pending-files.ts';
import type { Attachment, ImageAttachment } from '../conversation/message.ts';
import type { enAttachments } from '../locales/en-attachments.ts';
import { attachmentIcons } from './attachment-icons.ts';
import { isComposing } from './enter-key.ts';
import { iconButton } from './icon-button.ts';
import { iconPaths } from './icon-paths.ts';
import { drawing, wave } from './icons.ts';
import './picture.ts';

export interface PendingListOptions {
  words: typeof enAttachments;
  /** Whether the model that is asked can see images. */
  sees: boolean;
  onRemove(file: PendingFile): void;
  /** A picture's description is written. */
  onDescribed(): void;
}

export function pendingList(pending: PendingFiles, options: PendingListOptions) {
  const { words } = options;
  if (pending.files.length === 0) return nothing;
  const items = pending.files.map(file => {
    const { name, attachment } = file;
    const close = {
      name: words.remove(name),
      path: iconPaths.close,
      onClick: () => options.onRemove(file),
    };
    return html`<li part="attachment" aria-busy=${attachment ? 'false' : 'true'}>
      ${look(attachment)}
      <span><bdi>${name}</bdi>${about(pending, file, options)}</span>
      ${iconButton(close)}
    </li>`;
  });
  return html`<ul aria-label=${words.attached}>${items}</ul>`;
}

function look(attachment: Attachment | undefined) {
  if (!attachment) return html`<span class="look">${wave()}</span>`;
  if (attachment.type !== 'image') return html`<span class="look">${drawing(attachmentIcons.text)}</span>`;
  return html`<rivulet-picture class="look" longest="40" .image=${attachment}></rivulet-picture>`;
}

function about(pending: PendingFiles, { id, attachment }: PendingFile, options: PendingListOptions) {
  const { words } = options;
  if (!attachment) return html`<small dir="auto">${words.reading}</small>`;
  if (attachment.type !== 'image')
    return html`<small dir="auto">${words.characters(attachment.text.length)}</small>`;
  const describe = (alt: string) => pending.describe(id, alt);
  return html`${description(attachment, describe, options)}${options.sees ? nothing : html`<small dir="auto">${words.notSeen}</small>`}`;
}

function description(
  { name, alt }: ImageAttachment,
  describe: (alt: string) => void,
  { words, onDescribed }: PendingListOptions,
) {
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault();
    onDescribed();
  };
  return html`<input
    part="input"
    dir="auto"
    maxlength="500"
    aria-label=${words.describe(name)}
    placeholder=${words.description}
    .value=${alt}
    @input=${(event: Event) => describe((event.target as HTMLInputElement).value)}
    @keydown=${onKeydown}
  />`;
}

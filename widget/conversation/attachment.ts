/** What goes along with a question, and how a model is told of it: text files as quotations, images as parts. Pure. */

import type { ContentPart } from '../../server/protocol.ts';
import { readAttachmentLimits, type UsableLimits } from './attachment-limits.ts';
import type { Attachment, Attachments, ImageAttachment, Message, UserMessage } from './message.ts';
import type { Sayable } from './said.ts';

/** What visitors attach themselves. */
export function byVisitor(attachments: Attachments = []): Attachments {
  return attachments.filter(({ type }) => type !== 'context');
}

/** Their names, as where a question is listed that says nothing else. */
export function namesOf({ attachments }: Pick<UserMessage, 'attachments'>): string {
  return byVisitor(attachments)
    .map(({ name }) => name)
    .join(', ');
}

/** What a message says, for who takes the conversation away: of what is attached the names, in a list of Markdown. */
export function withNames(message: Message): string {
  const attachments = message.role === 'user' ? (message.attachments ?? []) : [];
  const items = attachments.map(attachment => {
    const said = attachment.type === 'image' && attachment.alt ? `: ${attachment.alt}` : '';
    return `- ${oneLine(attachment.name + said).replace(/[\\*_`~$[\]<>&#|]/g, '\\$&')}`;
  });
  const quote = message.role === 'user' ? (message.quote ?? '') : '';
  return [quote.trim(), message.content.trim(), items.join('\n')].filter(Boolean).join('\n\n');
}

/**
 * All that a model can be told, its questions with what goes along with them.
 * @param settings of the server, as they came
 * @param model what is asked for; absent: the server's default
 */
export function withAttachments(
  messages: readonly Message[],
  settings: object | undefined,
  model: string | undefined,
): { messages: readonly Sayable[]; leftOut: number } {
  const { shown, leftOut } = shownImages(messages, readAttachmentLimits(settings), model);
  const sayable = messages.map(message =>
    message.role === 'user' && message.attachments
      ? ({ ...message, quote: '', content: contentOf(message, shown) } as Sayable)
      : message,
  );
  return { messages: sayable, leftOut };
}

/**
 * A question as it is sent.
 * @param seen the images that are sent; of the others the model has the name and the description
 */
export function contentOf(
  { content, quote = '', attachments = [] }: UserMessage,
  seen: ReadonlySet<Attachment>,
): string | readonly ContentPart[] {
  const text = [quote.trimEnd(), content, ...attachments.map(attachment => quoted(attachment, seen))];
  const whole = text.filter(part => part.trim() !== '').join('\n\n');
  const images = attachments.flatMap(attachment =>
    seen.has(attachment) ? imagePart(attachment as ImageAttachment) : [],
  );
  // A plain text where that says it all: not every server takes parts.
  return images.length > 0 ? [{ type: 'text', text: whole }, ...images] : whole;
}

/** The images that a model is shown, if it sees any; of too many the oldest are left out. */
function shownImages(
  messages: readonly Message[],
  limits: UsableLimits | undefined,
  model = '',
): { shown: ReadonlySet<Attachment>; leftOut: number } {
  const shown = new Set<Attachment>();
  if (!limits?.seeing.includes(model)) return { shown, leftOut: 0 };
  const kept = messages.map(message => imagesOf(message).filter(({ dataUrl }) => dataUrl));
  const newest = kept.flatMap(images => images.slice(0, limits.count)).reverse();
  let bytes = 0;
  for (const image of newest) {
    bytes += image.dataUrl?.length ?? 0;
    if (bytes > limits.imageBytes) break;
    shown.add(image);
  }
  return { shown, leftOut: kept.flat().length - shown.size };
}

function imagesOf(message: Message): ImageAttachment[] {
  const attachments = message.role === 'user' ? (message.attachments ?? []) : [];
  return attachments.filter(attachment => attachment.type === 'image');
}

function imagePart({ dataUrl = '' }: ImageAttachment): ContentPart {
  return { type: 'image_url', image_url: { url: dataUrl } };
}

function quoted(attachment: Attachment, seen: ReadonlySet<Attachment>): string {
  const name = JSON.stringify(oneLine(attachment.name));
  switch (attachment.type) {
    case 'text':
      return `File ${name}:\n${fenced(attachment.text)}`;
    case 'context':
      return `The page ${name} adds:\n${fenced(attachment.text)}`;
    case 'image': {
      const said = attachment.alt ? `: ${oneLine(attachment.alt)}` : '';
      return `Image ${name}${seen.has(attachment) ? '' : ' (not shown)'}${said}`;
    }
    default:
      return attachment satisfies never;
  }
}

/** No run of backticks in the text may end the quotation. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

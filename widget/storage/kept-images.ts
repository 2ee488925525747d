/**
 * The images of conversations, in records of their own: a conversation is written many times while an answer streams, an
 * image once; and where there is no room for an image, its conversation is kept all the same.
 */

import type { Conversation } from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import { text } from './read-fields.ts';
import type { Key, Shelf } from './shelf.ts';

export class KeptImages {
  readonly #shelf: Shelf;
  /** By conversation: the images that are there. */
  readonly #kept = new Map<string, ReadonlySet<string>>();

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Keeps what is new, and lets go of what was removed. */
  async save({ id, ...conversation }: Conversation): Promise<void> {
    const images = imagesOf(conversation);
    const kept = this.#kept.get(id) ?? new Set();
    this.#kept.set(id, new Set(images.keys()));
    const gone = [...kept].filter(image => !images.has(image));
    const fresh = [...images].filter(([image]) => !kept.has(image));
    await Promise.all([
      ...(gone.length > 0 ? [this.#shelf.remove(...gone.map(image => imageKey(id, image)))] : []),
      ...fresh.map(([image, dataUrl]) => this.#shelf.put(imageKey(id, image), dataUrl)),
    ]);
  }

  /** The conversation with those of its images that were kept. */
  async restore(conversation: Conversation): Promise<Conversation> {
    const { id } = conversation;
    const records = await this.#shelf.below(['attachment', id]);
    const kept = new Map(records.map(([[, , image], value]) => [String(image), text(value)]));
    this.#kept.set(id, new Set(kept.keys()));
    return kept.size === 0 ? conversation : mapImages(conversation, image => kept.get(image));
  }

  /** Gives what brings them back. */
  async remove(id: string): Promise<() => Promise<void>> {
    this.#kept.delete(id);
    const [records] = await Promise.all([
      this.#shelf.below(['attachment', id]),
      this.#shelf.removeBelow(['attachment', id]),
    ]);
    return async () => {
      await Promise.all(records.map(([key, value]) => this.#shelf.put(key, value)));
    };
  }

  forget(): void {
    this.#kept.clear();
  }
}

/** The same conversation where it has none. */
export function withoutImages(conversation: Conversation): Conversation {
  return imagesOf(conversation).size === 0 ? conversation : mapImages(conversation, () => undefined);
}

function imageKey(conversation: string, image: string): Key {
  return ['attachment', conversation, image];
}

type Said = Pick<Conversation, 'messages' | 'aside'>;

function imagesOf({ messages, aside = [] }: Said): Map<string, string> {
  const images = new Map<string, string>();
  for (const message of [messages, ...aside.map(branch => branch.messages)].flat())
    if (message.role === 'user')
      for (const attachment of message.attachments ?? [])
        if (attachment.type === 'image' && attachment.dataUrl) images.set(attachment.id, attachment.dataUrl);
  return images;
}

function mapImages(
  { messages, aside, ...conversation }: Conversation,
  dataUrlOf: (id: string) => string | undefined,
): Conversation {
  const mapped = (message: Message): Message => {
    if (message.role !== 'user' || !message.attachments) return message;
    const attachments = message.attachments.map(attachment => {
      if (attachment.type !== 'image') return attachment;
      const { dataUrl: _, ...image } = attachment;
      const dataUrl = dataUrlOf(image.id);
      return dataUrl === undefined ? image : { ...image, dataUrl };
    });
    return { ...message, attachments };
  };
  return {
    ...conversation,
    messages: messages.map(mapped),
    ...(aside && { aside: aside.map(branch => ({ ...branch, messages: branch.messages.map(mapped) })) }),
  };
}

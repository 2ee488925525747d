/** What is to go along with the next question: files that are being read, one after another, and those that are ready. */

import type { AttachmentLimits } from '../../server/protocol.ts';
import { byVisitor } from '../conversation/attachment.ts';
import type { Attachment, Attachments } from '../conversation/message.ts';
import { newId } from '../conversation/new-id.ts';
import { readFile } from './read-file.ts';
import { type Refusal, Refused } from './refusal.ts';

export interface PendingFile {
  id: string;
  name: string;
  /** Absent while the file is read. */
  attachment?: Attachment;
}

export class PendingFiles {
  files: readonly PendingFile[] = [];
  /** What was not taken of what came last. */
  refusals: readonly Refusal[] = [];
  readonly #changed: () => void;
  /** Many large pictures at once would not fit into a phone's memory. */
  #reading: Promise<void> = Promise.resolve();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isReady(): boolean {
    return this.files.every(({ attachment }) => attachment);
  }

  /** Those that are ready. */
  get attachments(): Attachments {
    return this.files.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Of too many the first are taken, in their order. */
  add(files: readonly File[], limits: AttachmentLimits, sees: boolean): void {
    const room = Math.max(0, limits.count - this.files.length);
    const leftOut = files.length - room;
    this.refusals = leftOut > 0 ? [{ reason: 'too_many', count: limits.count, leftOut }] : [];
    for (const file of files.slice(0, room)) {
      const pending = { id: newId(), name: file.name };
      this.files = [...this.files, pending];
      this.#reading = this.#reading.then(() => this.#read(pending, file, limits, sees));
    }
    this.#changed();
  }

  /** What was attached before comes back; what the page had added it adds again. */
  restore(attachments: Attachments): void {
    const restored = byVisitor(attachments).map(attachment => ({
      id: attachment.id,
      name: attachment.name,
      attachment,
    }));
    this.files = [...restored, ...this.files];
    this.#changed();
  }

  refuse(...refusals: Refusal[]): void {
    const known = this.refusals.filter(({ reason }) => reason !== 'together');
    this.refusals = [...known, ...refusals];
    this.#changed();
  }

  describe(id: string, alt: string): void {
    const { attachment } = this.files.find(file => file.id === id) ?? {};
    if (attachment?.type === 'image') this.#replace(id, { attachment: { ...attachment, alt } });
  }

  /** One that is being read goes too: what comes of it then is nobody's. */
  remove(id: string): void {
    this.files = this.files.filter(file => file.id !== id);
    this.refusals = [];
    this.#changed();
  }

  clear(): void {
    this.files = [];
    this.refusals = [];
    this.#changed();
  }

  async #read(pending: PendingFile, file: File, limits: AttachmentLimits, sees: boolean): Promise<void> {
    if (!this.files.includes(pending)) return;
    try {
      const attachment = await readFile(file, limits, sees);
      const isThere = this.files.includes(pending);
      if (isThere) this.#replace(pending.id, { attachment });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!this.files.includes(pending)) return;
      this.files = this.files.filter(other => other !== pending);
      this.refuse(error.refusal);
    }
  }

  #replace(id: string, change: Partial<PendingFile>): void {
    this.files = this.files.map(file => (file.id === id ? { ...file, ...change } : file));
    this.#changed();
  }
}

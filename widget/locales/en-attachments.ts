/** The words of what goes along with a question, in English. */

import type { Refusal } from '../attachments/refusal.ts';

const characters = (count: number) => `${count.toLocaleString('en')} characters`;

export const enAttachments = {
  attach: 'Attach files',
  /** The accessible name of the list. */
  attached: 'Attached',
  drop: 'Drop files here',
  reading: 'Being prepared…',
  /** Said when the question is sent before that. */
  waiting: 'Your message is sent as soon as its files are ready.',
  added: (name: string) => `${name} is attached.`,
  removed: (name: string) => `${name} is removed.`,
  remove: (name: string) => `Remove ${name}`,
  /** The name of the field, and what it says while it is empty. */
  describe: (name: string) => `What ${name} shows, for those who cannot see it`,
  description: 'Describe it',
  notSeen: 'The model cannot see pictures: it gets the description alone.',
  notKept: 'There was no room to keep it.',
  /** What the page has added to a question. */
  fromPage: 'From this page',
  characters,
  /** Why a file does not go along. */
  refusals: {
    too_many: ({ count, leftOut }) => {
      const left = leftOut === 1 ? 'one was' : `${leftOut} were`;
      return `A message can have ${count} ${count === 1 ? 'file' : 'files'}: ${left} left out.`;
    },
    too_long: ({ name, characters: most }) => `${name} is too long: a message can have ${characters(most)}.`,
    together: () => 'Your message and its files are too long together. Shorten it, or remove a file.',
    too_large: ({ name }) => `${name} is too large: a file can have 64 MB, and a picture 100 megapixels.`,
    too_many_pages: ({ name, pages, most }) =>
      `${name} has ${pages.toLocaleString('en')} pages: a PDF can have ${most}.`,
    folder: ({ name }) => `${name} is a folder. Choose the files in it.`,
    gone: ({ name }) => `${name} could not be read. It may have been moved or changed.`,
    empty: ({ name }) => `${name} is empty.`,
    not_seen: ({ name }) => `${name} was left out: the model that answers here cannot see pictures.`,
    unreadable: ({ name }) => `${name} is damaged, or of a kind that this browser cannot read.`,
    heic: ({ name }) => `${name} cannot be read by this browser. Save it as a JPEG first.`,
    locked: ({ name }) => `${name} is locked with a password. Save a copy of it without one.`,
    no_text: ({ name }) =>
      `No text was found in ${name}: it may be from a scanner. Attach its pages as pictures.`,
    no_reader: ({ name }) => `${name} could not be read: what reads PDFs could not be loaded. Try it again.`,
    binary: ({ name }) => `${name} is neither a picture, a text nor a PDF.`,
  } as RefusalWords,
};

type RefusalWords = {
  [Reason in Refusal['reason']]: (refusal: Extract<Refusal, { reason: Reason }>) => string;
};

export function refusalText(refusal: Refusal, words: typeof enAttachments): string {
  return (words.refusals[refusal.reason] as (refusal: Refusal) => string)(refusal);
}

/** The words of what one can do with a question or an answer, and with questions that wait. */

export const enTurnActions = {
  toBottom: 'Go to the newest message',
  /** Said before an answer. */
  omitted: 'Older messages or images were left out to fit.',
  /** The accessible names of the groups. */
  answer: 'This answer',
  question: 'This question',
  copy: 'Copy',
  copyMarkdown: 'Copy Markdown',
  copied: 'Copied',
  regenerate: 'Answer again',
  withAnother: 'Answer again with another model',
  askAbout: 'Ask about this',
  gone: (model: string) => `“${model}” is no longer available: the default model was asked.`,
  /** The accessible name of the questions that could come next. */
  followUps: 'Suggestions',
  edit: 'Edit',
  remove: 'Delete',
  /** Of another question in this one's place, or another answer. */
  previous: 'Previous version',
  next: 'Next version',
  version: (number: number, count: number) => `${number} / ${count}`,
  /** The accessible name of where a question is changed. */
  edited: 'Your changed question',
  cancel: 'Cancel',
  ask: 'Ask again',
  /** The accessible name of the questions that wait for the answer in the making. */
  queue: 'Asked next',
  sendNow: 'Send now',
  removed: 'Deleted.',
  undo: 'Undo',
};

/** The words of what one can do with an answer. */

export const enAnswerActions = {
  /** The accessible name of them all. */
  actions: 'This answer',
  copy: 'Copy',
  copyMarkdown: 'Copy Markdown',
  copied: 'Copied',
};

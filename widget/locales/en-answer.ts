/** The words of a conversation in English. Apart, as they come with what only an answer needs. */

export const enAnswer = {
  transcript: 'Conversation',
  you: 'You',
  answer: 'Answer',
  reconnecting: 'Reconnecting…',
  waiting: 'Waiting to be sent.',
  /** In the text of an answer. */
  content: {
    copyCode: 'Copy code',
    copied: 'Copied',
  },
};

export type AnswerWords = typeof enAnswer;

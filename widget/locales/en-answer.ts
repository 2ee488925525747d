/** The words of a conversation in English. Apart, as they come with what only an answer needs. */

export const enAnswer = {
  transcript: 'Conversation',
  toBottom: 'Go to the newest message',
  you: 'You',
  answer: 'Answer',
  thinking: 'Thinking…',
  reconnecting: 'Reconnecting…',
  waiting: 'Waiting to be sent.',
  omitted: 'Older messages were left out to fit.',
  /** In the text of an answer. */
  content: {
    copyCode: 'Copy code',
    copied: 'Copied',
  },
  /** Spoken by screen readers, never shown. */
  spoken: {
    answering: 'Answering.',
    complete: 'Answer complete.',
    stopped: 'Answer stopped.',
  },
};

export type AnswerWords = typeof enAnswer;

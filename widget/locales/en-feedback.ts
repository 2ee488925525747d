/** The words of what a visitor thinks of an answer, in English. */

export const enFeedback = {
  up: 'Good answer',
  down: 'Bad answer',
  /** Asked after each of them. */
  why: {
    up: 'What was good about it? (optional)',
    down: 'What was wrong with it? (optional)',
  },
  send: 'Send',
  close: 'Close',
  thanks: 'Thank you.',
  unsent: 'This could not be sent.',
  retry: 'Retry',
};

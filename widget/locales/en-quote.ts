/** The words of questions about a selected text, in English. */

export const enQuote = {
  /** On the button beside a selection. */
  askAbout: 'Ask about this',
  /** Before the quote that goes along with the next question. */
  about: 'About',
  remove: 'Remove the quote',
};

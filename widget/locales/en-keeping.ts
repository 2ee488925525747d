/** What is said of where a conversation is kept, in English. */

export const enKeeping = {
  /** The browser refuses storage, or has none left. */
  unkept: 'Not saved: this chat lasts until you leave the page.',
  /** For screen readers, of a conversation that one comes back to. */
  opening: 'Opening the conversation.',
};

/** The words of the chat in English. A language is a file of the shape of `locale.ts`. */

/** The launcher's words stand apart: the script tag's first file carries no others. */
export const launcherWords = {
  open: 'Open the chat',
  openUnread: 'Open the chat: there is a new answer',
  close: 'Close the chat',
  /** What stands beside the launcher. */
  hide: 'Hide this message',
  failed: 'The chat could not be loaded. Select the button to try again.',
};

export const en = {
  heading: 'Ask us',
  greeting: 'Hello! What would you like to know?',
  disclaimer: 'Answers come from an AI and can be wrong.',
  suggestions: 'Suggestions',
  placeholder: 'Ask anything',
  composer: 'Your message',
  send: 'Send',
  stop: 'Stop the answer',
  tooLong: 'This message is too long. Shorten it, please.',
  menu: 'Menu',
  newChat: 'New chat',
  close: 'Close the chat',
  model: 'Model',
  retry: 'Retry',
  /** Where not even the code for an answer is there. */
  unanswered: 'The connection was lost.',
};

/** The words of shortcuts and of the sheet that lists them, in English. */

export const enShortcuts = {
  title: 'Shortcuts',
  keys: 'Keys',
  commands: 'Commands',
  /** Spoken while a name is typed. */
  count: (count: number) => (count === 1 ? '1 command' : `${count} commands`),
  newChat: 'New chat',
  model: 'Choose the model',
  help: 'All shortcuts',
  send: 'Send',
  line: 'New line',
  stop: 'Stop the answer; close what is open',
  edit: 'In an empty field: change your last question',
  slash: 'In an empty field: the commands',
  part: 'To the next part of the chat',
  walk: 'In the conversation: from message to message',
  into: 'On a message: to its buttons',
  page: 'In an empty field: scroll the conversation',
  /** The names on the keys. */
  enter: 'Enter',
  shift: 'Shift',
  escape: 'Esc',
  pageUp: 'PgUp',
  pageDown: 'PgDn',
};

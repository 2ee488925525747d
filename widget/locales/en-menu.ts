/** The words of the chat's menu, in English. */

export const enMenu = {
  title: 'Menu',
  newChat: 'New chat',
  model: 'Model',
  shortcuts: 'Shortcuts',
  person: 'Talk to a person',
  /** Before the choice of what is told of answers, and its options. */
  announce: 'To screen readers',
  announcing: { all: 'Whole answers', brief: 'Beginnings and ends', none: 'Only problems' },
};

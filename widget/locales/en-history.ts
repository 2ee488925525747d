/** The words of the list of conversations, in English. */

import { withRegion } from './region.ts';

export const enHistory = {
  search: 'Search conversations',
  list: 'Conversations',
  today: 'Today',
  earlier: 'Earlier',
  /** When a conversation was last changed. */
  when: (time: number) => {
    const date = new Date(time);
    const tag = withRegion('en');
    return date.toDateString() === new Date().toDateString()
      ? date.toLocaleTimeString(tag, { hour: 'numeric', minute: '2-digit' })
      : date.toLocaleDateString(tag, { day: 'numeric', month: 'short' });
  },
  /** Of a conversation that nobody has asked anything in. */
  untitled: 'New chat',
  answering: 'Answering…',
  rename: 'Rename',
  /** The accessible name of where a name is changed. */
  name: 'Name of the conversation',
  remove: 'Delete',
  removed: 'Deleted.',
  undo: 'Undo',
  /** On the button that shows older ones. */
  more: 'Show more',
  none: 'No conversations yet.',
  searching: 'Searching…',
  found: (count: number, isMore: boolean) =>
    count === 1 && !isMore ? '1 conversation found' : `${count}${isMore ? '+' : ''} conversations found`,
  notFound: 'Nothing found.',
  unloaded: 'The conversations could not be loaded.',
  retry: 'Retry',
  /** On the buttons that save the conversation that is shown. */
  asMarkdown: 'Save as Markdown',
  asJson: 'Save as JSON',
  you: 'You',
  answer: 'Answer',
};

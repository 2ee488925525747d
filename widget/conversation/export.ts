/** A conversation as a file that visitors take with them. Pure. */

import { withNames } from './attachment.ts';
import { type KeptConversation, titleOf } from './kept-conversation.ts';
import type { Message } from './message.ts';

export interface ExportedFile {
  name: string;
  type: string;
  text: string;
}

export interface ExportWords {
  untitled: string;
  you: string;
  answer: string;
}

type Exported = Pick<KeptConversation, 'conversation' | 'title'>;

/** What is shown, with a heading before each message. An answer is Markdown already. */
export function asMarkdown(kept: Exported, words: ExportWords): ExportedFile {
  const title = titleOf(kept) || words.untitled;
  const said = kept.conversation.messages
    .map(message => ({ message, text: withNames(message) }))
    .filter(({ text }) => text !== '')
    .map(({ message, text }) => `## ${speaker(message, words)}\n\n${text}`);
  const text = `${[`# ${title}`, ...said].join('\n\n')}\n`;
  return { name: `${fileName(title)}.md`, type: 'text/markdown', text };
}

/** All of it, also what lies aside, and nothing by which somebody could speak for the visitor. */
export function asJson(kept: Exported, words: ExportWords): ExportedFile {
  const title = titleOf(kept) || words.untitled;
  const { messages, aside = [] } = kept.conversation;
  const exported = {
    title,
    messages: messages.map(exportedMessage),
    ...(aside.length > 0 && {
      aside: aside.map(({ after, messages }) => ({ after, messages: messages.map(exportedMessage) })),
    }),
  };
  const text = `${JSON.stringify(exported, null, 2)}\n`;
  return { name: `${fileName(title)}.json`, type: 'application/json', text };
}

/** How far it is on its way, and its request's name, are the server's and ours to know. */
function exportedMessage(message: Message): object {
  if (message.role === 'user') return message;
  const { key: _, stream: __, reconnecting: ___, continues: ____, tab: _____, ...said } = message;
  return said;
}

function speaker(message: Message, { you, answer }: ExportWords): string {
  if (message.role === 'user') return you;
  return message.model ? `${answer} (${message.model})` : answer;
}

/** Without what a file system does not take or what would hide the name's end, and not too long for one. */
function fileName(title: string): string {
  const name = title.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069/\\:*?"<>|\s]+/gu, ' ');
  const short = [...name]
    .slice(0, 60)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  return short || 'conversation';
}

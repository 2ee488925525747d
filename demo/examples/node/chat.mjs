/** `node chat.mjs https://your-proxy.example "What can you do?"` writes the answer to the terminal as it comes; Ctrl-C stops it. */

import { streamTurn } from 'rivulet-chat/client';
import { apply, ask, newConversation } from 'rivulet-chat/conversation';

const [endpoint, question = 'What can you do?'] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

let conversation = apply(newConversation(), ask(question));
let written = 0;
for await (const event of streamTurn(conversation, { endpoint, signal: stop.signal })) {
  conversation = apply(conversation, event);
  const { content } = conversation.messages.at(-1);
  process.stdout.write(content.slice(written));
  written = content.length;
}

const { status, failure } = conversation.messages.at(-1);
console.log(`\n\n(${failure ? failure.code : status})`);
process.exitCode = status === 'failed' ? 1 : 0;

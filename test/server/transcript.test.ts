/** A conversation for somebody else to read: what of it, and how much where not all of it may go. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonBytes } from '../../widget/conversation/json-bytes.ts';
import type { Message } from '../../widget/conversation/message.ts';
import { fitTranscript, transcriptOf } from '../../widget/conversation/transcript.ts';

const messages: Message[] = [
  { id: 'q', role: 'user', content: 'Why?', at: 5 },
  { id: 'a', role: 'assistant', content: ' Because: 流。\n', reasoning: 'Hm.', status: 'stopped', key: 'k' },
  { id: 'q2', role: 'user', content: 'And?' },
  { id: 'a2', role: 'assistant', content: '', reasoning: '', status: 'failed' },
];
const transcript = transcriptOf({ id: 'c', messages, session: { endpoint: 'e', token: 'secret' } });

test('it has what was said, and nothing else', () => {
  assert.deepEqual(transcript, {
    id: 'c',
    messages: [
      { role: 'user', content: 'Why?', at: 5 },
      { role: 'assistant', content: 'Because: 流。' },
      { role: 'user', content: 'And?' },
    ],
  });
});

test('of a long one the newest messages go, as many as a request may have', () => {
  const roomy = { messages: 100, bodyBytes: 1_000_000 };
  const count = (limits: object) => fitTranscript(transcript, { ...roomy, ...limits }).messages.length;
  assert.equal(count({}), 3);
  assert.equal(count({ messages: 2 }), 2);
  assert.equal(count({ messages: 0 }), 0);
  const bytes = transcript.messages.map(message => jsonBytes(message) + 1);
  const last = bytes[2]!;
  const lastTwo = last + bytes[1]!;
  assert.deepEqual(
    [last - 1, last, lastTwo - 1, lastTwo, lastTwo + bytes[0]!].map(bodyBytes => count({ bodyBytes })),
    [0, 1, 1, 2, 3],
  );
  assert.deepEqual(fitTranscript(transcript, { ...roomy, messages: 1 }).messages, [transcript.messages[2]]);
});

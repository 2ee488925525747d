/** What several pages have made of one conversation, put together. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { alternatives, rearrange, type Rearrangement } from '../../widget/conversation/branches.ts';
import { apply, type Conversation, newConversation } from '../../widget/conversation/conversation.ts';
import { joined, knownOf, reconciled } from '../../widget/conversation/joining.ts';
import type { AssistantMessage, Message, UserMessage } from '../../widget/conversation/message.ts';

/** A question and its answer, asked at that time. */
function turn(
  name: string,
  at: number,
  more: Partial<AssistantMessage> = {},
): [UserMessage, AssistantMessage] {
  const answer = { content: name, reasoning: '', status: 'complete', at, heardAt: at, ...more } as const;
  return [
    { id: `q${name}`, role: 'user', content: `${name}?`, at },
    { id: `a${name}`, role: 'assistant', ...answer },
  ];
}

const talk = (...messages: Message[]): Conversation => ({ ...newConversation(), id: 'c', messages });
const plus = (conversation: Conversation, ...messages: Message[]): Conversation => ({
  ...conversation,
  messages: [...conversation.messages, ...messages],
});
const change = (conversation: Conversation, ...changes: Rearrangement[]): Conversation =>
  changes.reduce((before, one) => apply(before, rearrange(before, one)!), conversation);
const again = (of: string, name: string) =>
  ({ type: 'asked_instead', of, answer: turn(name, 9)[1] }) as const;
const ids = ({ messages }: Conversation) => messages.map(({ id }) => id).join(' ');

const known = talk(...turn('1', 1));
/** What one page has, with what the other has made of the same. */
const both = (ours: Conversation, theirs: Conversation) => reconciled(ours, knownOf(known), theirs);

describe('of two pages that have gone on with one conversation', () => {
  test('each has the turns of both, in the order in which they were asked', () => {
    const one = plus(known, ...turn('2', 2), ...turn('4', 4));
    const other = plus(known, ...turn('3', 3));
    assert.equal(ids(both(one, other)), 'q1 a1 q2 a2 q3 a3 q4 a4');
    assert.equal(ids(both(other, one)), 'q1 a1 q2 a2 q4 a4 q3 a3');
    assert.equal(both(one, known), one);
    assert.equal(both(one, one), one);
  });

  test('one answer that was given again, and one question that was changed, can be walked to', () => {
    const other = change(known, again('a1', 'x'));
    const whole = both(plus(known, ...turn('2', 2)), plus(other, ...turn('3', 3)));
    assert.equal(ids(whole), 'q1 a1 q2 a2');
    assert.deepEqual(alternatives(whole, 'a1'), ['a1', 'ax']);
    assert.equal(ids(change(whole, { type: 'walked', to: 'ax' })), 'q1 ax q3 a3');
    const [question, answer] = turn('y', 9);
    const changed = change(known, { type: 'asked_instead', of: 'q1', question, answer });
    assert.equal(ids(both(plus(known, ...turn('2', 2)), changed)), 'q1 a1 q2 a2 qy ay');
  });

  test('what has become of an answer in one is not undone by the other, which had it as it was', () => {
    const longer = turn('1', 1, { content: '1, and more', heardAt: 5 })[1];
    const theirs = plus(talk(known.messages[0]!, longer), ...turn('2', 2));
    assert.deepEqual(both(known, theirs).messages[1], longer);
    const rated = turn('1', 1, { feedback: { rating: 'up' } })[1];
    assert.deepEqual(both(known, talk(known.messages[0]!, rated)).messages[1], rated);
    const ours = turn('1', 1, { content: '1, but ours', heardAt: 6 })[1];
    assert.equal(both(talk(known.messages[0]!, ours), theirs).messages[1], ours);
    const older = turn('1', 1, { content: 'half', heardAt: 0 })[1];
    assert.equal(both(known, talk(known.messages[0]!, older)).messages[1], known.messages[1]);
  });

  test('what one has removed does not come back by the other, and what the other removed stays', () => {
    const removed = change(plus(known, ...turn('2', 2)), { type: 'removed', questionId: 'q1' });
    assert.equal(ids(both(removed, plus(known, ...turn('3', 3)))), 'q2 a2 q3 a3');
    assert.equal(ids(both(plus(known, ...turn('3', 3)), removed)), 'q1 a1 q2 a2 q3 a3');
  });

  test('what is in the making in the other is not made here as well', () => {
    const status = { status: 'streaming', stream: { id: 's', last: 1 } } as const;
    const { messages } = both(known, plus(known, ...turn('2', 2, status)));
    const { content, stream, ...answer } = messages.at(-1) as AssistantMessage;
    assert.deepEqual([content, stream, answer.status], ['2', undefined, 'stopped']);
    // Each makes what both had in the making: neither stops the other.
    const making = talk(...turn('1', 1, { ...status, heardAt: 2 }));
    assert.equal(
      reconciled(making, knownOf(making), talk(...turn('1', 1, { ...status, heardAt: 3 }))),
      making,
    );
  });

  test('what one had set aside is there, and leaves from where it left', () => {
    const other = change(known, again('a1', 'x'), { type: 'walked', to: 'a1' });
    const whole = both(known, other);
    assert.equal(ids(whole), 'q1 a1');
    assert.deepEqual(alternatives(whole, 'a1'), ['a1', 'ax']);
    assert.equal(both(whole, other), whole);
  });
});

test('what was begun before the rest was known comes after it, in the making as it is', () => {
  const begun = talk(...turn('2', 2, { status: 'waiting' }));
  const whole = joined(plus(known, ...turn('3', 3)), begun);
  assert.equal(ids(whole), 'q1 a1 q3 a3 q2 a2');
  assert.equal((whole.messages.at(-1) as AssistantMessage).status, 'waiting');
  assert.equal(joined(newConversation(), begun), begun);
  const session = { endpoint: 'e', token: 't' };
  assert.deepEqual(joined(known, { ...begun, session }).session, session);
  assert.equal(ids(joined(known, change(known, again('a1', 'x')))), 'q1 a1');
  assert.deepEqual(alternatives(joined(known, change(known, again('a1', 'x'))), 'a1'), ['a1', 'ax']);
});

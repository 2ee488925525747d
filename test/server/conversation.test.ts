/** The conversation's one place of change, and what of it is sent. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ChatMessage } from '../../server/protocol.ts';
import { type ContextLimits, fitContext } from '../../widget/conversation/context.ts';
import {
  apply,
  ask,
  type Conversation,
  type ConversationEvent,
  newConversation,
} from '../../widget/conversation/conversation.ts';
import { jsonBytes } from '../../widget/conversation/json-bytes.ts';
import type { AssistantMessage, Message } from '../../widget/conversation/message.ts';
import { toQuote } from '../../widget/conversation/quote.ts';
import { beginningAnew, continuing } from '../../widget/conversation/reopened.ts';
import { said } from '../../widget/conversation/said.ts';

const roomy = { messages: 100, bodyBytes: 1_000_000 };

type Happening = (answerId: string, conversation: Conversation) => ConversationEvent;

/** A conversation with one question, and what happened to its answer. */
function asked(...events: Happening[]): Conversation {
  const turn = ask('Why?');
  return [sent, ...events].reduce<Conversation>(
    (conversation, event) => apply(conversation, event(turn.answer.id, conversation)),
    apply(newConversation(), turn),
  );
}

const sent = (answerId: string) => ({ type: 'sent', answerId }) as const;

function answerOf(conversation: Conversation): AssistantMessage {
  const last = conversation.messages.at(-1);
  assert.equal(last?.role, 'assistant');
  return last as AssistantMessage;
}

const delta = (content: string) => (answerId: string) => ({ type: 'delta', answerId, content }) as const;
const stopped = (answerId: string) => ({ type: 'stopped', answerId }) as const;
const completed = (answerId: string) => ({ type: 'completed', answerId, finishReason: 'length' }) as const;
const failed = (answerId: string) =>
  ({ type: 'failed', answerId, failure: { code: 'rate_limited', retryAt: 5 } }) as const;
const again = (_: string, conversation: Conversation) =>
  ({ type: 'reopened', answer: beginningAnew(answerOf(conversation), 'k') }) as const;
const continued = (_: string, conversation: Conversation) =>
  ({ type: 'reopened', answer: continuing(answerOf(conversation), 'k') }) as const;

describe('a question', () => {
  test('is told after what it is about, each line of that quoted', () => {
    const { question } = ask('Why?', { quote: toQuote('It flows.\n\n> It falls.')! });
    assert.deepEqual(said([question]), [{ role: 'user', content: '> It flows.\n> \n> > It falls.\n\nWhy?' }]);
  });
});

describe('an answer', () => {
  test('waits, streams and is complete', () => {
    assert.equal(answerOf(asked()).status, 'pending');
    assert.equal(answerOf(asked(delta('Be'))).status, 'streaming');
    const { status, content, finishReason } = answerOf(asked(delta('Be'), delta('cause.'), completed));
    assert.deepEqual(
      { status, content, finishReason },
      { status: 'complete', content: 'Because.', finishReason: 'length' },
    );
  });

  test('still waits when only its model is known', () => {
    const { status, model } = answerOf(asked(answerId => ({ type: 'delta', answerId, model: 'm-1' })));
    assert.deepEqual({ status, model }, { status: 'pending', model: 'm-1' });
  });

  test('keeps its thinking apart from its text', () => {
    const thinking = (answerId: string) => ({ type: 'delta', answerId, reasoning: 'Hm.' }) as const;
    const { content, reasoning, status } = answerOf(asked(thinking, delta('So.')));
    assert.deepEqual(
      { content, reasoning, status },
      { content: 'So.', reasoning: 'Hm.', status: 'streaming' },
    );
  });

  test('keeps what has arrived when it is stopped or fails', () => {
    assert.equal(answerOf(asked(delta('Half'), stopped)).content, 'Half');
    const { content, failure } = answerOf(asked(delta('Half'), failed));
    assert.deepEqual(
      { content, failure },
      { content: 'Half', failure: { code: 'rate_limited', retryAt: 5 } },
    );
  });

  test('that is settled is not changed by a late event', () => {
    for (const settle of [stopped, completed, failed]) {
      const conversation = asked(delta('Half'), settle);
      for (const late of [delta(' late'), stopped, completed, failed]) {
        assert.equal(apply(conversation, late(answerOf(conversation).id)), conversation);
      }
    }
  });

  test('of another conversation changes nothing', () => {
    const conversation = asked();
    for (const event of [delta('late'), stopped, completed, failed]) {
      assert.equal(apply(conversation, event('unknown')), conversation);
      assert.equal(apply(conversation, event(conversation.messages[0]?.id ?? '')), conversation);
    }
    assert.equal(apply(conversation, again('', asked())), conversation);
  });

  test('starts again empty, without what went wrong before', () => {
    const conversation = asked(failed, again);
    const { id, at } = answerOf(conversation);
    assert.deepEqual(answerOf(conversation), {
      id,
      at,
      role: 'assistant',
      content: '',
      reasoning: '',
      status: 'waiting',
      key: 'k',
    });
  });

  test('keeps what it has used when it starts again, unless it is the same answer that is asked for', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const ended = { ...answerOf(asked(delta('One'), failed)), usage, heardAt: 7 };
    const { earlier, content, heardAt } = beginningAnew(ended, 'k');
    assert.deepEqual([content, heardAt], ['', undefined]);
    assert.deepEqual(earlier, [{ usage, seen: {}, thrownAway: true }]);
    assert.equal(beginningAnew(ended, ended.key!).earlier, undefined);
    const twice = beginningAnew({ ...answerOf(asked(delta('Two'), failed)), earlier: earlier! }, 'k');
    assert.deepEqual(twice.earlier, [...earlier!, { seen: {}, thrownAway: true }]);
  });

  test('goes on after what is there', () => {
    const { content, status, finishReason } = answerOf(
      asked(delta('One, '), completed, continued, sent, delta('two')),
    );
    assert.deepEqual(
      { content, status, finishReason },
      { content: 'One, two', status: 'streaming', finishReason: undefined },
    );
    assert.equal('failure' in answerOf(asked(delta('One'), failed, continued)), false);
  });

  test('goes on with what it has used so far apart from what it will use', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    const figures = { durationMs: 4 };
    const ended = { ...answerOf(asked(delta('One'), completed)), usage, figures };
    const { earlier, ...answer } = continuing(ended, 'k');
    assert.deepEqual(earlier, [{ usage, figures, seen: {} }]);
    assert.equal('usage' in answer || 'figures' in answer, false);
  });

  test('in the making is neither asked again nor continued', () => {
    const conversation = asked(delta('Half'));
    assert.equal(apply(conversation, again('', conversation)), conversation);
    assert.equal(apply(conversation, continued('', conversation)), conversation);
  });

  test('knows when it was sent, when its thinking and its words began, and when it was last heard of', () => {
    const at = (at: number, parts: object) => (answerId: string) =>
      ({ type: 'delta', answerId, at, ...parts }) as const;
    const sentAt = (answerId: string) => ({ type: 'sent', answerId, at: 1 }) as const;
    const { id: _, ...answer } = answerOf(
      [
        sentAt,
        at(2, { model: 'm-1' }),
        at(3, { reasoning: 'Hm.' }),
        at(4, { reasoning: 'Hm.' }),
        at(5, { content: 'So.' }),
        at(6, { content: 'So.' }),
      ].reduce(
        (conversation, event) => apply(conversation, event(conversation.messages[1]!.id)),
        apply(newConversation(), ask('Why?')),
      ),
    );
    const { thoughtAt, saidAt, heardAt } = answer;
    assert.deepEqual(
      { sentAt: answer.sentAt, thoughtAt, saidAt, heardAt },
      { sentAt: 1, thoughtAt: 3, saidAt: 5, heardAt: 6 },
    );
  });

  test('counts how often it was resumed, and keeps the tag in which its text stands for as long as it comes', () => {
    const opened = (answerId: string) => ({ type: 'opened', answerId, streamId: 's' }) as const;
    const tagged = (answerId: string) =>
      ({ type: 'delta', answerId, number: 7, reasoning: 'Hm.', tag: 'think' }) as const;
    assert.equal(answerOf(asked(opened)).resumed, undefined);
    const conversation = asked(opened, tagged, opened, delta('So.'), opened);
    assert.equal(answerOf(conversation).resumed, 2);
    assert.deepEqual(answerOf(conversation).stream, { id: 's', last: 7, tag: 'think' });
    assert.equal(answerOf(apply(conversation, completed(answerOf(conversation).id))).stream, undefined);
  });

  test('is annotated also after its end, and asked again has no annotations', () => {
    const sources = [{ url: 'https://a.example/' }];
    const annotated = (answerId: string) =>
      ({ type: 'annotated', answerId, annotations: { sources } }) as const;
    assert.deepEqual(answerOf(asked(delta('So.'), completed, annotated)).sources, sources);
    assert.equal(answerOf(asked(delta('So.'), completed, annotated, again)).sources, undefined);
  });

  test('says how much was left out of what was sent', () => {
    assert.equal(answerOf(asked(answerId => ({ type: 'omitted', answerId, count: 4 }))).omitted, 4);
  });
});

test('a conversation that was rendered is not changed behind its back', () => {
  const before = asked(delta('Half'));
  const frozen = JSON.stringify(before);
  apply(before, delta(' more')(answerOf(before).id));
  assert.equal(JSON.stringify(before), frozen);
});

test('ids are not repeated', () => {
  const ids = Array.from({ length: 1000 }, () => newConversation().id);
  assert.equal(new Set(ids).size, ids.length);
});

describe('what is sent', () => {
  const user = (content: string): Message => ({ id: `u${content}`, role: 'user', content });
  const assistant = (content: string, more: Partial<AssistantMessage> = {}): Message => ({
    id: `a${content}`,
    role: 'assistant',
    content,
    reasoning: 'thought',
    status: 'complete',
    ...more,
  });
  const fitted = (messages: readonly Message[], ...rest: [ContextLimits, (readonly ChatMessage[])?]) =>
    fitContext(said(messages), ...rest);
  const turns = [user('1'), assistant('one'), user('2'), assistant('two'), user('3')];

  test('has the thinking of its answers where the server is to be told', () => {
    const messages: Message[] = [
      { id: 'q', role: 'user', content: 'Why?' },
      { id: 'a', role: 'assistant', content: 'So.', reasoning: 'Hm.', status: 'complete' },
      { id: 'b', role: 'assistant', content: 'So.', reasoning: '', status: 'complete' },
    ];
    assert.deepEqual(said(messages, true), [
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'So.', reasoning_content: 'Hm.' },
      { role: 'assistant', content: 'So.' },
    ]);
  });

  test('is the whole conversation, the answers included, their thinking not', () => {
    assert.deepEqual(fitted(turns, roomy), {
      messages: [
        { role: 'user', content: '1' },
        { role: 'assistant', content: 'one' },
        { role: 'user', content: '2' },
        { role: 'assistant', content: 'two' },
        { role: 'user', content: '3' },
      ],
      omitted: 0,
    });
  });

  test('has half an answer, and no empty one', () => {
    const context = fitted(
      [
        user('1'),
        assistant('', { status: 'failed' }),
        user('2'),
        assistant('tw', { status: 'stopped' }),
        user('3'),
      ],
      roomy,
    );
    assert.ok(context !== 'length_exceeded');
    assert.deepEqual(
      context.messages.map(message => message.content),
      ['1', '2', 'tw', '3'],
    );
  });

  test('loses its oldest turns first, each one whole', () => {
    for (const [messages, kept] of [
      [5, 5],
      [4, 3],
      [3, 3],
      [2, 1],
      [1, 1],
    ] as const) {
      const context = fitted(turns, { ...roomy, messages });
      assert.ok(context !== 'length_exceeded');
      assert.equal(context.messages.length, kept);
      assert.equal(context.omitted, turns.length - kept);
      assert.equal(context.messages[0]?.role, 'user');
      assert.equal(context.messages.at(-1)?.content, '3');
    }
  });

  test('is counted in the bytes that are sent, to the last one', () => {
    const wide = [user('汉字'), assistant('🌊 \ud83c "quoted"\n'), user('é')];
    const whole = fitted(wide, roomy);
    assert.ok(whole !== 'length_exceeded');
    const bytes = jsonBytes(whole.messages);
    assert.equal(bytes, Buffer.byteLength(JSON.stringify(whole.messages)));
    assert.deepEqual(fitted(wide, { ...roomy, bodyBytes: bytes }), whole);
    const short = fitted(wide, { ...roomy, bodyBytes: bytes - 1 });
    assert.deepEqual(short, { messages: [{ role: 'user', content: 'é' }], omitted: 2 });
  });

  test('is nothing when the last question alone is too long', () => {
    assert.equal(
      fitted([...turns.slice(0, 4), user('x'.repeat(500))], { ...roomy, bodyBytes: 400 }),
      'length_exceeded',
    );
    assert.equal(fitted(turns, { ...roomy, messages: 0 }), 'length_exceeded');
  });

  test('keeps an answer that is to go on together with its question', () => {
    const closing = [{ role: 'user', content: 'Go on.' }] as const;
    const cut = turns.slice(0, 4);
    const context = fitted(cut, { ...roomy, messages: 3 }, closing);
    assert.ok(context !== 'length_exceeded');
    assert.deepEqual(
      context.messages.map(message => message.content),
      ['2', 'two', 'Go on.'],
    );
    assert.equal(context.omitted, 2);
    assert.equal(fitted(cut, { ...roomy, messages: 2 }, closing), 'length_exceeded');
  });
});

test('of two tokens that take the place of the same one, the first stays', () => {
  const [first, second, third] = ['1', '2', '3'].map(token => ({ endpoint: 'https://proxy.example', token }));
  const begun = apply(newConversation(), { type: 'authorized', session: first!, instead: undefined });
  assert.deepEqual(apply(begun, { type: 'authorized', session: second!, instead: undefined }), begun);
  const renewed = apply(begun, { type: 'authorized', session: second!, instead: first });
  assert.deepEqual(renewed.session, second);
  assert.equal(apply(renewed, { type: 'authorized', session: third!, instead: first }), renewed);
  assert.equal(apply(renewed, { type: 'cleared', id: 'next' }).session, undefined);
});

/** The ways through a conversation: asked anew, answered again, walked, removed and brought back. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  alternatives,
  hides,
  type Rearrangement,
  rearrange,
  turnToRemove,
} from '../../widget/conversation/branches.ts';
import { apply, type Conversation, newConversation } from '../../widget/conversation/conversation.ts';
import type { AssistantMessage, UserMessage } from '../../widget/conversation/message.ts';
import { readConversation } from '../../widget/storage/read-conversation.ts';
import { seededRandom } from '../support/random.ts';

let clock = 1_000;

function question(id: string): UserMessage {
  return { id, role: 'user', content: `${id}?`, at: clock++ };
}

function answer(id: string): AssistantMessage {
  return { id, role: 'assistant', content: `${id}.`, reasoning: '', status: 'complete', at: clock++ };
}

/** Each name is a turn: question `qX`, answer `aX`. */
function talk(...names: string[]): Conversation {
  const turns = names.flatMap(name => [question(`q${name}`), answer(`a${name}`)]);
  return { ...newConversation(), messages: turns };
}

function change(conversation: Conversation, ...changes: Rearrangement[]): Conversation {
  return changes.reduce((before, one) => {
    const event = rearrange(before, one);
    return event ? apply(before, event) : before;
  }, conversation);
}

const shown = ({ messages }: Conversation) => messages.map(({ id }) => id).join(' ');

const again = (of: string, id: string): Rearrangement => ({ type: 'asked_instead', of, answer: answer(id) });
const edited = (of: string, name: string): Rearrangement => ({
  type: 'asked_instead',
  of,
  question: question(`q${name}`),
  answer: answer(`a${name}`),
});
const walk = (to: string): Rearrangement => ({ type: 'walked', to });
const remove = (questionId: string): Rearrangement => ({ type: 'removed', questionId });

describe('an answer given again', () => {
  test('stands in its place, and the other can be walked to with all that followed it', () => {
    const two = change(talk('1', '2'), again('a1', 'b1'));
    assert.equal(shown(two), 'q1 b1');
    assert.deepEqual(alternatives(two, 'b1'), ['a1', 'b1']);
    const back = change(two, walk('a1'));
    assert.equal(shown(back), 'q1 a1 q2 a2');
    assert.deepEqual(alternatives(back, 'a1'), ['a1', 'b1']);
    assert.deepEqual(alternatives(back, 'q2'), ['q2']);
  });

  test('a third time has the order in which they were made', () => {
    const three = change(talk('1'), again('a1', 'b1'), again('b1', 'c1'), walk('a1'), walk('b1'));
    assert.equal(shown(three), 'q1 b1');
    assert.deepEqual(alternatives(three, 'b1'), ['a1', 'b1', 'c1']);
  });
});

describe('a question asked anew', () => {
  test('begins another way, the first one too', () => {
    const anew = change(talk('1', '2'), edited('q1', 'x'));
    assert.equal(shown(anew), 'qx ax');
    assert.deepEqual(alternatives(anew, 'qx'), ['q1', 'qx']);
    assert.equal(shown(change(anew, walk('q1'))), 'q1 a1 q2 a2');
  });

  test('on a way of its own: a branch of a branch', () => {
    const tree = change(
      talk('1', '2', '3'),
      edited('q2', 'x'),
      again('ax', 'bx'),
      walk('q2'),
      again('a3', 'b3'),
    );
    assert.equal(shown(tree), 'q1 a1 q2 a2 q3 b3');
    assert.equal(shown(change(tree, walk('qx'))), 'q1 a1 qx bx');
    assert.equal(shown(change(tree, walk('qx'), walk('ax'), walk('q2'))), 'q1 a1 q2 a2 q3 b3');
    assert.deepEqual(alternatives(change(tree, walk('qx')), 'bx'), ['ax', 'bx']);
  });

  test('is not an answer in the place of a question, nor the other way round', () => {
    const one = talk('1');
    assert.equal(rearrange(one, again('q1', 'b1')), undefined);
    assert.equal(rearrange(one, edited('a1', 'x')), undefined);
  });
});

describe('a turn that is removed', () => {
  test('goes alone: what came after it stays', () => {
    const tree = change(talk('1', '2', '3'), edited('q3', 'x'));
    const without = change(tree, remove('q2'));
    assert.equal(shown(without), 'q1 a1 qx ax');
    assert.equal(shown(change(without, walk('q3'))), 'q1 a1 q3 a3');
  });

  test('takes its other answers with it, and what followed them', () => {
    const tree = change(talk('1', '2', '3'), again('a2', 'b2'), edited('q1', 'x'), walk('q1'));
    assert.equal(shown(tree), 'q1 a1 q2 b2');
    const without = change(tree, remove('q2'));
    assert.equal(shown(without), 'q1 a1');
    assert.deepEqual(
      without.aside?.flatMap(({ messages }) => messages.map(({ id }) => id)),
      ['qx', 'ax'],
    );
  });

  test('comes back as it was', () => {
    const tree = change(talk('1', '2', '3'), again('a2', 'b2'), walk('a2'), edited('q3', 'x'));
    const turn = turnToRemove(tree, 'q2')!;
    assert.deepEqual(ways(change(tree, remove('q2'), { type: 'restored', turn })), ways(tree));
  });

  test('comes back once, and not where its place is gone', () => {
    const tree = talk('1', '2');
    const second = turnToRemove(tree, 'q2')!;
    assert.equal(rearrange(tree, { type: 'restored', turn: second }), undefined);
    const none = change(tree, remove('q2'), remove('q1'));
    assert.equal(shown(none), '');
    assert.equal(rearrange(none, { type: 'restored', turn: second }), undefined);
  });

  test('comes back before its followers when another way was walked meanwhile', () => {
    const tree = change(talk('1', '2', '3'), edited('q2', 'x'), walk('q2'));
    const turn = turnToRemove(tree, 'q2')!;
    const back = change(tree, remove('q2'), walk('qx'), { type: 'restored', turn });
    assert.equal(shown(back), 'q1 a1 q2 a2');
    assert.deepEqual(ways(change(back, walk('q3'))), ways(tree));
  });
});

test('an answer in the making that is not shown any more is noticed', () => {
  const live = talk('1', '2');
  const streaming = {
    ...live,
    messages: live.messages.map(m => (m.id === 'a2' ? { ...m, status: 'streaming' as const } : m)) as never,
  };
  assert.equal(hides(streaming, change(streaming, edited('q1', 'x')).messages), true);
  assert.equal(hides(streaming, change(streaming, remove('q1')).messages), false);
});

describe('questions that wait for an answer in the making', () => {
  const withStatus = (conversation: Conversation, states: Record<string, AssistantMessage['status']>) => ({
    ...conversation,
    messages: conversation.messages.map(message =>
      message.role === 'assistant' && states[message.id]
        ? { ...message, status: states[message.id]! }
        : message,
    ),
  });
  const waiting = () =>
    withStatus(talk('1', '2', '3', '4'), { a2: 'streaming', a3: 'waiting', a4: 'waiting' });

  test('stay behind whatever way is shown', () => {
    const again1 = change(waiting(), again('a1', 'b1'));
    assert.equal(shown(again1), 'q1 b1 q3 a3 q4 a4');
    assert.equal(shown(change(again1, walk('a1'))), 'q1 a1 q2 a2 q3 a3 q4 a4');
    assert.equal(shown(change(waiting(), edited('q2', 'x'))), 'q1 a1 qx ax q3 a3 q4 a4');
  });

  test('are hurried in front of the others, but not before that answer', () => {
    const hurried = change(waiting(), { type: 'hurried', questionId: 'q4' });
    assert.equal(shown(hurried), 'q1 a1 q2 a2 q4 a4 q3 a3');
    for (const questionId of ['q1', 'q2', 'a4', 'nowhere'])
      assert.equal(rearrange(waiting(), { type: 'hurried', questionId }), undefined, questionId);
  });

  test('come back where they were', () => {
    const turn = turnToRemove(waiting(), 'q3')!;
    const removed = change(waiting(), remove('q3'));
    assert.equal(shown(removed), 'q1 a1 q2 a2 q4 a4');
    assert.equal(shown(change(removed, { type: 'restored', turn })), 'q1 a1 q2 a2 q3 a3 q4 a4');
  });

  test('and an answer that was in the making comes back stopped', () => {
    const streaming = waiting();
    const messages = streaming.messages.map(message =>
      message.id === 'a2' ? { ...message, stream: { id: 's', last: 3 }, reconnecting: true } : message,
    ) as Conversation['messages'];
    const turn = turnToRemove({ messages }, 'q2')!;
    const back = change({ ...streaming, messages }, remove('q2'), { type: 'restored', turn });
    const { at: _, ...answer } = back.messages[3] as AssistantMessage;
    // Nothing of it is resumed.
    assert.deepEqual(answer, {
      ...{ id: 'a2', role: 'assistant', content: 'a2.', reasoning: '' },
      status: 'stopped',
    });
  });
});

test('what does not fit changes nothing', () => {
  const tree = talk('1');
  for (const one of [walk('q1'), walk('nowhere'), remove('a1'), remove('nowhere'), again('nowhere', 'b')])
    assert.equal(rearrange(tree, one), undefined);
});

test('nothing is lost or doubled on any walk, and all of it is kept over a reload', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = seededRandom(seed);
    const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
    let tree = talk('0');
    const made = new Set(['q0', 'a0']);
    for (let step = 1; step <= 30; step++) {
      const { id, role } = pick(tree.messages);
      const asideFirst = (tree.aside ?? []).map(({ messages }) => messages[0]!.id);
      const way = random();
      if (way < 0.3 && asideFirst.length > 0) {
        tree = change(tree, walk(pick(asideFirst)));
      } else if (role === 'user') {
        tree = change(tree, edited(id, `s${step}`));
        made.add(`qs${step}`).add(`as${step}`);
      } else {
        tree = change(tree, again(id, `t${step}`));
        made.add(`t${step}`);
      }
      const all = [...tree.messages, ...(tree.aside ?? []).flatMap(({ messages }) => messages)];
      assert.deepEqual(new Set(all.map(message => message.id)), made, `seed ${seed}, step ${step}`);
      assert.equal(all.length, made.size, `seed ${seed}, step ${step}`);
      assert.ok(alternatives(tree, tree.messages.at(-1)!.id).includes(tree.messages.at(-1)!.id));
    }
    assert.deepEqual(readConversation(JSON.parse(JSON.stringify(tree))), tree);
  }
});

/** The tree as it is, however it lies: what follows what, and what is shown. */
function ways(conversation: Conversation): unknown {
  const links = [{ after: null, messages: conversation.messages }, ...(conversation.aside ?? [])].flatMap(
    ({ after, messages }) => messages.map(({ id }, index) => `${messages[index - 1]?.id ?? after} > ${id}`),
  );
  return { shown: shown(conversation), links: links.sort() };
}

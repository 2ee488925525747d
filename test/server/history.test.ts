/** What is found in kept conversations, and what leaves them as a file. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asJson, asMarkdown } from '../../widget/conversation/export.ts';
import { fold } from '../../widget/conversation/fold.ts';
import type { KeptConversation } from '../../widget/conversation/kept-conversation.ts';
import type { Message } from '../../widget/conversation/message.ts';
import { find, wordsOf } from '../../widget/conversation/search.ts';

const exportWords = { untitled: 'Chat', you: 'You', answer: 'Answer' };

function question(content: string): Message {
  return { id: `q ${content}`, role: 'user', content };
}

function answer(content: string, rest: Partial<Message> = {}): Message {
  return {
    id: `a ${content}`,
    role: 'assistant',
    content,
    reasoning: '',
    status: 'complete',
    ...rest,
  } as Message;
}

function kept(messages: Message[], title?: string): KeptConversation {
  return { conversation: { id: 'c', messages }, createdAt: 1, updatedAt: 2, ...(title && { title }) };
}

const isFound = (text: string, query: string) => find(kept([question(text)]), wordsOf(query)) !== undefined;

test('text is the same in any case, with and without diacritics, and in any form of Unicode', () => {
  for (const [one, other] of [
    ['Éclair', 'eclair'],
    ['e\u0301clair', 'éclair'],
    ['ÅNGSTRÖM', 'angstrom'],
    ['Łódź', 'lodz'],
    ['STRASSE', 'straße'],
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['ΟΔΟΣ', 'οδός'],
    ['Ёлка', 'елка'],
    ['ＡＢＣ', 'abc'],
    ['ﬁle', 'file'],
    ['كِتَاب', 'كتاب'],
    ['שָׁלוֹם', 'שלום'],
    ['Việt Nam', 'viet nam'],
  ] as const)
    assert.equal(fold(one), fold(other), `${one} and ${other}`);
});

test('marks that make another letter stay: of Japanese, Korean, Thai and Hindi', () => {
  for (const [one, other] of [
    ['が', 'か'],
    ['ぱ', 'は'],
    ['한', '하'],
    ['ที่', 'ท'],
    ['की', 'क'],
  ] as const)
    assert.notEqual(fold(one), fold(other), `${one} and ${other}`);
  assert.equal(fold('か\u3099'), fold('が'));
});

test('all the words have to be there, in any order and wherever', () => {
  assert.ok(isFound('How do I bake a Crème brûlée?', 'BRULEE bake'));
  assert.ok(!isFound('How do I bake a cake?', 'brulee bake'));
  assert.ok(isFound('Use C++ or node.js', 'c++'));
  assert.ok(!isFound('Use C or node.js', 'c++'));
  assert.ok(isFound('今天北京的天气怎么样？', '北京天气'));
  assert.ok(!isFound('今天上海的天气怎么样？', '北京天气'));
  assert.ok(isFound('東京の天気を教えて', '天気 東京'));
  assert.ok(isFound('แมวกินปลา', 'ปลา'));
  assert.ok(isFound('안녕하세요 세계', '안녕'));
  assert.deepEqual(wordsOf('  '), []);
  assert.deepEqual(wordsOf('a  A b'), ['a', 'b']);
});

test('some of the words may be in the title and the others in different messages', () => {
  const conversation = kept([question('Which flour?'), answer('Rye.'), question('And water?')], 'Bread');
  for (const query of ['bread', 'bread rye', 'flour water', 'bread flour rye water'])
    assert.ok(find(conversation, wordsOf(query)), query);
  assert.equal(find(conversation, wordsOf('bread salt')), undefined);
  assert.deepEqual(find(conversation, wordsOf('bread')), {});
});

test('what is found comes with the words around it, from the message that has the most of them', () => {
  const messages = [
    question('Cheap flour'),
    answer('Rye flour is\n\n  **cheap** flour.'),
    question('Thanks'),
  ];
  const found = find(kept(messages), wordsOf('rye FLOUR'));
  assert.equal(found?.message, messages[1]!.id);
  assert.deepEqual(found?.excerpt, ['', 'Rye', ' ', 'flour', ' is **cheap** ', 'flour', '.']);
});

test('an excerpt of a long text is short, begins with a word, and cuts no character', () => {
  const text = `${'many words before it '.repeat(50)}the crème brûlée ${'and after it '.repeat(50)}`;
  const { excerpt = [] } = find(kept([question(text)]), wordsOf('creme')) ?? {};
  const whole = excerpt.join('');
  assert.ok(whole.length < 130, whole);
  assert.match(whole, /^…\w+ .*the crème brûlée and.*…$/);
  assert.equal(excerpt[1], 'crème');
  for (const odd of [
    'stra\u00dfe ',
    '👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧needle',
    'e\u0301'.repeat(60) + 'needle',
    '\ud83d needle \ud83d',
    'ﬃ'.repeat(40) + 'needle',
  ]) {
    const query = odd.includes('needle') ? 'needle' : 'strasse';
    const found = find(kept([question(odd)]), wordsOf(query))?.excerpt;
    assert.equal(found?.[1], odd.includes('needle') ? 'needle' : 'straße', odd);
  }
});

test('a conversation of one name and one word of each letter is found by each', () => {
  for (const letter of 'ßæøđłıςéがＡﬁ') assert.ok(isFound(`x${letter}y`, letter), letter);
});

test('as Markdown, each message has a heading, and an answer is as the model wrote it', () => {
  const messages = [
    question('Why?'),
    answer('Because:\n\n- **a**', { model: 'm-1' }),
    answer(''),
    { ...question('And?'), quote: '> It flows.\n\n' } as Message,
    answer('So.'),
  ];
  const { name, type, text } = asMarkdown(kept(messages), exportWords);
  assert.deepEqual([name, type], ['Why.md', 'text/markdown']);
  assert.equal(
    text,
    '# Why?\n\n## You\n\nWhy?\n\n## Answer (m-1)\n\nBecause:\n\n- **a**\n\n## You\n\n> It flows.\n\nAnd?\n\n## Answer\n\nSo.\n',
  );
});

test('as JSON, all of it comes along, and nothing by which somebody could speak for the visitor', () => {
  const secret = { key: 'secret', stream: { id: 'secret', last: 1 }, continues: true } as Partial<Message>;
  const messages = [question('Why?'), answer('So.', secret)];
  const conversation = {
    id: 'c',
    messages,
    aside: [{ after: messages[0]!.id, messages: [answer('Or so.', secret)] }],
    session: { endpoint: 'https://secret.example', token: 'secret' },
  };
  const { name, text } = asJson({ conversation, title: 'A title' }, exportWords);
  assert.equal(name, 'A title.json');
  assert.ok(!text.includes('secret') && !text.includes('continues'), text);
  assert.deepEqual(JSON.parse(text), {
    title: 'A title',
    messages: [question('Why?'), answer('So.')],
    aside: [{ after: messages[0]!.id, messages: [answer('Or so.')] }],
  });
});

test('a file has a name that every system takes', () => {
  const nameOf = (title: string) => asMarkdown(kept([], title), exportWords).name;
  assert.equal(nameOf('../../etc/passwd'), 'etc passwd.md');
  assert.equal(nameOf('What is "a|b" <c>: d?'), 'What is a b c d.md');
  assert.equal(nameOf('invoice\u202efdp.exe'), 'invoice fdp.exe.md');
  assert.equal(nameOf('今天 Node.js?'), '今天 Node.js.md');
  assert.equal(nameOf('...'), 'conversation.md');
  assert.equal(nameOf('👩'.repeat(99)), `${'👩'.repeat(60)}.md`);
  assert.equal(asMarkdown(kept([]), exportWords).name, 'Chat.md');
});

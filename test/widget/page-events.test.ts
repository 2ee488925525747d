/** What the page hears of questions and answers, and where it has a say. */

import { expect, waitUntil as waitFor } from '@open-wc/testing';
import type { ChatEvents, RivuletChat } from '../../widget/index.ts';
import { answer, calling, ending, failing, type Played, play, words } from '../support/play.ts';
import { all, answered, ask, named, says, showChat } from '../support/shown-chat.ts';

const NAMES = ['rivulet-send', 'rivulet-delta', 'rivulet-answer', 'rivulet-error'] as const;

/** All that is heard from the chat's page, in its order. */
function hear(): Array<ChatEvents[(typeof NAMES)[number]]> {
  const heard: Array<ChatEvents[(typeof NAMES)[number]]> = [];
  for (const name of NAMES)
    document.body.addEventListener(name, event => heard.push(event), { signal: listening.signal });
  return heard;
}
let listening: AbortController;
beforeEach(() => (listening = new AbortController()));
afterEach(() => listening.abort());

/** Longer than the slowest machine takes. */
const waitUntil = (isSo: () => unknown) => waitFor(isSo, 'it is so', { timeout: 15_000 });
const types = (heard: readonly Event[]) => heard.map(({ type }) => type.replace('rivulet-', ''));
const composer = (chat: RivuletChat) => chat.renderRoot.querySelector('rivulet-composer')!;

interface Asked {
  headers: Record<string, string>;
  body: { messages: Array<{ content: string }> };
}

/** The requests for answers. */
async function asked(played: Played): Promise<[Asked, ...Asked[]]> {
  const { requests } = await played.seen();
  return requests.filter(({ call }) => call.startsWith('POST')) as object[] as [Asked, ...Asked[]];
}

describe('events of questions and answers', () => {
  it('tell the question, what comes of its answer, and the whole', async () => {
    const played = await play([words(1, 'Be'), { gate: true }, words(2, 'cause.'), ending(3)]);
    const chat = await showChat(played);
    const heard = hear();
    chat.addEventListener('rivulet-delta', () => void played.go(), { once: true });
    await ask(chat, 'Why?');
    await waitUntil(() => types(heard).at(-1) === 'answer');
    expect(types(heard)).to.deep.equal(['send', 'delta', 'delta', 'answer']);
    const [send, first, second, last] = heard.map(({ detail }) => detail) as [
      ChatEvents['rivulet-send']['detail'],
      ChatEvents['rivulet-delta']['detail'],
      ChatEvents['rivulet-delta']['detail'],
      ChatEvents['rivulet-answer']['detail'],
    ];
    expect(send).to.include({ role: 'user', content: 'Why?' });
    expect([first.content, second.content]).to.deep.equal(['Be', 'cause.']);
    expect(last.answer).to.include({ content: 'Because.', status: 'complete', model: 'played-1' });
    expect(last).to.include({ conversation: first.conversation });
    expect(last.answer.id).to.equal(first.message);
  });

  it('tell of a fast stream no more often than it is rendered', async () => {
    const pieces = Array.from({ length: 400 }, (_, index) => `${index} `);
    const chat = await showChat(await play(answer(...pieces)));
    const heard = hear();
    chat.send('Count.');
    await waitUntil(() => types(heard).at(-1) === 'answer');
    const deltas = heard.filter(({ type }) => type === 'rivulet-delta') as Array<ChatEvents['rivulet-delta']>;
    expect(deltas.map(({ detail }) => detail.content).join('')).to.equal(pieces.join(''));
    expect(deltas.length).to.be.lessThan(100);
  });

  it('a question that the page does not want asked stays where it was written', async () => {
    const played = await play(answer('Because.'));
    const chat = await showChat(played);
    chat.addEventListener('rivulet-send', event => event.preventDefault(), { once: true });
    await ask(chat, 'Why?');
    expect(composer(chat).draft).to.equal('Why?');
    expect(chat.busy).to.equal(false);
    chat.addEventListener('rivulet-send', event => event.preventDefault(), { once: true });
    expect(chat.send('Why?')).to.equal(false);
    expect((await played.seen()).requests).to.deep.equal([]);
    expect(chat.send('Why?')).to.equal(true);
    await answered(chat, 'Because.');
  });

  it('tell why an answer failed, and that one was stopped; retry() asks again', async () => {
    const chat = await showChat(
      await play([failing('overloaded')], [words(1, 'So far'), { hold: true }], answer('Because.')),
    );
    const heard = hear();
    chat.send('Why?');
    await waitUntil(() => types(heard).at(-1) === 'error');
    expect(heard.at(-1)?.detail).to.deep.include({ code: 'overloaded' });
    chat.retry();
    await waitUntil(() => types(heard).at(-1) === 'delta');
    chat.stop();
    await waitUntil(() => types(heard).at(-1) === 'answer');
    const { answer: stopped } = heard.at(-1)?.detail as ChatEvents['rivulet-answer']['detail'];
    expect(stopped).to.include({ status: 'stopped', content: 'So far' });
    chat.retry();
    await answered(chat, 'Because.');
  });
});

describe('beforeSend', () => {
  it('changes what is sent, and nothing that is shown', async () => {
    const played = await play(answer('Because.'));
    const chat = await showChat(played, { model: 'one' });
    chat.beforeSend = async ({ model, messages, ...rest }) => ({
      ...rest,
      model: `${model}-more`,
      messages: [{ role: 'user', content: 'I am Ada.' }, ...messages],
      temperature: 0,
    });
    await ask(chat, 'Why?');
    await answered(chat, 'Because.');
    const [{ body }] = await asked(played);
    expect(body).to.include({ model: 'one-more', temperature: 0, stream: true });
    expect(body.messages).to.deep.equal([
      { role: 'user', content: 'I am Ada.' },
      { role: 'user', content: 'Why?' },
    ]);
    expect(all(chat.shadowRoot, '.question').map(({ textContent }) => textContent?.trim())).to.deep.equal([
      'Why?',
    ]);
  });

  it('sees what tools add, and each request of an answer that calls them', async () => {
    const call = { index: 0, id: 'c1', function: { name: 'clock', arguments: '{}' } };
    const chat = await showChat(await play([calling(1, call), ending(2, 'tool_calls')], answer('Noon.')));
    chat.tools = [{ name: 'clock', run: () => 'noon' }];
    const seen: Array<{ tools: unknown; roles: string[] }> = [];
    chat.beforeSend = ({ tools, messages }) =>
      void seen.push({ tools, roles: messages.map(({ role }) => role) });
    await ask(chat, 'What time is it?');
    await answered(chat, 'Noon.');
    expect(seen.map(({ roles }) => roles)).to.deep.equal([['user'], ['user', 'assistant', 'tool']]);
    expect(seen.every(({ tools }) => Array.isArray(tools))).to.equal(true);
  });

  it('refuses in words of the page, and a mistake of the page’s code in ours', async () => {
    const played = await play(answer('Because.'));
    const chat = await showChat(played);
    chat.beforeSend = () => {
      throw new Error('Log in first.');
    };
    await ask(chat, 'Why?');
    await says(chat, 'Log in first.');
    const mistake = console.error;
    const said: unknown[] = [];
    console.error = error => said.push(error);
    try {
      chat.beforeSend = () => {
        throw new TypeError('user is undefined');
      };
      (await named(chat, 'Retry')).click();
      await says(chat, 'This page does not let that be asked.');
      expect(String(said)).to.contain('user is undefined');
    } finally {
      console.error = mistake;
    }
    expect(await asked(played)).to.deep.equal([]);
    chat.beforeSend = undefined;
    (await named(chat, 'Retry')).click();
    await answered(chat, 'Because.');
  });
});

describe('afterReceive', () => {
  it('gives another text in place of the whole answer, before it is complete', async () => {
    const chat = await showChat(await play(answer('Call ', '555-0100.')));
    const heard = hear();
    chat.afterReceive = async ({ content, finishReason }) =>
      `${content.replace(/\d/g, 'x')} (${finishReason})`;
    await ask(chat, 'Whom?');
    await answered(chat, 'Call xxx-xxxx. (stop)');
    const { answer: last } = heard.at(-1)?.detail as ChatEvents['rivulet-answer']['detail'];
    expect(last).to.include({ content: 'Call xxx-xxxx. (stop)', status: 'complete' });
  });

  it('leaves the answer as it is where it fails or gives nothing, and what is stopped meanwhile is stopped', async () => {
    const chat = await showChat(await play(answer('Because.')));
    const kept = console.error;
    console.error = () => {};
    chat.afterReceive = () => Promise.reject(new Error('no'));
    await ask(chat, 'Why?');
    await answered(chat, 'Because.');
    console.error = kept;
    let signal: AbortSignal | undefined;
    chat.afterReceive = (_, context) => {
      ({ signal } = context);
      return new Promise(resolve => context.signal.addEventListener('abort', () => resolve('Too late.')));
    };
    await ask(chat, 'Why?');
    await waitUntil(() => signal);
    expect(chat.busy).to.equal(true);
    chat.stop();
    await says(chat, 'Stopped.');
    await answered(chat, 'Because.');
  });
});

describe('headers', () => {
  it('go with each request, and change nothing that a request says itself', async () => {
    const played = await play(answer('Because.'));
    const chat = await showChat(played);
    let count = 0;
    chat.headers = async () => ({ 'X-Shop': `Linz ${(count += 1)}`, 'Content-Type': 'text/plain' });
    await ask(chat, 'Why?');
    await answered(chat, 'Because.');
    const [{ headers }] = await asked(played);
    expect(headers).to.include({ 'x-shop': `Linz ${count}`, 'content-type': 'application/json' });
  });
});

describe('context', () => {
  it('goes along with each question, where the visitor can read it', async () => {
    const played = await play(answer('Because.'));
    const chat = await showChat(played, { context: 'The visitor looks at ```boots```.' });
    document.title = 'Boots';
    await ask(chat, 'Why?');
    await answered(chat, 'Because.');
    const [{ body }] = await asked(played);
    expect(body.messages[0]?.content).to.equal(
      'Why?\n\nThe page "Boots" adds:\n````\nThe visitor looks at ```boots```.\n````',
    );
    const [added] = all(chat.shadowRoot, '.question details') as HTMLDetailsElement[];
    expect(added?.querySelector('summary')?.textContent).to.equal('BootsFrom this page');
    expect(added?.querySelector('pre')?.textContent).to.equal('The visitor looks at ```boots```.');

    let cart = 0;
    chat.context = () => (cart ? `In the cart: ${cart}` : null);
    await ask(chat, 'And now?');
    await waitUntil(() => all(chat.shadowRoot, '.question').length === 2 && !chat.busy);
    expect(all(chat.shadowRoot, '.question details')).to.have.length(1);
    cart = 2;
    await ask(chat, 'And now?');
    await waitUntil(() => all(chat.shadowRoot, '.question pre').at(-1)?.textContent === 'In the cart: 2');
  });

  it('is above the composer before, as it is when the visitor looks', async () => {
    const chat = await showChat(await play(answer('Because.')), { context: 'The visitor looks at boots.' });
    const above = () => chat.shadowRoot!.querySelector<HTMLDetailsElement>('rivulet-dock details');
    const text = () => above()?.querySelector('pre')?.textContent;
    await waitUntil(() => text() === 'The visitor looks at boots.');
    let cart = 1;
    chat.context = () => (cart ? `In the cart: ${cart}` : null);
    await waitUntil(() => text() === 'In the cart: 1');
    cart = 2;
    above()!.open = true;
    await waitUntil(() => text() === 'In the cart: 2');
    expect(above()!.open).to.equal(true);
    const [name, read] = [...above()!.children].map(part => part.getBoundingClientRect());
    expect(read!.top).to.be.at.least(name!.bottom);
    cart = 0;
    chat.focus();
    await waitUntil(() => !above());
    cart = 3;
    await ask(chat, 'Why?');
    await waitUntil(() => all(chat.shadowRoot, '.question pre')[0]?.textContent === 'In the cart: 3');
    chat.context = 'The visitor looks at socks.';
    await waitUntil(() => text() === 'The visitor looks at socks.');
    chat.context = null;
    await waitUntil(() => !above());
  });
});

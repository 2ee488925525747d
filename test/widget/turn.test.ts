/** A turn from the question to the end of its answer, against a real server. */

import { aTimeout, expect, fixture, waitUntil } from '@open-wc/testing';
import { html, LitElement } from 'lit';
import { Turn, type TurnSettings } from '../../widget/controllers/turn.ts';
import { newAnswer, newQuestion } from '../../widget/conversation/conversation.ts';
import type { AssistantMessage } from '../../widget/conversation/message.ts';
import { answer, ending, failing, type Played, play, type Step, words } from '../support/play.ts';

class TurnHost extends LitElement {
  settings: TurnSettings = {
    endpoint: '/nowhere',
    limits: { messages: 100, bodyBytes: 1_000_000 },
    resumes: false,
  };
  readonly turn = new Turn(this, () => this.settings);
  renders = 0;
  rendered = () => {};

  override updated() {
    this.rendered();
  }

  override render() {
    this.renders += 1;
    return html`${this.turn.conversation.messages.map(message => html`<p>${message.content}</p>`)}`;
  }
}
customElements.define('turn-host', TurnHost);

let host: TurnHost;
let turn: Turn;

beforeEach(async () => {
  host = await fixture<TurnHost>(html`<turn-host></turn-host>`);
  turn = host.turn;
});

async function serve(...scripts: Step[][]): Promise<Played> {
  const played = await play(...scripts);
  host.settings = { ...host.settings, endpoint: played.endpoint };
  return played;
}

function last(): AssistantMessage {
  const message = turn.conversation.messages.at(-1);
  expect(message?.role).to.equal('assistant');
  return message as AssistantMessage;
}

const settled = () => waitUntil(() => !turn.busy, 'the answer settles', { timeout: 10_000 });
const showing = (content: string) =>
  waitUntil(() => last().content === content, `“${content}” is there`, { timeout: 10_000 });
/** The code for it comes in a moment. */
async function again(ask: 'retry' | 'continue'): Promise<void> {
  const { key } = last();
  turn[ask]();
  await waitUntil(() => last().key !== key, 'it is asked', { timeout: 10_000 });
}
const hungUp = (played: Played, times = 1) =>
  waitUntil(async () => (await played.seen()).hungUp === times, 'the server sees it', { timeout: 10_000 });

async function sentMessages(played: Played, request: number): Promise<unknown> {
  return (await played.seen()).requests[request]?.body.messages;
}

describe('an answer', () => {
  it('streams into the conversation', async () => {
    const played = await serve(answer('Be', 'cause.'));
    host.settings = { ...host.settings, model: 'played' };
    expect(turn.send('  Why?\n')).to.equal(true);
    expect(turn.busy).to.equal(true);
    expect(turn.conversation.messages[0]?.content).to.equal('Why?');
    expect(last().status).to.equal('pending');
    await settled();
    const { id: _, key: __, at, sentAt, saidAt, heardAt, ...message } = last();
    expect([at, sentAt, saidAt, heardAt]).to.deep.equal([at, sentAt, saidAt, heardAt].toSorted());
    expect(message).to.deep.equal({
      role: 'assistant',
      content: 'Because.',
      reasoning: '',
      status: 'complete',
      finishReason: 'stop',
      model: 'played-1',
      usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
    });
    const [request] = (await played.seen()).requests;
    expect(request?.body.model).to.equal('played');
    expect(request?.call).to.equal('POST v1/chat/completions');
  });

  it('shows its first words while the rest is not there', async () => {
    await serve([words(1, 'First'), { hold: true }]);
    turn.send('Why?');
    await showing('First');
    await host.updateComplete;
    expect(host.shadowRoot?.textContent).to.contain('First');
    expect(last().status).to.equal('streaming');
  });

  it('that comes fast is rendered at most every 80 ms', async () => {
    const pieces = Array.from({ length: 300 }, (_, index) => `${index} `);
    const events = pieces.map((piece, index) => words(index + 1, piece));
    await serve([...events.flatMap(event => [event, { waitMs: 1 }]), ending(301)]);
    turn.send('Why?');
    await waitUntil(() => last().content !== '', 'it streams', { timeout: 10_000 });
    const [start, before] = [performance.now(), host.renders];
    await settled();
    await host.updateComplete;
    const elapsed = performance.now() - start;
    expect(last().content).to.equal(pieces.join(''));
    // One is on its way when the counting begins, and one is of the end.
    expect(host.renders - before).to.be.at.most(elapsed / 80 + 3);
  });

  it('that comes fast is taken from the network when it is to be rendered', async () => {
    const events = Array.from({ length: 300 }, (_, index) => [words(index + 1, `${index} `), { waitMs: 2 }]);
    await serve([...events.flat(), ending(301)]);
    const { read } = ReadableStreamDefaultReader.prototype;
    const times: number[] = [];
    ReadableStreamDefaultReader.prototype.read = function (this: ReadableStreamDefaultReader) {
      times.push(performance.now());
      return read.call(this);
    };
    try {
      turn.send('Why?');
      await settled();
    } finally {
      ReadableStreamDefaultReader.prototype.read = read;
    }
    const rests = times.filter((time, index) => time - (times[index - 1] ?? time) > 30);
    expect(rests.length).to.be.above(host.renders / 2);
  });

  it('is rendered more rarely where that takes long', async () => {
    const waits = Array.from({ length: 60 }, (_, index) => [words(index + 1, `${index} `), { waitMs: 10 }]);
    await serve([...waits.flat(), ending(61)]);
    host.rendered = () => {
      for (const end = performance.now() + 10; performance.now() < end; );
    };
    turn.send('Why?');
    await waitUntil(() => last().content !== '', 'it streams', { timeout: 10_000 });
    const [start, before] = [performance.now(), host.renders];
    await settled();
    // The second follows as soon as ever: what a render takes is not known before the first.
    expect(host.renders - before).to.be.at.most((performance.now() - start) / 150 + 3);
  });

  it('that comes all at once is rendered in steps, of whole events, none more than twice the one before', async () => {
    const pieces = Array.from({ length: 60 }, (_, index) => `${index} ${'word '.repeat(15)}.`);
    const once = pieces.map((piece, index) => words(index + 2, piece).write).join('');
    await serve([words(1, 'First.'), { waitMs: 200 }, { write: once }, { hold: true }]);
    const shown: string[] = [];
    host.rendered = () => shown.push(turn.conversation.messages.at(-1)?.content ?? '');
    turn.send('Why?');
    await showing(`First.${pieces.join('')}`);
    await host.updateComplete;
    expect(shown.length).to.be.above(4);
    let most = 400;
    for (const [index, content] of shown.slice(1).entries()) {
      const grown = content.length - shown[index]!.length;
      expect(content).to.match(/^$|\.$/);
      expect(grown).to.be.below(most + 200);
      most = Math.max(most, 2 * grown);
    }
  });

  describe('in a hidden tab whose timers never fire', () => {
    const { setTimeout: real } = window;
    beforeEach(() => {
      window.setTimeout = (() => 0) as never;
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    });
    afterEach(() => {
      window.setTimeout = real;
      delete (document as { hidden?: boolean }).hidden;
    });
    const comes = (content: string, status = 'streaming') =>
      new Promise<void>(resolve => {
        host.rendered = () => {
          const message = turn.conversation.messages.at(-1) as AssistantMessage | undefined;
          if (message?.content === content && message.status === status) resolve();
        };
      });

    it('is shown as it arrives', async () => {
      await serve([
        words(1, 'a'),
        { waitMs: 200 },
        words(2, 'b'),
        { waitMs: 200 },
        words(3, 'c'),
        { hold: true },
      ]);
      turn.send('Why?');
      await comes('abc');
    });

    it('shows its first words at once, also right after thinking', async () => {
      const thought = (number: number) =>
        `id: ${number}\ndata: {"choices":[{"delta":{"reasoning_content":"Hm"}}]}\n\n`;
      await serve([{ write: thought(1) + thought(2) + words(3, 'So').write }, { hold: true }]);
      turn.send('Why?');
      await comes('So');
      expect(last().reasoning).to.equal('HmHm');
    });

    it('shows its last words with its end', async () => {
      await serve([
        words(1, 'a'),
        { waitMs: 20 },
        { write: words(2, 'b').write + words(3, 'c').write },
        ending(4),
      ]);
      turn.send('Why?');
      await comes('abc', 'complete');
    });
  });
});

describe('stop', () => {
  it('keeps what has arrived, also what was not rendered yet, and hangs up', async () => {
    const once = ['a', 'b', 'c'].map((piece, index) => words(index + 1, piece).write).join('');
    const played = await serve([{ write: once }, { hold: true }]);
    turn.send('Why?');
    await waitUntil(() => last().content !== '', 'it streams', { interval: 1, timeout: 10_000 });
    turn.stop();
    expect(last()).to.include({ status: 'stopped', content: 'abc' });
    expect(turn.busy).to.equal(false);
    await hungUp(played);
  });

  it('works before the first word', async () => {
    const played = await serve([{ hold: true }]);
    turn.send('Why?');
    await waitUntil(async () => (await played.seen()).open === 1);
    turn.stop();
    expect(last()).to.include({ status: 'stopped', content: '' });
    await hungUp(played);
  });

  it('in the task of the question asks nobody', async () => {
    const played = await serve(answer('a'));
    turn.send('Why?');
    turn.stop();
    await aTimeout(100);
    expect(last().status).to.equal('stopped');
    expect((await played.seen()).open).to.equal(0);
  });

  it('works a second time, and twice does no harm', async () => {
    const played = await serve([words(1, 'a'), { hold: true }]);
    for (const times of [1, 2]) {
      turn.send('Why?');
      await showing('a');
      turn.stop();
      const { conversation } = turn;
      turn.stop();
      expect(turn.conversation).to.equal(conversation);
      await hungUp(played, times);
    }
    expect(turn.conversation.messages.map(message => message.content)).to.deep.equal([
      'Why?',
      'a',
      'Why?',
      'a',
    ]);
  });

  it('is final: what comes late is not shown', async () => {
    const played = await serve([words(1, 'a'), { gate: true }, words(2, 'late'), ending(3)], answer('next'));
    turn.send('Why?');
    await showing('a');
    turn.stop();
    const [stopped] = turn.conversation.messages.slice(-1);
    turn.send('And?');
    await played.go();
    await settled();
    expect(turn.conversation.messages[1]).to.equal(stopped);
    expect(last().content).to.equal('next');
  });

  it('is final: an end that is already on its way does not end the next answer', async () => {
    await serve([{ write: words(1, 'a').write + ending(2).write }], [words(1, 'next'), { hold: true }]);
    host.rendered = () => {
      if (last().content !== 'a') return;
      host.rendered = () => {};
      turn.stop();
      turn.send('And?');
    };
    turn.send('Why?');
    await waitUntil(() => turn.conversation.messages.length === 4);
    await showing('next');
    expect(turn.busy).to.equal(true);
    expect(turn.conversation.messages[1]).to.include({ status: 'stopped', content: 'a' });
  });

  it('somewhere else stops it here', async () => {
    await serve([words(1, 'a'), failing('stopped')]);
    turn.send('Why?');
    await settled();
    expect(last()).to.include({ status: 'stopped', content: 'a' });
    expect(last().failure).to.equal(undefined);
  });
});

describe('a new conversation', () => {
  it('never shows a late word of the one before', async () => {
    const played = await serve(
      [words(1, 'a'), words(2, 'b'), { gate: true }, words(3, 'late'), ending(4)],
      answer('new'),
    );
    turn.send('Why?');
    await waitUntil(() => last().content.startsWith('a'));
    const { id } = turn.conversation;
    turn.clear();
    expect(turn.conversation.messages).to.deep.equal([]);
    expect(turn.conversation.id).not.to.equal(id);
    expect(turn.busy).to.equal(false);
    await played.go();
    await aTimeout(150);
    expect(turn.conversation.messages).to.deep.equal([]);
    turn.send('And?');
    await settled();
    expect(turn.conversation.messages.map(message => message.content)).to.deep.equal(['And?', 'new']);
    expect(await sentMessages(played, 1)).to.deep.equal([{ role: 'user', content: 'And?' }]);
  });
});

describe('a question', () => {
  it('waits for the answer in the making, and is sent then', async () => {
    const played = await serve([words(1, 'a'), { gate: true }, ending(2)], answer('b'));
    expect(turn.send('Why?')).to.equal(true);
    expect(turn.send('And?')).to.equal(true);
    expect(last().status).to.equal('waiting');
    expect((await played.seen()).requests.length).to.be.at.most(1);
    await waitUntil(() => turn.conversation.messages[1]?.content === 'a');
    await played.go();
    await waitUntil(() => last().status === 'complete', 'both are answered', { timeout: 10_000 });
    expect((await played.seen()).requests.length).to.equal(2);
    expect(turn.conversation.messages.map(({ content }) => content)).to.deep.equal([
      'Why?',
      'a',
      'And?',
      'b',
    ]);
  });

  it('is not sent when it is blank', () => {
    for (const blank of ['', ' ', '\n\t\u3000']) expect(turn.send(blank)).to.equal(false);
    expect(turn.conversation.messages).to.deep.equal([]);
  });

  it('that alone is too long is not sent, and that is told', async () => {
    const played = await serve(answer('a'));
    host.settings = { ...host.settings, limits: { messages: 10, bodyBytes: 300 } };
    expect(turn.send('字'.repeat(100))).to.equal(false);
    expect(turn.tooLong).to.equal(true);
    expect(turn.conversation.messages).to.deep.equal([]);
    expect(turn.send('字'.repeat(50))).to.equal(true);
    expect(turn.tooLong).to.equal(false);
    await settled();
    expect((await played.seen()).requests.length).to.equal(1);
  });

  it('takes the whole conversation with it', async () => {
    const played = await serve(answer('one'), [failing('overloaded')], [words(1, 'half')], answer('four'));
    for (const question of ['1', '2', '3', '4']) {
      turn.send(question);
      await settled();
    }
    expect(await sentMessages(played, 3)).to.deep.equal([
      { role: 'user', content: '1' },
      { role: 'assistant', content: 'one' },
      { role: 'user', content: '2' },
      { role: 'user', content: '3' },
      { role: 'assistant', content: 'half' },
      { role: 'user', content: '4' },
    ]);
    expect(last().omitted).to.equal(undefined);
  });

  it('leaves the oldest turns out where they do not fit, and says so', async () => {
    const played = await serve(answer('one'), answer('two'), answer('three'));
    host.settings = { ...host.settings, limits: { messages: 3, bodyBytes: 1_000_000 } };
    for (const question of ['1', '2', '3']) {
      turn.send(question);
      await settled();
    }
    expect(await sentMessages(played, 2)).to.deep.equal([
      { role: 'user', content: '2' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: '3' },
    ]);
    expect(last().omitted).to.equal(2);
    expect(turn.conversation.messages.length).to.equal(6);
  });

  it('never makes a body over the limit, and uses all of it', async () => {
    const played = await serve(answer('Because.'));
    for (let bodyBytes = 200; bodyBytes < 420; bodyBytes += 20) {
      host.settings = { ...host.settings, model: 'm', limits: { messages: 100, bodyBytes } };
      expect(turn.send(`${bodyBytes} 汉字`)).to.equal(true);
      await settled();
      const { requests } = await played.seen();
      expect(Number(requests.at(-1)?.headers['content-length'])).to.be.within(bodyBytes - 110, bodyBytes);
    }
    expect(last().omitted).to.be.greaterThan(0);
  });

  it('goes where the settings of its moment say, and nothing is lost', async () => {
    await serve(answer('here'));
    turn.send('1');
    await settled();
    const elsewhere = await serve(answer('there'));
    turn.send('2');
    await settled();
    expect(turn.conversation.messages.map(message => message.content)).to.deep.equal([
      '1',
      'here',
      '2',
      'there',
    ]);
    expect((await elsewhere.seen()).requests.length).to.equal(1);
  });
});

describe('a failure', () => {
  it('says when to try again, and a retry answers the same question', async () => {
    const refused = { head: { status: 429, headers: { 'retry-after': '7' } } };
    const played = await serve([refused], answer('Because.'));
    const start = Date.now();
    turn.send('Why?');
    await settled();
    const failed = last();
    expect(failed).to.deep.include({ status: 'failed', content: '' });
    expect(failed.failure?.code).to.equal('rate_limited');
    expect(failed.failure?.retryAt).to.be.within(start + 7000, Date.now() + 7000);
    await again('retry');
    expect(last()).to.include({ id: failed.id }).and.not.have.property('failure');
    await settled();
    expect(last()).to.include({ id: failed.id, status: 'complete', content: 'Because.' });
    expect(turn.conversation.messages.length).to.equal(2);
    expect(await sentMessages(played, 1)).to.deep.equal([{ role: 'user', content: 'Why?' }]);
  });

  it('in mid-stream keeps what has arrived, and the answer can go on', async () => {
    const played = await serve(
      [words(1, 'One, '), words(2, 'two'), failing('upstream_error')],
      answer(', three.'),
    );
    turn.send('Count!');
    await settled();
    expect(last()).to.deep.include({
      status: 'failed',
      content: 'One, two',
      failure: { code: 'upstream_error' },
    });
    await again('continue');
    await settled();
    expect(last()).to.include({ status: 'complete', content: 'One, two, three.' });
    expect(last()).not.to.have.property('failure');
    expect(turn.conversation.messages.length).to.equal(2);
    expect(await sentMessages(played, 1)).to.deep.equal([
      { role: 'user', content: 'Count!' },
      { role: 'assistant', content: 'One, two' },
      { role: 'user', content: 'Continue exactly where you stopped. Do not repeat anything.' },
    ]);
  });

  it('is a connection that closes without an end; a plain server may close after its finish reason', async () => {
    const plain = { head: { headers: { 'content-type': 'text/event-stream' } } };
    const finish = { write: 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n' };
    const ends: Array<[Step[], string | undefined]> = [
      [[words(1, 'a')], 'disconnected'],
      [[words(1, 'a'), finish], 'disconnected'],
      [[words(1, 'a'), { waitMs: 200 }, { reset: true }], 'disconnected'],
      [[plain, words(1, 'a')], 'disconnected'],
      [[plain, words(1, 'a'), finish], undefined],
    ];
    for (const [script, code] of ends) {
      await serve(script);
      turn.send('Why?');
      await settled();
      expect(last().content).to.equal('a');
      expect(last().failure?.code).to.equal(code);
    }
  });

  it('is an answer that says nothing, but not one that had said it all', async () => {
    await serve([ending(1)]);
    turn.send('Why?');
    await settled();
    expect(last().failure?.code).to.equal('empty_answer');
    await serve([words(1, 'All.'), ending(2, 'length')], [ending(1)]);
    turn.send('Why?');
    await settled();
    expect(last()).to.include({ status: 'complete', finishReason: 'length' });
    await again('continue');
    await settled();
    expect(last()).to.include({ status: 'complete', content: 'All.', finishReason: 'stop' });
  });

  it('is a server that is not there', async () => {
    host.settings = { ...host.settings, endpoint: 'http://127.0.0.1:1' };
    turn.send('Why?');
    await settled();
    expect(last().failure).to.deep.equal({ code: 'disconnected' });
  });

  it('does not come of asking to retry or to continue where there is nothing to', async () => {
    turn.retry();
    turn.continue();
    expect(turn.conversation.messages).to.deep.equal([]);
    const played = await serve([{ hold: true }]);
    turn.send('Why?');
    await waitUntil(async () => (await played.seen()).open === 1);
    turn.retry();
    turn.continue();
    expect((await played.seen()).requests.length).to.equal(1);
    turn.stop();
    turn.continue();
    expect(turn.busy).to.equal(false);
  });

  it('is a context that no longer fits when it is asked again', async () => {
    const played = await serve(answer('a'));
    turn.send('Why? '.repeat(20));
    await settled();
    host.settings = { ...host.settings, limits: { messages: 10, bodyBytes: 120 } };
    await again('continue');
    await settled();
    expect(last()).to.deep.include({ status: 'failed', content: 'a', failure: { code: 'length_exceeded' } });
    expect((await played.seen()).requests.length).to.equal(1);
  });
});

describe('an element', () => {
  it('that is moved in its page keeps its answer going', async () => {
    const played = await serve([words(1, 'a'), { gate: true }, words(2, 'b'), ending(3)]);
    turn.send('Why?');
    await showing('a');
    const elsewhere = document.createElement('div');
    host.parentElement?.append(elsewhere);
    elsewhere.append(host);
    host.remove();
    await Promise.resolve();
    elsewhere.append(host);
    await aTimeout(50);
    expect(turn.busy).to.equal(true);
    await played.go();
    await settled();
    expect(last()).to.include({ status: 'complete', content: 'ab' });
  });

  it('that is taken away hangs up, and has its conversation when it comes back', async () => {
    const played = await serve([words(1, 'a'), { hold: true }], answer('next'));
    turn.send('Why?');
    await showing('a');
    const { parentElement } = host;
    host.remove();
    await hungUp(played);
    expect(last()).to.include({ status: 'stopped', content: 'a' });
    parentElement?.append(host);
    turn.send('And?');
    await settled();
    expect(turn.conversation.messages.map(message => message.content)).to.deep.equal([
      'Why?',
      'a',
      'And?',
      'next',
    ]);
  });
});

describe('another way through a conversation', () => {
  it('is asked of the model that was chosen for it, without what lies aside', async () => {
    const played = await serve(answer('One.'), answer('Two.'), answer('Three.'));
    turn.send('First?');
    await settled();
    turn.send('Second?');
    await settled();
    const [, first] = turn.conversation.messages;
    turn.ask({ type: 'asked_instead', of: first!.id, answer: { ...newAnswer(), asks: 'another' } });
    await showing('Three.');
    expect(await sentMessages(played, 2)).to.deep.equal([{ role: 'user', content: 'First?' }]);
    expect((await played.seen()).requests[2]?.body.model).to.equal('another');
    turn.ask({ type: 'walked', to: first!.id });
    await showing('Two.');
    expect(turn.conversation.messages.map(({ content }) => content)).to.deep.equal([
      'First?',
      'One.',
      'Second?',
      'Two.',
    ]);
  });

  it('stops the answer that it hides, and keeps what has arrived of it', async () => {
    const played = await serve([words(1, 'Half'), { hold: true }], answer('Whole.'));
    turn.send('Why?');
    await showing('Half');
    const [question, half] = turn.conversation.messages;
    turn.ask({
      type: 'asked_instead',
      of: question!.id,
      question: newQuestion('How?'),
      answer: newAnswer(),
    });
    await showing('Whole.');
    await hungUp(played);
    expect(await sentMessages(played, 1)).to.deep.equal([{ role: 'user', content: 'How?' }]);
    turn.ask({ type: 'walked', to: question!.id });
    await showing('Half');
    expect(last()).to.include({ id: half!.id, status: 'stopped' });
  });
});

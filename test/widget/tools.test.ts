/** Functions of the page that answers call, through the element: offered, asked about, run, told, shown and stopped. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat, Tool, ToolEventDetail } from '../../widget/index.ts';
import '../../widget/index.ts';
import { heard } from '../support/heard.ts';
import {
  answer,
  calling,
  ending,
  play,
  type Played,
  setForWidget,
  type Step,
  words,
} from '../support/play.ts';

let chat: RivuletChat;
let played: Played;

/** Without settings of ours: every tool is offered. */
async function open(tools: Tool[], ...scripts: Step[][]): Promise<void> {
  played = await play(...scripts);
  await show(tools);
}

async function show(tools: Tool[]): Promise<void> {
  chat = await fixture(html`<rivulet-chat persist="none" endpoint=${played.endpoint}></rivulet-chat>`);
  chat.tools = tools;
}

const call = (name: string, args: object | string = {}, id = `id-${name}`) => ({
  id,
  type: 'function',
  function: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) },
});
/** An answer that calls, all at once. */
const calls = (...all: ReturnType<typeof call>[]): Step[] => [
  calling(2, ...all.map((one, index) => ({ index, ...one }))),
  ending(3, 'tool_calls'),
];

const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const all = (selector: string) => [...(transcript()?.querySelectorAll<HTMLElement>(selector) ?? [])];
const texts = () => all('rivulet-answer .text').map(shownText).filter(Boolean);
const shownText = (element: HTMLElement) => element.textContent!.trim().replace(/\s+/g, ' ');
const states = () => all('.call > summary').map(shownText);
const asked = () => all('.asks');

async function until(check: () => unknown, message: string): Promise<void> {
  await waitUntil(check, message, { timeout: 10_000 });
}
async function isIdle(): Promise<void> {
  await until(() => !chat.busy, 'nothing is in the making');
  await chat.updateComplete;
}
/** How each call ended, as it is shown. */
async function statesAre(...expected: string[]): Promise<void> {
  await until(() => states().join() === expected.join(), expected.join()).catch(() =>
    expect(states()).to.deep.equal(expected),
  );
}
async function press(name: string, index = 0): Promise<void> {
  const find = () => all('.asks button').filter(button => shownText(button) === name)[index];
  await until(find, `there is ${name}`);
  find()!.click();
}

interface Sent {
  tools?: { type: string; function: object }[];
  tool_choice?: string;
  messages: { role: string; content: string | null; tool_calls?: object[]; tool_call_id?: string }[];
}
async function requests(): Promise<Sent[]> {
  const { requests } = await played.seen();
  return requests.filter(({ call }) => call.startsWith('POST')).map(({ body }) => body as unknown as Sent);
}
/** What the model was told of the calls, in the last request. */
async function results(): Promise<(string | null)[]> {
  const { messages } = (await requests()).at(-1)!;
  return messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
}

const weather = (run: Tool['run'] = () => ({ degrees: 20 }), more: Partial<Tool> = {}): Tool => ({
  name: 'weather',
  description: 'Weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
  run,
  ...more,
});

describe('a tool', () => {
  it('is offered where the proxy allows its name, and to other servers whatever its name', async () => {
    const tools = [weather(), { name: 'other', run: () => 1 }];
    const weatherOnWire = {
      type: 'function',
      function: {
        name: 'weather',
        description: 'Weather of a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } } },
      },
    };
    await open(tools, answer('Hi.'));
    chat.send('Hello');
    await isIdle();
    const other = { type: 'function', function: { name: 'other' } };
    expect((await requests())[0]!.tools).to.deep.equal([weatherOnWire, other]);

    for (const [allowed, offered] of [
      [['weather', 'more'], [weatherOnWire]],
      [undefined, undefined],
    ]) {
      played = await play(answer('Hi.'));
      await setForWidget(played, { limits: { messages: 100, bodyBytes: 100_000 }, tools: allowed });
      await show(tools);
      chat.send('Hello');
      await isIdle();
      expect((await requests())[0]!.tools).to.deep.equal(offered);
    }
  });

  it('that is none, or has another\u2019s name, is not offered', async () => {
    const errors: unknown[] = [];
    const { error } = console;
    console.error = (...args: unknown[]) => errors.push(args[1]);
    try {
      const wrong = [null, {}, { name: 'no_run' }, { name: 'not a name', run: () => 1 }] as unknown as Tool[];
      await open([...wrong, weather(), weather(() => 'second')], answer('Hi.'), answer('Hi.'));
      chat.send('Hello');
      await isIdle();
      expect((await requests())[0]!.tools).to.have.length(1);
      expect(errors).to.deep.equal(wrong);
    } finally {
      console.error = error;
    }
  });

  it('is run with what the model says, and the answer goes on with its result', async () => {
    const seen: unknown[] = [];
    const pieces = [
      words(1, 'Let me look.'),
      calling(2, { index: 0, ...call('weather', '') }),
      calling(3, { index: 0, function: { arguments: '{"city":"上海 \ud83c' } }),
      calling(4, { index: 0, function: { arguments: '\udf0a"}' } }),
      ending(5, 'tool_calls'),
    ];
    const tool = weather(args => {
      seen.push(args);
      return Promise.resolve({ degrees: 20 });
    });
    await open([tool], pieces, answer('It is ', 'warm.'), answer('Bye.'));
    const events: ToolEventDetail[] = [];
    chat.addEventListener('rivulet-tool', event => events.push((event as CustomEvent).detail));
    chat.send('Warm?');
    await isIdle();
    expect(seen).to.deep.equal([{ city: '上海 🌊' }]);
    expect(events).to.deep.equal([{ name: 'weather', arguments: { city: '上海 🌊' } }]);
    await until(() => texts().length === 2, 'both texts');
    expect(texts()).to.deep.equal(['Let me look.', 'It is warm.']);
    await statesAre('weather Done');
    const order = all('rivulet-answer :is(.text, .call)').filter(element => shownText(element));
    expect(order.map(({ className }) => className.split(' ')[0])).to.deep.equal(['text', 'call', 'text']);
    const toldOfIt = [
      { role: 'user', content: 'Warm?' },
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [call('weather', '{"city":"上海 🌊"}')],
      },
      { role: 'tool', tool_call_id: 'id-weather', content: '{"degrees":20}' },
    ];
    expect((await requests())[1]!.messages).to.deep.equal(toldOfIt);

    chat.send('Thanks');
    await isIdle();
    expect((await requests())[2]!.messages).to.deep.equal([
      ...toldOfIt,
      { role: 'assistant', content: 'It is warm.' },
      { role: 'user', content: 'Thanks' },
    ]);
    // The page has no tools any more: what was said is told, and nothing that a server could not know.
    chat.tools = undefined;
    chat.send('And?');
    await isIdle();
    const { tools, messages } = (await requests())[3]!;
    expect(tools).to.equal(undefined);
    expect(messages.map(({ role }) => role).join()).to.equal('user,assistant,user,assistant,user');
    expect(messages[1]!.content).to.equal('Let me look.\n\nIt is warm.');
  });

  it('runs beside others that are called at the same time, and each result is told of its own call', async () => {
    let release = (_: string) => {};
    const slow = new Promise<string>(resolve => (release = resolve));
    const quick: Tool = {
      name: 'quick',
      run: () => {
        release('slow');
        return 'quick';
      },
    };
    await open([weather(() => slow), quick], calls(call('weather'), call('quick', '')), answer('Both.'));
    chat.send('Go');
    await isIdle();
    const { messages } = (await requests())[1]!;
    expect(messages.slice(1)).to.deep.equal([
      { role: 'assistant', content: null, tool_calls: [call('weather'), call('quick', '{}')] },
      { role: 'tool', tool_call_id: 'id-weather', content: 'slow' },
      { role: 'tool', tool_call_id: 'id-quick', content: 'quick' },
    ]);
  });

  it('that has no id of its own gets one', async () => {
    await open([weather()], calls(call('weather', {}, ''), call('weather', {}, '')), answer('Done.'));
    chat.send('Go');
    await isIdle();
    const { messages } = (await requests())[1]!;
    const ids = messages.filter(({ role }) => role === 'tool').map(({ tool_call_id }) => tool_call_id);
    expect(new Set(ids).size).to.equal(2);
    expect(ids.every(Boolean)).to.equal(true);
  });
});

describe('what goes wrong is told to the model:', () => {
  const circular: { self?: unknown } = {};
  circular.self = circular;
  for (const [name, args, run, told, state] of [
    [
      'a tool that throws',
      '{}',
      () => {
        throw new Error('no such city');
      },
      /^It failed: no such city$/,
      'Failed',
    ],
    ['a tool that rejects', '{}', () => Promise.reject(new Error('later')), /^It failed: later$/, 'Failed'],
    [
      'a tool that throws a text',
      '{}',
      () => {
        throw 'sold out';
      },
      /^It failed: sold out$/,
      'Failed',
    ],
    [
      'a tool that throws what is no text',
      '{}',
      () => Promise.reject(Object.create(null)),
      /^It failed: no reason was given$/,
      'Failed',
    ],
    [
      'an element that the chat is in',
      '{}',
      () => document.body,
      /the element that it gave cannot be shown/,
      'What it gave could not be read',
    ],
    ['arguments that are no JSON', '{"city":', () => 1, /^No JSON object: \{"city":$/, 'Could not be read'],
    ['arguments that are no object', '[1]', () => 1, /^No JSON object/, 'Could not be read'],
    [
      'a result that is no JSON',
      '{}',
      () => circular,
      /cannot be told as JSON/,
      'What it gave could not be read',
    ],
    [
      'a result that is a function',
      '{}',
      () => () => 1,
      /cannot be told as JSON/,
      'What it gave could not be read',
    ],
    [
      'a result of 10 MB',
      '{}',
      () => 'x'.repeat(10_000_000),
      /^x{20000}\n\[Cut: .* 20000 of 10000000/,
      'Done',
    ],
    ['arguments of 200 kB', `{"a":"${'x'.repeat(200_000)}"}`, () => 1, /too long/, 'Too long to run'],
    ['no result', '{}', () => {}, /^Done\.$/, 'Done'],
  ] as [string, string, () => unknown, RegExp, string][]) {
    it(name, async () => {
      await open([weather(run)], calls(call('weather', args)), answer('I see.'));
      chat.send('Go');
      await isIdle();
      const [result] = await results();
      expect(result).to.match(told);
      await until(() => states().length, 'the call is shown');
      await statesAre(`weather ${state}`);
      const sent = (await requests())[1]!.messages[1]!.tool_calls![0] as ReturnType<typeof call>;
      expect(() => JSON.parse(sent.function.arguments)).not.to.throw();
      expect(texts()).to.deep.equal(['I see.']);
    });
  }

  it('a function that the page does not have', async () => {
    await open([weather()], calls(call('nothing'), call('weather')), answer('I see.'));
    chat.send('Go');
    await isIdle();
    const { messages } = (await requests())[1]!;
    // The proxy refuses names that it does not know.
    expect(JSON.stringify(messages[1]!.tool_calls)).to.equal(JSON.stringify([call('weather')]));
    expect(messages.at(-1)).to.deep.include({ role: 'user' });
    expect(messages.at(-1)!.content).to.match(/no function nothing here/);
  });

  it('a tool that is taken away while the visitor is asked', async () => {
    let runs = 0;
    await open([weather(() => ++runs, { confirm: true })], calls(call('weather')), answer('I see.'));
    chat.send('Go');
    await until(() => asked().length, 'it asks');
    chat.tools = [];
    await press('Allow');
    await isIdle();
    expect(runs).to.equal(0);
    await statesAre('weather Not there on this page');
    expect(texts()).to.deep.equal(['I see.']);
  });
});

describe('a visitor', () => {
  it('is asked first, is shown with what, and allows it', async () => {
    let runs = 0;
    const tool = weather(() => ++runs, { confirm: true, label: 'Look at the weather' });
    await open([tool], calls(call('weather', { city: 'Oslo\u202e' })), answer('Warm.'));
    const said = heard(chat);
    chat.send('Go');
    await until(() => asked().length, 'it asks');
    expect(runs).to.equal(0);
    const [card] = asked();
    expect(card!.getAttribute('aria-label')).to.equal('Allow “Look at the weather”?');
    // Nothing hides in what is asked.
    expect(card!.querySelector('pre')!.textContent).to.equal('{\n  "city": "Oslo\\u202e"\n}');
    await until(() => said.length > 1, 'it is said to screen readers');
    expect(said.at(-1)).to.deep.equal({
      text: 'Allow “Look at the weather”?',
      manner: 'assertive',
      lang: 'en',
    });
    await expect(card).to.be.accessible();
    const allow = [...card!.querySelectorAll('button')].at(-1)!;
    allow.focus();
    await sendKeys({ press: 'Enter' });
    await isIdle();
    expect(runs).to.equal(1);
    expect(asked()).to.have.length(0);
    expect(transcript()!.activeElement?.localName).to.equal('summary');
    await statesAre('Look at the weather Done');
  });

  it('refuses it, and the model is told so', async () => {
    let runs = 0;
    await open([weather(() => ++runs, { confirm: true })], calls(call('weather')), answer('As you like.'));
    chat.send('Go');
    await press('Don’t allow');
    await isIdle();
    expect(runs).to.equal(0);
    expect(await results()).to.deep.equal(['The visitor does not want it.']);
    await statesAre('weather Not allowed by you');
  });

  it('is asked as a function of the page says of the arguments, and where that fails', async () => {
    const confirm = ({ city }: { city?: unknown }) => {
      if (city === 'broken') throw new Error('broken');
      return city === 'Oslo';
    };
    const { error } = console;
    console.error = () => {};
    try {
      const cities = ['Paris', 'Oslo', 'broken'].map(city => call('weather', { city }, city));
      await open([weather(() => 'seen', { confirm })], calls(...cities), answer('Done.'));
      chat.send('Go');
      await until(() => asked().length === 2, 'two are asked about');
      await press('Don’t allow', 1);
      await press('Allow');
      await isIdle();
      expect(await results()).to.deep.equal(['seen', 'seen', 'The visitor does not want it.']);
    } finally {
      console.error = error;
    }
  });

  it('stops an answer whose tool never returns: it is told, and what it gives then is nobody\u2019s', async () => {
    let signal: AbortSignal | undefined;
    let finish = (_: unknown) => {};
    const tool = weather((_, context) => {
      signal = context.signal;
      return new Promise(resolve => (finish = resolve));
    });
    await open([tool], [words(1, 'So.'), ...calls(call('weather'))], answer('Never.'));
    chat.send('Go');
    await statesAre('weather Running…');
    chat.stop();
    expect(signal!.aborted).to.equal(true);
    expect(chat.busy).to.equal(false);
    finish({ element: document.createElement('b') });
    await chat.updateComplete;
    await statesAre('weather Interrupted');
    expect(chat.querySelector('b')).to.equal(null);
    expect(await requests()).to.have.length(1);
    chat.send('Again');
    await isIdle();
    expect((await requests())[1]!.messages.map(({ role }) => role).join()).to.equal(
      'user,assistant,tool,user',
    );
    expect(await results()).to.deep.equal(['Interrupted. It is not known what it did.']);
  });

  it('begins a new chat while a tool runs', async () => {
    let finish = (_: unknown) => {};
    await open(
      [weather(() => new Promise(resolve => (finish = resolve)))],
      calls(call('weather')),
      answer('Hi.'),
    );
    chat.send('Go');
    await until(() => states().length, 'it runs');
    chat.clear();
    finish('late');
    chat.send('Hello');
    await isIdle();
    expect((await requests())[1]!.messages).to.deep.equal([{ role: 'user', content: 'Hello' }]);
    expect(states()).to.deep.equal([]);
  });
});

it('a tool has a time, after which the answer goes on without it', async () => {
  let signal: AbortSignal | undefined;
  const stuck = weather((_, context) => new Promise(() => (signal = context.signal)), { timeoutMs: 20 });
  const run = () => new Promise(resolve => setTimeout(resolve, 40, 'here'));
  const quick: Tool = { name: 'quick', run, timeoutMs: Number.POSITIVE_INFINITY };
  await open([stuck, quick], calls(call('weather'), call('quick')), answer('One of two.'));
  chat.send('Go');
  await isIdle();
  expect(signal!.aborted).to.equal(true);
  expect(await results()).to.deep.equal([
    'It has not ended within 0.02 seconds, and may still go on.',
    'here',
  ]);
  await statesAre('weather Took too long', 'quick Done');
});

it('the page can keep a tool from running', async () => {
  let runs = 0;
  await open([weather(() => ++runs)], calls(call('weather')), answer('I see.'));
  chat.addEventListener('rivulet-tool', event => event.preventDefault());
  chat.send('Go');
  await isIdle();
  expect(runs).to.equal(0);
  expect(await results()).to.deep.equal(['The page does not allow it now.']);
  await statesAre('weather Not allowed by this page');
});

it('an element of the page shows in the answer, with the page\u2019s styles, until the conversation is forgotten', async () => {
  const style = new CSSStyleSheet();
  style.replaceSync('.of-the-page { color: rgb(1, 2, 3); }');
  document.adoptedStyleSheets.push(style);
  try {
    const element = document.createElement('section');
    element.className = 'of-the-page';
    element.textContent = 'A card';
    await open(
      [
        weather(() => ({ element, text: '20 degrees' })),
        { name: 'bare', run: () => document.createElement('i') },
      ],
      [words(1, 'Here:'), ...calls(call('weather'), call('bare'))],
      answer('Above.'),
    );
    chat.send('Go');
    await isIdle();
    await until(() => element.assignedSlot, 'it is in a slot');
    expect(await results()).to.deep.equal(['20 degrees', 'It is shown to the visitor.']);
    expect(element.parentElement).to.equal(chat);
    expect(getComputedStyle(element).color).to.equal('rgb(1, 2, 3)');
    const [before, after] = all('rivulet-answer .text').filter(shownText);
    const middle = element.getBoundingClientRect();
    expect(middle.height).to.be.greaterThan(0);
    expect(middle.top).to.be.greaterThan(before!.getBoundingClientRect().top);
    expect(middle.bottom).to.be.lessThan(after!.getBoundingClientRect().bottom);
    chat.clear();
    await chat.updateComplete;
    expect(chat.children).to.have.length(0);
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => sheet !== style);
  }
});

it('an answer calls eight times at most, and says so', async () => {
  let runs = 0;
  const again = calls(call('weather'));
  const count = weather(() => ++runs);
  await open([count], ...Array.from({ length: 8 }, () => again), answer('Enough.'));
  chat.send('Go');
  await isIdle();
  expect(runs).to.equal(8);
  const sent = await requests();
  expect(sent.map(({ tool_choice }) => tool_choice)).to.deep.equal([...Array(8).fill(undefined), 'none']);
  expect(sent.at(-1)!.messages.at(-1)!.content).to.match(/cannot call more functions/);
  expect(texts()).to.deep.equal(['Enough.']);
  await until(() => all('.limit').length, 'it says so');

  // A model that calls all the same.
  await open([count], again);
  chat.send('Go');
  await isIdle();
  expect(runs).to.equal(16);
  expect(await requests()).to.have.length(9);
  await until(() => states().at(-1) === 'weather Not run', 'it is not run');
});

it('a call that was cut with its answer is not run', async () => {
  let runs = 0;
  const cut = [calling(2, { index: 0, ...call('weather', '{"ci') }), ending(3, 'length')];
  await open([weather(() => ++runs)], [words(1, 'So.'), ...cut]);
  chat.send('Go');
  await isIdle();
  expect(runs).to.equal(0);
  await statesAre('weather Interrupted');
  expect(transcript()!.textContent).to.match(/cut at its length/);
  transcript()!.querySelector<HTMLElement>('rivulet-note .remedy')!.click();
  await until(async () => (await requests()).length === 2, 'it goes on');
  expect((await requests())[1]!.messages.map(({ role }) => role).join()).to.equal('user,assistant,user');
  chat.stop();
});

it('a call that no page here has asked for is refused, and the model answers without it', async () => {
  await open([], calls(call('weather')), answer('I cannot.'));
  chat.tools = undefined;
  chat.send('Go');
  await isIdle();
  await statesAre('weather Not there on this page');
  expect(texts()).to.deep.equal(['I cannot.']);
});

it('what a model calls at its own server is none of the page\u2019s', async () => {
  const search = { index: 0, id: 'c1', type: 'web_search', web_search: { input: 'weather' } };
  await open([weather()], [words(1, 'Found.'), calling(2, search), ending(3)]);
  chat.send('Go');
  await isIdle();
  expect(states()).to.deep.equal([]);
  expect(await requests()).to.have.length(1);
});

it('two chats on one page run their own tools alone', async () => {
  await open([weather(() => 'first')], calls(call('weather')), answer('One.'));
  const [first, firstPlayed] = [chat, played];
  await open([weather(() => 'second')], calls(call('weather')), answer('Two.'));
  first.send('Go');
  chat.send('Go');
  await until(() => !first.busy && !chat.busy, 'both have answered');
  expect(await results()).to.deep.equal(['second']);
  played = firstPlayed;
  expect(await results()).to.deep.equal(['first']);
});

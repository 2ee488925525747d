/** What leads on: what the page puts into an empty chat, and questions that could come next. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { FollowUps, LastTurn, RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { answer, type Played, play, setForWidget, type Step } from '../support/play.ts';

const limits = { messages: 100, bodyBytes: 1_000_000 };

let chat: RivuletChat;
let played: Played;

async function open(settings: object, followUps: FollowUps | undefined, ...scripts: Step[][]): Promise<void> {
  played = await play(...scripts);
  await setForWidget(played, { limits, ...settings });
  chat = await fixture(
    html`<rivulet-chat persist="none" endpoint=${played.endpoint} .followUps=${followUps}></rivulet-chat>`,
  );
}

/** As a server answers without a stream. */
const whole = (content: string): Step[] => [
  { head: { headers: { 'content-type': 'application/json' } } },
  { write: JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }) },
];

const composer = () => chat.renderRoot.querySelector('rivulet-composer')!;
const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const chips = () => [...(transcript()?.querySelectorAll<HTMLElement>('.follow-ups button') ?? [])];
const shown = () =>
  chips()
    .filter(chip => chip.checkVisibility())
    .map(({ textContent }) => textContent);
const answers = () =>
  [...(transcript()?.querySelectorAll('rivulet-answer .text') ?? [])].map(({ textContent }) =>
    textContent?.trim(),
  );
const posts = async () => (await played.seen()).requests.filter(({ call }) => call.startsWith('POST'));

async function asks(text: string, reply: string): Promise<void> {
  chat.send(text);
  await waitUntil(() => answers().at(-1) === reply && !chat.busy, reply, { timeout: 15_000 });
}

describe('an empty chat', () => {
  it('shows what the page has put into it below the greeting, until something is asked', async () => {
    played = await play(answer('Yes.'));
    chat = await fixture(
      html`<rivulet-chat persist="none" endpoint=${played.endpoint} greeting="Hello!"
        ><button slot="start">What is new?</button></rivulet-chat
      >`,
    );
    const own = chat.querySelector('button')!;
    expect(own.checkVisibility()).to.equal(true);
    const greeting = chat.renderRoot.querySelector('rivulet-start')!.shadowRoot!.querySelector('h3')!;
    expect(own.getBoundingClientRect().top).to.be.greaterThan(greeting.getBoundingClientRect().bottom);
    own.addEventListener('click', () => chat.send(own.textContent!));
    own.click();
    await waitUntil(() => answers().at(-1) === 'Yes.', 'Yes.', { timeout: 15_000 });
    expect(own.checkVisibility()).to.equal(false);
  });
});

describe('questions that could come next', () => {
  it('are those that the page gives, under the last answer, and ask themselves', async () => {
    const turns: LastTurn[] = [];
    const give = (turn: LastTurn) => {
      turns.push(turn);
      return turns.length === 1 ? ['And then?', '', 'Who?'] : [];
    };
    await open({ followUps: true }, give, answer('Yes.'), answer('So.'));
    await asks('Why?', 'Yes.');
    await waitUntil(() => shown().join() === 'And then?,Who?', 'they are there', { timeout: 10_000 });
    chips()[0]!.click();
    await waitUntil(() => answers().at(-1) === 'So.' && !chat.busy, 'So.', { timeout: 15_000 });
    expect(shown()).to.deep.equal([]);
    await waitUntil(() => turns.length === 2);
    expect(turns).to.deep.equal([
      { question: 'Why?', answer: 'Yes.' },
      { question: 'And then?', answer: 'So.' },
    ]);
    expect(await posts()).to.have.length(2);
  });

  it('are asked of the model where the owner wants it, by a small request of their own', async () => {
    await open(
      { followUps: true },
      undefined,
      answer('Yes.'),
      whole('1. What else?\n- **Who?**\n\nWhat else?'),
    );
    await asks('Why?', 'Yes.');
    await waitUntil(() => shown().join() === 'What else?,Who?', 'they are there', { timeout: 10_000 });
    const { body } = (await posts())[1]!;
    expect(body).to.not.have.property('stream');
    expect((body.messages as { content: string }[]).slice(0, 2).map(({ content }) => content)).to.deep.equal([
      'Why?',
      'Yes.',
    ]);
  });

  it('that come late are nobody\u2019s: another question has been asked, or another chat begun', async () => {
    const late: ((questions: string[]) => void)[] = [];
    const give = () => new Promise<string[]>(resolve => late.push(resolve));
    await open({}, give, answer('Yes.'), answer('So.'), answer('Well.'));
    await asks('Why?', 'Yes.');
    await waitUntil(() => late.length === 1, 'the page is asked');
    await asks('And?', 'So.');
    await waitUntil(() => late.length === 2);
    late[0]!(['Late?']);
    late[1]!(['In time?']);
    await waitUntil(() => shown().length > 0, 'they are there', { timeout: 10_000 });
    expect(shown()).to.deep.equal(['In time?']);
    await asks('So?', 'Well.');
    await waitUntil(() => late.length === 3);
    chat.newChat();
    late[2]!(['Too late?']);
    await waitUntil(() => answers().length === 0, 'it is another chat', { timeout: 10_000 });
    await asks('Hello', 'Well.');
    await waitUntil(() => late.length === 4);
    expect(shown()).to.deep.equal([]);
  });

  it('are not asked for while the visitor writes, nor where nobody wants them', async () => {
    let calls = 0;
    await open({}, () => [String((calls += 1))], [{ gate: true }, ...answer('Yes.')], answer('So.'));
    chat.send('Why?');
    await waitUntil(() => chat.busy);
    composer().focus();
    await sendKeys({ type: 'I' });
    await played.go();
    await waitUntil(() => answers().at(-1) === 'Yes.' && !chat.busy, 'Yes.', { timeout: 15_000 });
    await waitUntil(() => transcript()!.querySelector('.actions'), 'it has ended', { timeout: 10_000 });
    expect(calls).to.equal(0);
    chat.followUps = undefined;
    composer().draft = '';
    await asks('And?', 'So.');
    expect(await posts()).to.have.length(2);
    expect(shown()).to.deep.equal([]);
  });
});

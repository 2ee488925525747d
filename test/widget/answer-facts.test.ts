/** What is known of an answer besides its text, through the element: its figures and its sources. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { answer, calling, ending, type Played, play, type Step, words } from '../support/play.ts';

let chat: RivuletChat;
let played: Played;

async function ask(script: Step[], showsStats = false, ...more: Step[][]): Promise<void> {
  played = await play(script, ...more);
  chat = await fixture(
    html`<rivulet-chat persist="none" ?show-stats=${showsStats} endpoint=${played.endpoint}></rivulet-chat>`,
  );
  chat.send('Why?');
}

const timeout = { timeout: 15_000 };
const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
const all = (selector: string) => [...(transcript()?.querySelectorAll<HTMLElement>(selector) ?? [])];
const texts = (selector: string) => all(selector).map(({ textContent }) => textContent?.trim());

async function isThere(selector: string): Promise<HTMLElement> {
  await waitUntil(() => all(selector)[0], `there is ${selector}`, timeout);
  return all(selector)[0]!;
}

const comment = (json: unknown): Step => ({ write: `: ${JSON.stringify(json)}\n\n` });
const figures = { ttft_ms: 200, duration_ms: 240, cost: { amount: 0.0003, currency: 'USD' } };

function event(number: number, json: object): Step {
  return { write: `id: ${number}\ndata: ${JSON.stringify(json)}\n\n` };
}

const rows = () =>
  Object.fromEntries(
    all('rivulet-stats dt').map(name => [name.textContent, name.nextElementSibling?.textContent]),
  );

describe('the figures of an answer', () => {
  const script = [words(1, 'So.'), comment({ rivulet: figures }), ending(2)];

  it('are shown when they are asked for', async () => {
    await ask(script);
    const button = await isThere('.actions [aria-expanded]');
    expect(all('.figures')[0]?.checkVisibility()).to.equal(false);
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.click();
    await isThere('rivulet-stats dl');
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    const { 'First token': ttft, ...others } = rows();
    expect(ttft).to.match(/^[\d.]+ m?s here, 200 ms at the proxy$/);
    expect(others).to.deep.include({
      Model: 'played-1',
      Tokens: '3 in, 2 out',
      Cost: '$0.0003',
      'Why it ended': 'It was finished',
    });
    await expect(chat).to.be.accessible();
    button.click();
    await waitUntil(() => all('rivulet-stats dl').length === 0);
  });

  it('are always there, as a line, where the page wants it', async () => {
    await ask(script, true);
    const line = await isThere('.figures');
    const all =
      /^played-1 · [\d.]+ m?s here, 200 ms at the proxy · (?:\d+ tok\/s · )?3 in, 2 out · \$0\.0003 · It was finished$/;
    await waitUntil(() => all.test(line.textContent!), line.textContent!, timeout);
    expect(line.checkVisibility({ opacityProperty: true })).to.equal(true);
    chat.showStats = false;
    await waitUntil(() => !line.checkVisibility(), 'the page does not want it any more');
  });

  it('are read as the language is that they are in, whatever comes first', async () => {
    await ask(script, true);
    const line = await isThere('.figures');
    const directions = () => [line, ...line.children].map(element => getComputedStyle(element).direction);
    expect(directions()).not.to.include('rtl');
    chat.lang = 'ar';
    await waitUntil(() => /[\u0600-\u06ff]/.test(line.textContent!), 'it is Arabic', timeout);
    // The line, the model's name, the first token's time.
    expect(directions().slice(0, 3)).to.deep.equal(['rtl', 'ltr', 'rtl']);
  });

  it('are those that a server without them lets one see', async () => {
    await ask(answer('So.'), true);
    const line = await isThere('.figures');
    await waitUntil(
      () => /^played-1 · [\d.]+ m?s · 3 in, 2 out · It was finished$/.test(line.textContent!),
      line.textContent!,
      timeout,
    );
  });

  it('are of no harm where they are rubbish', async () => {
    const rubbish: Step[] = [
      { write: ': {\n\n' },
      comment({ rivulet: [] }),
      comment([]),
      { write: ': {"rivulet":\n\n' },
    ];
    await ask([...rubbish, words(1, 'So.'), ...rubbish, ending(2)]);
    await waitUntil(() => texts('.text')[0] === 'So.' && !chat.busy, 'it is complete', timeout);
    expect(all('.alarm')).to.have.length(0);
  });

  it('are of all its requests where it was continued', async () => {
    const cut = [words(1, 'So'), comment({ rivulet: figures }), ending(2, 'length')];
    await ask(cut, false, script);
    (await isThere('.remedy')).click();
    await waitUntil(() => texts('.text')[0] === 'SoSo.' && !chat.busy, 'it is complete', timeout);
    (await isThere('.actions [aria-expanded]')).click();
    await isThere('rivulet-stats dl');
    const { Tokens, Cost, Speed, 'First token': ttft } = rows();
    expect({ Tokens, Cost }).to.deep.equal({ Tokens: '6 in, 4 out', Cost: '$0.0006' });
    // Four tokens in twice 40 ms.
    expect(Speed).to.equal('50 tok/s');
    expect(ttft).to.match(/^[\d.]+ m?s here, 200 ms at the proxy$/);
  });

  it('are of all its requests where it has called functions', async () => {
    const used = comment({ rivulet: figures });
    const name = 'time';
    const called = calling(1, { index: 0, id: 'c', type: 'function', function: { name, arguments: '{}' } });
    played = await play([called, used, ending(2, 'tool_calls')], script);
    chat = await fixture(html`<rivulet-chat persist="none" endpoint=${played.endpoint}></rivulet-chat>`);
    chat.tools = [{ name, run: () => 'noon' }];
    chat.send('When?');
    await waitUntil(() => texts('.text').at(-1) === 'So.' && !chat.busy, 'it is complete', timeout);
    (await isThere('.actions [aria-expanded]')).click();
    await isThere('rivulet-stats dl');
    expect(rows()).to.deep.include({ Tokens: '6 in, 4 out', Cost: '$0.0006', Speed: '50 tok/s' });
  });

  async function sumIs(text: string): Promise<void> {
    const panel = chat.renderRoot.querySelector('rivulet-panel')!.shadowRoot!;
    panel.querySelector<HTMLElement>('[aria-label="Menu"]')!.click();
    const sheet = () => chat.renderRoot.querySelector('rivulet-sheet')?.shadowRoot?.querySelector('.spent p');
    await waitUntil(sheet, 'the menu is open', timeout);
    await waitUntil(() => sheet()!.textContent === text, sheet()!.textContent!, timeout);
  }

  it('are summed up for the conversation in its menu', async () => {
    await ask(script);
    await waitUntil(() => texts('.text')[0] === 'So.' && !chat.busy, 'it is complete', timeout);
    chat.send('And?');
    await waitUntil(() => texts('.text')[1] === 'So.' && !chat.busy, 'it is complete', timeout);
    await sumIs('2 answers · 6 in, 4 out · $0.0006');
  });

  it('are in that sum also of what was stopped and asked for again, as it is paid for', async () => {
    const thinking = event(1, { choices: [{ delta: { reasoning: 'Hm.' } }] });
    await ask([comment({ rivulet: figures }), thinking, { hold: true }], true, script);
    await waitUntil(() => all('rivulet-thinking').length > 0, 'it thinks', timeout);
    chat.stop();
    const retry = () => all('.remedy').find(({ textContent }) => textContent?.trim() === 'Retry');
    await waitUntil(retry, 'it can be asked for again', timeout);
    retry()!.click();
    await waitUntil(() => texts('.text')[0] === 'So.' && !chat.busy, 'it is complete', timeout);
    expect(texts('.figures')[0], 'of what is there').to.match(/ · \$0\.0003 · It was finished$/);
    await sumIs('1 answer · 3 in, 2 out · $0.0006 · 1 not counted by their model');
  });
});

describe('the sources of an answer', () => {
  const links = () => all('rivulet-sources a').map(link => (link as HTMLAnchorElement).href);
  const named = (...search_results: object[]) => event(2, { choices: [{ delta: {} }], search_results });

  it('are chips with a number, a title and a host, and harmless links', async () => {
    await ask([
      words(1, 'So.'),
      named(
        { title: 'One', url: 'https://www.a.example/x?y' },
        { title: '\u202eevil', url: `${'javascript'}:alert(1)` },
      ),
      { gate: true },
      ending(3),
    ]);
    const list = await isThere('rivulet-sources ol');
    expect(list.getAttribute('aria-label')).to.equal('Sources');
    expect(texts('rivulet-sources li .number')).to.deep.equal(['1', '2']);
    expect(links()).to.deep.equal(['https://www.a.example/x?y']);
    expect(texts('rivulet-sources .host')).to.deep.equal(['a.example']);
    // Whatever direction a text has, it turns nothing around it.
    expect(all('rivulet-sources bdi.title')).to.have.length(2);
    const [link] = all('rivulet-sources a') as HTMLAnchorElement[];
    expect([link!.target, link!.rel]).to.deep.equal(['_blank', 'noopener noreferrer nofollow']);
    await expect(chat).to.be.accessible();
    await played.go();
    await waitUntil(() => !chat.busy, 'it ends', timeout);
    expect(links()).to.have.length(1);
  });

  it('are a few at first, and all with one press', async () => {
    const citations = Array.from({ length: 9 }, (_, index) => `https://a.example/${index}`);
    await ask([event(1, { choices: [{ delta: { content: 'So.' } }], citations }), ending(2)]);
    await isThere('rivulet-sources button');
    expect(links()).to.have.length(5);
    all('rivulet-sources button')[0]!.click();
    await waitUntil(() => links().length === 9, 'all are shown');
    expect((transcript()!.activeElement as HTMLAnchorElement).href).to.equal(citations[5]);
  });
});

/** A model's thinking, through the element: where it is shown, for how long it is open, and what of it is sent again. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { answer, ending, type Played, play, setForWidget, type Step, words } from '../support/play.ts';

let chat: RivuletChat;
let played: Played;

async function ask(...scripts: Step[][]): Promise<void> {
  played = await play(...scripts);
  chat = await fixture(html`<rivulet-chat persist="none" endpoint=${played.endpoint}></rivulet-chat>`);
  chat.send('Why?');
}

function thought(number: number, delta: object): Step {
  return { write: `id: ${number}\ndata: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n` };
}

const find = (selector: string) =>
  chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot?.querySelector<HTMLElement>(selector);
const text = () => find('rivulet-answer .text')?.textContent?.trim();
const thoughts = () => find('.thoughts')?.textContent?.trim();
const line = () => find('summary')?.textContent?.trim();
const isOpen = () => find('details')?.hasAttribute('open');
const timeout = { timeout: 15_000 };
const shows = (what: () => unknown, expected: unknown) =>
  waitUntil(() => what() === expected, String(expected), timeout).catch(() =>
    expect(what()).to.equal(expected),
  );

describe('thinking', () => {
  for (const name of ['reasoning_content', 'reasoning'])
    it(`in ${name} is open while it comes, and one line when the answer begins`, async () => {
      await ask([
        thought(1, { content: null, [name]: 'Let me ' }),
        thought(2, { content: '', [name]: 'see.' }),
        { gate: true },
        words(3, 'So.'),
        { gate: true },
        ending(4),
      ]);
      await shows(thoughts, 'Let me see.');
      expect(line()).to.match(/^Thinking… \d+ s$/);
      expect(isOpen()).to.equal(true);
      expect(text()).to.equal('');
      await played.go();
      await shows(text, 'So.');
      await shows(isOpen, false);
      expect(line()).to.match(/^Thought for \d+ s$/);
      await played.go();
      await waitUntil(() => !chat.busy);
      expect(isOpen()).to.equal(false);
    });

  it('stays as the visitor wants it', async () => {
    await ask([thought(1, { reasoning: 'Hm.' }), { gate: true }, words(2, 'So.'), { gate: true }, ending(3)]);
    await shows(thoughts, 'Hm.');
    find('summary')!.click();
    await shows(isOpen, false);
    find('summary')!.click();
    await shows(isOpen, true);
    await played.go();
    await shows(text, 'So.');
    expect(isOpen()).to.equal(true);
    await played.go();
    await waitUntil(() => !chat.busy);
    expect(isOpen()).to.equal(true);
  });

  it('in the text is taken out of it, cut anywhere', async () => {
    const pieces = ['\n<th', 'ink', '>Let ', 'me see.<', '/thi', 'nk>\n', '\nSo.'];
    await ask([
      ...pieces.slice(0, 3).map((piece, index) => words(index + 1, piece)),
      { gate: true },
      ...pieces.slice(3).map((piece, index) => words(index + 4, piece)),
      ending(8),
    ]);
    await shows(thoughts, 'Let');
    expect(text()).to.equal('');
    await played.go();
    await shows(text, 'So.');
    await waitUntil(() => !chat.busy);
    await shows(isOpen, false);
    find('summary')!.click();
    await shows(thoughts, 'Let me see.');
  });

  it('in the text that never ends is shown as that, and nothing failed', async () => {
    await ask(answer('<think>On and', ' on.'), answer('So.'));
    await waitUntil(() => find('.only-thought'), 'it says so', timeout);
    expect(thoughts()).to.equal('On and on.');
    expect(isOpen()).to.equal(true);
    expect(find('.alarm')).to.not.exist;
    find('.only-thought button')!.click();
    await shows(text, 'So.');
  });

  it('that only its end tells from the answer moves there', async () => {
    await ask(answer('Let me see.\n', '</think>', '\n\nSo.'));
    await shows(text, 'So.');
    find('summary')!.click();
    await shows(thoughts, 'Let me see.');
  });

  it('that was cut in the midst of a tag goes on there, once', async () => {
    played = await play(
      [words(1, '<think>Hm.'), words(2, ' Well.</th'), { waitMs: 100 }, { reset: true }],
      [words(3, 'ink>So'), words(4, '.'), ending(5)],
    );
    await setForWidget(played, { limits: { messages: 9, bodyBytes: 99_999 } });
    chat = await fixture(html`<rivulet-chat persist="none" endpoint=${played.endpoint}></rivulet-chat>`);
    chat.send('Why?');
    await shows(text, 'So.');
    find('summary')!.click();
    await shows(thoughts, 'Hm. Well.');
    expect((await played.seen()).requests[1]?.headers['last-event-id']).to.equal('2');
  });

  it('is not sent with the next question', async () => {
    await ask(answer('<think>Hm.</think>So.'), answer('Then.'));
    await shows(text, 'So.');
    await waitUntil(() => !chat.busy);
    chat.send('And?');
    await waitUntil(async () => (await played.seen()).requests.length === 2, 'it was asked', timeout);
    expect((await played.seen()).requests[1]?.body.messages).to.deep.equal([
      { role: 'user', content: 'Why?' },
      { role: 'assistant', content: 'So.' },
      { role: 'user', content: 'And?' },
    ]);
  });

  it('is read by screen readers as something that opens', async () => {
    await ask([thought(1, { reasoning: 'Hm.' }), words(2, 'So.'), ending(3)]);
    await shows(text, 'So.');
    find('summary')!.focus();
    await expect(chat).to.be.accessible();
  });
});

/** Following the newest line: only the reader ends it. */

import { aTimeout, expect, fixture, nextFrame, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { Message } from '../../widget/conversation/message.ts';
import '../../widget/elements/transcript.ts';
import type { RivuletTranscript } from '../../widget/elements/transcript.ts';
import { itNeeds } from '../support/needs.ts';

const itScrollingSteadily = await itNeeds('steady scrolling');

let frame: HTMLElement;
let transcript: RivuletTranscript;
let scroller: HTMLElement;

const left = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
const isAtEnd = () => Math.abs(left()) <= 1;
const down = () => transcript.renderRoot.querySelector<HTMLButtonElement>('.down')!;

function conversation(lines: number, turn = 1): Message[] {
  const content = Array.from({ length: lines }, (_, line) => `Line ${line}`).join('\n\n');
  return [
    { id: `q${turn}`, role: 'user', content: 'Why?' },
    { id: `a${turn}`, role: 'assistant', content, reasoning: '', status: 'streaming' },
  ];
}

/** Until sizes are observed and what follows from them is painted. */
async function painted(): Promise<void> {
  await nextFrame();
  await nextFrame();
  await nextFrame();
}

/** The first line in sight. */
function inSight(): Element {
  const { top } = scroller.getBoundingClientRect();
  const lines = [...transcript.renderRoot.querySelectorAll('.text p')];
  return lines.find(line => line.getBoundingClientRect().top >= top)!;
}

async function grow(lines: number): Promise<void> {
  transcript.messages = conversation(lines);
  await painted();
}

/** As a wheel does it: the event comes before the frame's layout. */
async function scrollUp(pixels: number): Promise<void> {
  await aTimeout(0);
  scroller.scrollTop -= pixels;
  await painted();
}

beforeEach(async () => {
  frame = await fixture(html`<div><rivulet-transcript></rivulet-transcript></div>`);
  Object.assign(frame.style, { display: 'flex', blockSize: '300px', inlineSize: '300px' });
  transcript = frame.querySelector('rivulet-transcript')!;
  await transcript.updateComplete;
  scroller = transcript.renderRoot.querySelector('.scroller')!;
  await grow(40);
  await waitUntil(() => transcript.bottom, 'it comes with the first words', { timeout: 10_000 });
  await painted();
});

describe('the transcript', () => {
  it('leaves who scrolls up right after it has grown where they are', async () => {
    const before = scroller.scrollTop;
    transcript.messages = conversation(80);
    await transcript.updateComplete;
    await transcript.renderRoot.querySelector('rivulet-answer')!.updateComplete;
    scroller.scrollTop = before - 100;
    await painted();
    expect(scroller.scrollTop).to.be.closeTo(before - 100, 1);
    expect(isAtEnd()).to.equal(false);
  });

  it('follows the newest line', async () => {
    expect(isAtEnd()).to.equal(true);
    await grow(80);
    expect(isAtEnd()).to.equal(true);
    expect(down().hidden).to.equal(true);
  });

  it('is there before the frame that shows a new line', async () => {
    transcript.messages = conversation(60);
    await transcript.updateComplete;
    await aTimeout(0);
    expect(isAtEnd()).to.equal(true);
  });

  it('stays where the reader has scrolled to, and offers a way back down', async () => {
    await scrollUp(200);
    const line = inSight();
    const { top } = line.getBoundingClientRect();
    await grow(80);
    expect(line.getBoundingClientRect().top).to.be.closeTo(top, 1);
    expect(down().hidden).to.equal(false);
    down().click();
    await waitUntil(isAtEnd, 'it is at the end', { timeout: 5000 });
    await waitUntil(() => down().hidden, 'the button is gone');
    await grow(120);
    expect(isAtEnd()).to.equal(true);
  });

  it('stays there also when a new line comes before the frame that tells of the scrolling', async () => {
    scroller.scrollTop -= 200;
    const line = inSight();
    const { top } = line.getBoundingClientRect();
    await grow(80);
    expect(line.getBoundingClientRect().top).to.be.closeTo(top, 1);
  });

  it('follows again when the reader comes back to the end', async () => {
    await scrollUp(200);
    scroller.scrollTop = scroller.scrollHeight;
    await painted();
    await grow(80);
    expect(isAtEnd()).to.equal(true);
  });

  itScrollingSteadily(
    'keeps before the reader what they look at, when what is above turns out higher or lower',
    async () => {
      await grow(300);
      for (let step = 0; step < 20; step += 1) {
        await scrollUp(20);
        const seen = inSight();
        const before = seen.getBoundingClientRect().top;
        await scrollUp(120);
        expect(seen.getBoundingClientRect().top, `after step ${step}`).to.be.closeTo(before + 120, 2);
      }
    },
  );

  it('goes on following when it or its text changes size', async () => {
    frame.style.blockSize = '150px';
    await painted();
    expect(isAtEnd()).to.equal(true);
    frame.style.inlineSize = '120px';
    await painted();
    expect(isAtEnd()).to.equal(true);
    await grow(20);
    frame.style.blockSize = '400px';
    await painted();
    await grow(80);
    expect(isAtEnd()).to.equal(true);
  });

  it('stands still while the reader selects text, and follows again afterwards', async () => {
    const line = inSight();
    document.getSelection()!.setBaseAndExtent(line.firstChild!, 0, line.firstChild!, 4);
    await painted();
    const { top } = line.getBoundingClientRect();
    await grow(80);
    expect(line.getBoundingClientRect().top).to.equal(top);
    document.getSelection()!.removeAllRanges();
    scroller.scrollTop = scroller.scrollHeight;
    await painted();
    await grow(120);
    expect(isAtEnd()).to.equal(true);
  });

  it('goes to a new question wherever the reader was', async () => {
    await scrollUp(200);
    transcript.messages = [...conversation(40), ...conversation(3, 2)];
    await painted();
    expect(isAtEnd()).to.equal(true);
  });

  it('goes on following after it was moved in the page', async () => {
    const other = document.createElement('div');
    Object.assign(other.style, { display: 'flex', blockSize: '200px', inlineSize: '300px' });
    frame.append(other);
    other.append(transcript);
    await painted();
    await grow(80);
    expect(isAtEnd()).to.equal(true);
  });
});

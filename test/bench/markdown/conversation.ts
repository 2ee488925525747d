/**
 * A long conversation: `node --import tsx test/bench/markdown/conversation.ts`, with `--messages=1000` and
 * `--rounds=10`.
 *
 * How long the built widget's transcript takes to show it, from its messages to the frame that has them, and what a key
 * in the composer beside it costs, a few seconds later.
 */

import { buildIfStale } from '../../support/clone.mjs';
import { answers } from '../../support/markdown/corpora.ts';
import { launch } from './browser.ts';
import { spentOn } from './main-thread.ts';
import { setting } from './settings.ts';
import { openWidget, widgetFiles } from './widget.ts';
import { startWire } from './wire.ts';

const count = Number(setting('messages', '1000'));
const rounds = Number(setting('rounds', '10'));
const keys = 20;

const messages = Array.from({ length: count }, (_, index) =>
  index % 2 === 0
    ? { id: `${index}`, role: 'user', content: `Question ${index}: how is that done, and why?` }
    : {
        id: `${index}`,
        role: 'assistant',
        content: answers[index % answers.length]!.text,
        reasoning: '',
        status: 'complete',
      },
);

buildIfStale();
const wire = await startWire(widgetFiles('0:0'));
const opened: number[] = [];
const openedOwn: number[] = [];
const idle: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 420, height: 720 } });
  page.on('pageerror', error => console.error(error));
  const composer = await openWidget(page, wire.origin);
  // An answer of nothing, so that there is a transcript.
  await composer.press('Enter');
  await page.waitForTimeout(1000);
  const { longestOwnMs } = await spentOn(page, async () => {
    const ms = await page.evaluate(async messages => {
      const chat = document.querySelector('rivulet-chat')!.shadowRoot!;
      const began = performance.now();
      const transcript = Object.assign(document.createElement('rivulet-transcript'), { messages });
      chat.querySelector('rivulet-transcript')!.replaceWith(transcript);
      await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - began;
    }, messages);
    opened.push(ms);
  });
  openedOwn.push(longestOwnMs);
  await page.waitForTimeout(3000);
  await composer.focus();
  for (let key = 0; key < keys; key += 1) {
    const { longestOwnMs } = await spentOn(page, async () => {
      await page.keyboard.press(key % 8 === 7 ? 'Space' : 'a');
      await page.waitForTimeout(60);
    });
    idle.push(longestOwnMs);
  }
  await browser.close();
}
wire.close();
console.log(
  `${count} messages of ${Math.round(messages.reduce((sum, { content }) => sum + content.length, 0) / 1000)} kB`,
);
console.log(`shown after ms: ${spread(opened)}; longest task, of its own: ${spread(openedOwn)}`);
console.log(`longest task of a key, ms: ${spread(idle)}`);

function spread(values: number[]): string {
  const sorted = values.map(value => value.toFixed(1)).sort((a, b) => Number(a) - Number(b));
  return `median ${sorted[Math.floor(sorted.length / 2)]}, most ${sorted.at(-1)}`;
}

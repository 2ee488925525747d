/**
 * What the colours of a block of code cost: `node --import tsx test/bench/markdown/colours.ts`, with `--slow=4` (times that
 * the processor is slowed), `--lines=400` and `--only=java,html` to choose.
 *
 * Each language has a new browser, which has loaded nothing of its grammar. Measured is from the end of the block, which
 * closes in a transcript, until it has all of its colours. The longest task is by the thread's own clock.
 */

import { answers } from '../../support/markdown/corpora.ts';
import { parse } from '../../support/markdown/parse.ts';
import { openPage } from './browser.ts';
import type * as coloursPage from './colours-page.ts';
import { spentOn } from './main-thread.ts';
import { setting } from './settings.ts';

declare const bench: typeof coloursPage;

const slow = Number(setting('slow', '4'));
const lines = Number(setting('lines', '400'));
/** When no token has got its colour for so long, all have. */
const quietMs = 2000;

const rows: Array<Record<string, string | number>> = [];
for (const language of setting('only', 'java,html,cpp,typescript,python').split(',')) {
  const { page, close } = await openPage(new URL('./colours-page.ts', import.meta.url));
  const devtools = await page.context().newCDPSession(page);
  const end = await page.evaluateHandle(text => bench.show(text), `\`\`\`${language}\n${codeIn(language)}`);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
  let coloured = 0;
  let ms = 0;
  const spent = await spentOn(page, async () => {
    const began = performance.now();
    await end.evaluate(end => end());
    for (let now = 0; now === 0 || performance.now() - began < ms + quietMs; ) {
      await page.waitForTimeout(100);
      now = await page.evaluate(() => bench.coloured());
      if (now > coloured) ms = performance.now() - began;
      coloured = now;
    }
  });
  rows.push({
    language,
    'longest task ms': spent.longestOwnMs.toFixed(0),
    'by the wall': spent.longestMs.toFixed(0),
    'main thread ms': spent.allMs.toFixed(0),
    'script ms': spent.scriptMs.toFixed(0),
    'coloured after ms': ms.toFixed(0),
    'coloured tokens': coloured,
  });
  console.log(JSON.stringify(rows.at(-1)));
  await close();
}
console.table(rows);

/** The code that the realistic answers have in a language, over and over. */
function codeIn(language: string): string {
  const names: Record<string, readonly string[]> = { typescript: ['ts', 'tsx'], javascript: ['js'] };
  const blocks = answers.flatMap(({ text }) =>
    parse(text).children.flatMap(node =>
      node.type === 'code' && [language, ...(names[language] ?? [])].includes(node.info) ? [node.text] : [],
    ),
  );
  const all = blocks.join('\n').split('\n');
  return Array.from({ length: lines }, (_, index) => all[index % all.length]).join('\n');
}

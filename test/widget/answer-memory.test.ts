/** What an answer of any length keeps, and that it lets go of all. */

import { expect, waitUntil } from '@open-wc/testing';
import { AnswerText } from '../../widget/elements/answer-text.ts';
import { kept } from '../support/devtools.ts';
import { answers } from '../support/markdown/browser-corpora.ts';
import { fullRenderer } from '../support/markdown/full-renderer.ts';
import { itNeeds } from '../support/needs.ts';

const itWithDevtools = await itNeeds('devtools');

describe('an answer of 64,000 tokens', () => {
  itWithDevtools('is kept once, and wholly let go with its nodes', async function () {
    this.timeout(40_000);
    const round = `${(await answers()).join('\n\n')}\n\n`;
    const text = round.repeat(Math.ceil(256_000 / round.length)).slice(0, 256_000);
    const before = await kept();
    let container = document.body.appendChild(document.createElement('div'));
    let answer: AnswerText | undefined = new AnswerText(container, fullRenderer);
    // As it comes to the element: each time whole, in a text of its own.
    let content = '';
    for (let start = 0; start < text.length; start += 256) {
      content += text.slice(start, start + 256);
      answer.show('a', content, false);
    }
    answer.show('a', content, true);
    const shown = await kept();
    expect(shown.nodes - before.nodes).to.be.greaterThan(10_000);
    // With a copy of the text for each delta it would be 160 MB.
    expect(shown.heapKB - before.heapKB).to.be.lessThan(60_000);
    answer = undefined;
    content = '';
    container.remove();
    container = document.createElement('div');
    // Colours that are on their way in idle time hold what they colour until then.
    await waitUntil(async () => (await kept()).nodes - before.nodes < 1000, 'the nodes go', {
      timeout: 20_000,
      interval: 500,
    });
    expect((await kept()).heapKB - before.heapKB, 'kB').to.be.lessThan(15_000);
  });
});

/** An answer on screen: the same nodes however it was cut, and what a reader has hold of stays. */

import { expect } from '@open-wc/testing';
import { fullRenderer } from '../support/markdown/full-renderer.ts';
import { answers, cases } from '../support/markdown/browser-corpora.ts';
import { generateAnswer, generateSoup } from '../support/markdown/generate.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

let container: HTMLElement;

beforeEach(() => {
  container = document.body.appendChild(document.createElement('div'));
});

afterEach(() => container.remove());

function show(pieces: Iterable<string>, into: HTMLElement = document.createElement('div')): HTMLElement {
  const renderer = fullRenderer(into);
  for (const piece of pieces) renderer.feed(piece);
  renderer.end();
  return into;
}

/** Equal nodes, down to the cuts between text nodes. */
function expectSame(text: string, pieces: Iterable<string>): void {
  const whole = show([text]);
  const cut = show(pieces);
  if (!cut.isEqualNode(whole)) expect(cut.innerHTML, JSON.stringify(text)).to.equal(whole.innerHTML);
  // The HTML is the same, so only text nodes can be cut otherwise.
  expect(cut.isEqualNode(whole), `the text nodes of ${JSON.stringify(text)}`).to.equal(true);
}

describe('the nodes of an answer', () => {
  it('are the same however a realistic answer is cut', async () => {
    for (const [seed, text] of (await answers()).entries()) {
      expectSame(text, text.split(''));
      expectSame(text, randomCuts(text, seededRandom(seed)));
    }
  });

  it('are the same however the examples of the specifications are cut', async () => {
    for (const { markdown } of [...(await cases('gfm.json')), ...(await cases('own.json'))])
      expectSame(markdown, markdown.split(''));
  });

  it('are the same however generated texts are cut', () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const [answer, soup] = [generateAnswer(seed), generateSoup(seed)];
      expectSame(answer, randomCuts(answer, seededRandom(seed)));
      expectSame(soup, soup.split(''));
    }
  });

  it('are those of what has arrived when the answer stops', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const text = generateAnswer(seed, undefined, 3);
      for (let end = 0; end < text.length; end += 1 + (seed % 3))
        expectSame(text.slice(0, end), randomCuts(text.slice(0, end), seededRandom(end)));
    }
  });
});

describe('while an answer goes on', () => {
  /** Feeds all of it, telling of each element that was there and is not any more. */
  function gone(text: string, selector: string): string[] {
    const renderer = fullRenderer(container);
    const known = new Set<Element>();
    const lost = new Set<string>();
    for (const delta of randomCuts(text, seededRandom(1))) {
      renderer.feed(delta);
      for (const element of container.querySelectorAll(selector)) known.add(element);
      for (const element of known) if (!element.isConnected) lost.add(element.textContent ?? '');
    }
    renderer.end();
    return [...lost];
  }

  it('finished code blocks, tables and headings stay the same elements', async () => {
    for (const text of await answers()) {
      expect(gone(text, 'pre, table, h1, h2, h3, blockquote')).to.deep.equal([]);
      container.replaceChildren();
    }
  });

  it('a selection stays on its text', async () => {
    const renderer = fullRenderer(container);
    renderer.feed('The **first** paragraph.\n\n- an item\n');
    const text = container.querySelector('strong')?.firstChild as Text;
    getSelection()?.setBaseAndExtent(text, 0, text, 5);
    for (const answer of await answers()) renderer.feed(answer);
    renderer.end();
    expect(String(getSelection())).to.equal('first');
  });

  it('a selection in the paragraph that still grows stays', () => {
    const renderer = fullRenderer(container);
    renderer.feed('Some words that are selected');
    const text = document.createTreeWalker(container, NodeFilter.SHOW_TEXT).nextNode() as Text;
    getSelection()?.setBaseAndExtent(text, 5, text, 10);
    // At the end some of it turns out to be something else: first math, then a price; first a link, then not.
    const deltas = [
      ' and',
      ' more',
      ' of *them',
      '* and `code`',
      ' and [a',
      ' link](/u)',
      ' at $5 =',
      ' [a',
      ' b',
      '] $15/month',
    ];
    for (const delta of deltas) renderer.feed(delta);
    renderer.end();
    expect(String(getSelection())).to.equal('words');
  });

  it('the button of a code block keeps the focus', () => {
    const renderer = fullRenderer(container);
    renderer.feed('```js\nlet x = 1;\n');
    const button = container.querySelector('button') as HTMLButtonElement;
    expect(button, 'a button').not.to.equal(null);
    button.focus();
    for (const delta of ['let y', ' = 2;\n', '``', '`\n\nText', '\n\n```py\nx = 1\n```\n', 'end'])
      renderer.feed(delta);
    renderer.end();
    expect(document.activeElement).to.equal(button);
  });

  it('a code block that was scrolled sideways stays so', () => {
    const renderer = fullRenderer(container);
    renderer.feed(`\`\`\`js\n${'let wide = 1; '.repeat(100)}\n`);
    const scroller = container.querySelector('pre') as HTMLElement;
    scroller.style.overflowX = 'auto';
    scroller.scrollLeft = 50;
    const before = scroller.scrollLeft;
    expect(before).to.be.greaterThan(0);
    for (let line = 0; line < 200; line += 1) renderer.feed(`let x${line} = ${line};\n`);
    renderer.feed('```\n\nText.');
    renderer.end();
    expect(scroller.scrollLeft).to.equal(before);
  });

  it('nodes are added, and hardly any is taken away', async () => {
    for (const text of await answers()) {
      let removed = 0;
      let added = 0;
      const observer = new MutationObserver(() => {});
      observer.observe(container, { childList: true, subtree: true });
      const renderer = fullRenderer(container);
      for (const delta of randomCuts(text, seededRandom(2))) renderer.feed(delta);
      renderer.end();
      for (const record of observer.takeRecords()) {
        removed += record.removedNodes.length;
        added += record.addedNodes.length;
      }
      observer.disconnect();
      expect(removed, text.slice(0, 40)).to.be.at.most(added / 5);
      container.replaceChildren();
    }
  });
});

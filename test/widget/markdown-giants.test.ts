/** A block may be as large as it likes: what a delta changes on screen does not grow with what is there already. */

import { expect } from '@open-wc/testing';
import { fullRenderer } from '../support/markdown/full-renderer.ts';

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const giants: Record<string, string> = {
  'a code block': `\`\`\`\n${lines(2000, index => `const value${index} = compute(${index});\n`)}`,
  'a table': `| a | b |\n|---|---|\n${lines(500, index => `| row ${index} | *some* text |\n`)}`,
  'a list': lines(1000, index => `- item **${index}** with text\n`),
  'a loose list': lines(500, index => `- item **${index}** with text\n\n`),
  'a paragraph': lines(500, index => `A sentence with *emphasis*, number ${index}, that goes on. `),
  'a word': 'word'.repeat(5000),
  'many paragraphs': lines(500, index => `Paragraph ${index} with \`code\`.\n\n`),
};

const delta = 64;

/** How many nodes are added, removed or given other text, for each quarter of a text. */
function changes(text: string): number[] {
  const container = document.body.appendChild(document.createElement('div'));
  const observer = new MutationObserver(() => {});
  observer.observe(container, { childList: true, characterData: true, attributes: true, subtree: true });
  const renderer = fullRenderer(container);
  const quarters = [0, 0, 0, 0];
  for (let start = 0; start < text.length; start += delta) {
    renderer.feed(text.slice(start, start + delta));
    const quarter = Math.floor((4 * start) / text.length);
    for (const { type, addedNodes, removedNodes } of observer.takeRecords())
      quarters[quarter] =
        (quarters[quarter] ?? 0) + (type === 'childList' ? addedNodes.length + removedNodes.length : 1);
  }
  observer.disconnect();
  container.remove();
  return quarters;
}

describe('a delta changes no more nodes at the end than at the beginning of', () => {
  for (const [name, text] of Object.entries(giants)) {
    it(name, () => {
      const [first = 0, , , last = 0] = changes(text);
      expect(first).to.be.greaterThan(0);
      expect(last).to.be.at.most(1.5 * first);
    });
  }
});

/** Long lists, tables and answers go into parts: screen readers are told of them as if there were none. */

import { expect, nextFrame } from '@open-wc/testing';
import { markdownStyles } from '../../widget/markdown/styles.ts';
import { type Spoken, spokenPage, withRole } from '../support/devtools.ts';
import { fullRenderer } from '../support/markdown/full-renderer.ts';

let container: HTMLElement;

beforeEach(() => {
  // What is out of sight is not laid out, as in the transcript.
  document.adoptedStyleSheets = [markdownStyles];
  container = document.body.appendChild(document.createElement('div'));
  container.className = 'text';
});

afterEach(() => {
  container.remove();
  document.adoptedStyleSheets = [];
});

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const count = 100;
const upTo = <T>(make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));

/**
 * Streams a text whose end is followed, and asks what a screen reader is told of it. Chromium tells nothing of what was
 * never in sight and may be passed over; what was in sight once it goes on to tell.
 */
async function spokenOf(text: string, role: string): Promise<Spoken[]> {
  const renderer = fullRenderer(container);
  for (let start = 0; start < text.length; start += 64) {
    renderer.feed(text.slice(start, start + 64));
    scrollTo(0, document.body.scrollHeight);
    await nextFrame();
  }
  renderer.end();
  return withRole(await spokenPage(), role);
}

describe('a screen reader is told', () => {
  for (const [kind, blank] of [
    ['tight', ''],
    ['loose', '\n'],
  ]) {
    it(`that a long ${kind} list is one, with the number of every item`, async () => {
      const text = lines(count, index => `${index + 5}. item ${index}\n${blank}`);
      const [list, ...others] = await spokenOf(text, 'list');
      expect(others).to.deep.equal([]);
      expect(list?.children.map(({ role }) => role)).to.deep.equal(upTo(() => 'listitem'));
      expect(withRole([list!], 'ListMarker').map(({ name }) => name.trim())).to.deep.equal(
        upTo(index => `${index + 5}.`),
      );
      expect(withRole([list!], 'StaticText').map(({ name }) => name)).to.deep.equal(
        upTo(index => `item ${index}`),
      );
    });
  }

  it('that a long list with boxes has one in every item', async () => {
    const [list] = await spokenOf(
      lines(count, index => `- [x] item ${index}\n`),
      'list',
    );
    expect(withRole([list!], 'listitem').map(item => withRole([item], 'checkbox').length)).to.deep.equal(
      upTo(() => 1),
    );
  });

  it('that a long table is one, with its headers and all cells of every row', async () => {
    const text = `| a | b |\n|---|---|\n${lines(count, index => `| row ${index} | *text* |\n`)}`;
    const [table, ...others] = await spokenOf(text, 'table');
    expect(others).to.deep.equal([]);
    const [head, ...rows] = withRole([table!], 'row').map(({ children }) =>
      children.map(({ role, name }) => `${role} ${name}`),
    );
    expect(head).to.deep.equal(['columnheader a', 'columnheader b']);
    expect(rows).to.deep.equal(upTo(index => [`cell row ${index}`, 'cell text']));
  });

  it('all of a long answer, in its order', async () => {
    const text = lines(count, index => `# Heading ${index}\n\nParagraph ${index}\n\n`);
    const headings = (await spokenOf(text, 'heading')).map(({ name }) => name);
    expect(headings).to.deep.equal(upTo(index => `Heading ${index}`));
    const said = withRole(await spokenPage(), 'StaticText').map(({ name }) => name);
    const order = upTo(index => [`Heading ${index}`, `Paragraph ${index}`]).flat();
    expect(said.filter(name => /^(Heading|Paragraph) \d/.test(name))).to.deep.equal(order);
  });
});

/** Long tables and lists, which lie in parts, as the browser tells them to screen readers. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import '../../widget/elements/panel.ts';
import type { RivuletPanel } from '../../widget/elements/panel.ts';
import '../../widget/elements/transcript.ts';
import { type Told, told } from '../support/devtools.ts';
import { itNeeds } from '../support/needs.ts';

const itWithDevtools = await itNeeds('devtools');

const numbers = Array.from({ length: 100 }, (_, index) => index + 1);

/** Shows an answer and gives what is told of it. */
async function read(content: string): Promise<Told[]> {
  await show(content);
  return told();
}

/** Shows an answer until all of it is told: Chromium's tree lacks the items that were never in sight. */
async function readScrolling(content: string, role: string, count: number): Promise<Told[]> {
  const renderRoot = await show(content);
  let tree: Told[] = [];
  await waitUntil(
    async () => {
      for (const place of renderRoot.querySelectorAll('.text li:nth-child(8n + 1)')) {
        place.scrollIntoView();
        for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
      }
      tree = await told();
      return all(role, tree).length >= count;
    },
    `${count} of ${role}`,
    { timeout: 10_000 },
  );
  return tree;
}

async function show(content: string): Promise<ParentNode> {
  const panel = await fixture<RivuletPanel>(
    html`<rivulet-panel style="block-size: 500px"
      ><rivulet-transcript
        .messages=${[
          { id: 'q', role: 'user', content: 'Please.' },
          { id: 'a', role: 'assistant', content, reasoning: '', status: 'complete' },
        ]}
      ></rivulet-transcript
    ></rivulet-panel>`,
  );
  const { renderRoot } = panel.querySelector('rivulet-transcript')!;
  await waitUntil(() => renderRoot.querySelector('.part'), 'the parts', { timeout: 10_000 });
  return renderRoot;
}

/** All that have a role, but those inside another that has it. */
function all(role: string, within: readonly Told[]): Told[] {
  return within.flatMap(node => (node.role === role ? [node] : all(role, node.children)));
}

function textOf({ role, name, children }: Told): string {
  return role === 'StaticText' || role === 'ListMarker' ? name : children.map(textOf).join('');
}

describe('a screen reader is told', () => {
  itWithDevtools('of a table of 100 rows as one, with a head and a cell for each column', async () => {
    const rows = numbers.map(number => `| a${number} | **b${number}** |\n`);
    const tables = all('table', await read(`| x | y |\n|---|---|\n${rows.join('')}`));
    expect(tables.length).to.equal(1);
    const [head, ...body] = all('row', tables);
    expect(all('columnheader', head!.children).map(textOf)).to.deep.equal(['x', 'y']);
    expect(body.map(row => all('cell', row.children).map(textOf))).to.deep.equal(
      numbers.map(number => [`a${number}`, `b${number}`]),
    );
  });

  for (const [what, mark] of [
    ['bullets', () => '- '],
    ['numbers', (number: number) => `${number + 6}. `],
  ] as const)
    itWithDevtools(`of a list of 100 ${what} as one, with its items in their order`, async () => {
      const lists = all(
        'list',
        await readScrolling(
          numbers.map(number => `${mark(number)}item ${number}\n`).join(''),
          'listitem',
          100,
        ),
      );
      expect(lists.length).to.equal(1);
      const items = all('listitem', lists);
      expect(items.map(item => textOf(item))).to.deep.equal(
        numbers.map(number => `${what === 'bullets' ? '• ' : mark(number)}item ${number}`),
      );
      // None is in a list within it.
      expect(lists[0]!.children.map(({ role }) => role)).to.deep.equal(numbers.map(() => 'listitem'));
    });
});

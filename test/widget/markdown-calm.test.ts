/** While an answer arrives, what is shown stays, and syntax that has come by half is healed. */

import { expect } from '@open-wc/testing';
import { fullRenderer } from '../support/markdown/full-renderer.ts';
import { answers } from '../support/markdown/browser-corpora.ts';
import { isRestless, type Sight, see, showsRawMarker } from '../support/markdown/shown.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

/** What is on screen after each delta, and in the end. */
function sights(pieces: Iterable<string>): Sight[] {
  const container = document.createElement('div');
  const renderer = fullRenderer(container);
  const seen: Sight[] = [];
  for (const piece of pieces) {
    renderer.feed(piece);
    seen.push(see(container));
  }
  renderer.end();
  return [...seen, see(container)];
}

const text = ({ characters }: Sight) => characters.join('');

describe('an answer that arrives', () => {
  it('is calm: hardly anything vanishes or changes, hardly any marker shows', async () => {
    let frames = 0;
    let restless = 0;
    let raw = 0;
    for (const [seed, answer] of (await answers()).entries()) {
      const seen = sights(randomCuts(answer, seededRandom(seed)));
      const final = seen.at(-1) as Sight;
      for (const [index, sight] of seen.slice(0, -1).entries()) {
        frames += 1;
        if (isRestless(sight, seen[index + 1] as Sight)) restless += 1;
        if (showsRawMarker(sight, final)) raw += 1;
      }
    }
    expect(frames).to.be.greaterThan(10_000);
    expect(restless / frames).to.be.at.most(0.015);
    expect(raw / frames).to.be.at.most(0.04);
  });

  const healed: Array<[promise: string, arrived: string, shown: string, element?: string]> = [
    ['an open strong', 'a **bold', 'abold', 'strong'],
    ['a run that may open or close', 'a **', 'a'],
    ['half a closing run', 'a **bold*', 'abold', 'strong'],
    ['open emphasis', 'a *word', 'aword', 'em'],
    ['an open code span', 'a `code', 'acode', 'code'],
    ['open strikethrough', 'a ~~gone', 'agone', 'del'],
    ['half a link', 'a [link', 'alink'],
    ['a link whose address has come by half', 'a [link](https://exa', 'alink'],
    ['the first row of a table', '| one | two', 'onetwo', 'table'],
    ['half a delimiter row', '| one | two |\n|--', 'onetwo', 'table'],
    ['half a row', '| one | two |\n|---|---|\n| three', 'onetwothree', 'table'],
    ['half a fence', 'a\n\n``', 'a'],
    ['a fence that is open', '```js\nlet x', 'letx', 'pre'],
    ['a number that may begin a list', 'a\n\n1', 'a'],
    ['a dash that may begin a list', 'a\n\n-', 'a'],
    ['hashes that may begin a heading', 'a\n\n##', 'a'],
    ['half an entity', 'a &am', 'a'],
    ['half a definition', 'a\n\n[b]: https://exa', 'a'],
    ['an open formula', 'a \\(x^2', 'ax^2'],
  ];
  for (const [promise, arrived, shown, element] of healed) {
    it(`heals ${promise}`, () => {
      const container = document.createElement('div');
      fullRenderer(container).feed(arrived);
      expect(text(see(container))).to.equal(shown);
      if (element) expect(container.querySelector(element), element).not.to.equal(null);
    });
  }
});

/** The chat looks as it did, in states and themes that are kept as small pictures: test/visual/references.ts. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowserWithWindows } from '../support/browser.ts';
import { difference, nameOf, references } from '../visual/references.ts';
import { Stage } from '../visual/stage.ts';
import { stateOf } from '../visual/states.ts';

/** Of all points: a tenth of what a button changes that has moved by its quarter. */
const MOST = 0.0008;

let browser: Browser;
let stage: Stage;

before(async () => {
  browser = await launchBrowserWithWindows();
  stage = await Stage.open(browser);
});

after(async () => {
  await stage.close();
  await browser.close();
});

for (const reference of references)
  test(`${nameOf(reference)} looks as it did; where that is wanted otherwise: npm run shots -- --references`, async () => {
    const picture = await stage.shoot(stateOf(reference.state), reference.look);
    const share = await difference(browser, reference, picture);
    assert.ok(share <= MOST, `${(share * 100).toFixed(2)} % of it is different`);
  });

/** What somebody could do to the chat by mistake, and how much of a picture differs then. */
async function differenceWith(css: string, ofState: string): Promise<number> {
  const reference = references.find(({ state }) => state === ofState);
  const state = stateOf(ofState);
  const play = async (page: Page) => {
    await state.play?.(page);
    await page.addStyleTag({ content: css });
  };
  return difference(browser, reference!, await stage.shoot({ ...state, play }, reference!.look));
}

test('a button that moves by 10 px is noticed', async () => {
  assert.ok((await differenceWith('rivulet-chat::part(send) { translate: -10px }', 'failed')) > MOST);
});

test('an accent that gets lost is noticed', async () => {
  assert.ok((await differenceWith('rivulet-chat { --rivulet-accent: #777 }', 'launcher')) > MOST);
});

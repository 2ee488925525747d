/** What axe finds in a page of an end-to-end test. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 up to AA, and what its makers hold to be good. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Each finding in a line: the rule, where, and why. Motion is to be over. */
export async function axeFinds(page: Page, within: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  return page.evaluate(
    async ([within, tags]) => {
      const { axe } = globalThis as unknown as {
        axe: { run(within: string, options: RunOptions): Promise<AxeResults> };
      };
      const { violations } = await axe.run(within, {
        runOnly: tags as string[],
        resultTypes: ['violations'],
        elementRef: false,
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
      );
    },
    [within, tags] as const,
  );
}

/** In the light, in the dark and on 320 px, where all of it fits, also from right to left. The page stays like that. */
export async function shutsNobodyOut(page: Page): Promise<void> {
  const isWhole = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  assert.deepEqual(await axeFinds(page, 'body'), []);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await axeFinds(page, 'body'), []);
  await page.setViewportSize({ width: 320, height: 640 });
  assert.deepEqual(await axeFinds(page, 'body'), []);
  assert.ok(await isWhole());
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  assert.ok(await isWhole());
}

/** The widget as it is built, in a page of its own, up to where a question can be sent. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../support/clone.mjs';

/** The built files, and `/rivulet/`, a page whose chat asks a model. */
export function widgetFiles(model: string): Map<string, string | Buffer> {
  const folder = join(root, 'dist/widget');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(file => file.isFile());
  return new Map<string, string | Buffer>([
    ['/rivulet/', widgetPage(model)],
    ...files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length), readFileSync(path)] as const;
    }),
  ]);
}

export function widgetPage(model: string): string {
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">
    <style>body { margin: 0 } rivulet-chat { height: 720px }</style>
    <body><rivulet-chat mode="inline" model="${model}"></rivulet-chat><script src="/widget.js"></script></body></html>`;
}

/** Opens it and types; Enter sends. What only an answer needs is loaded then, as it is when someone has typed. */
export async function openWidget(page: Page, origin: string): Promise<Locator> {
  await page.goto(`${origin}/rivulet/`);
  const composer = page.locator('rivulet-composer textarea');
  await composer.fill('Hello');
  await page.waitForFunction(() => customElements.get('rivulet-transcript'));
  return composer;
}

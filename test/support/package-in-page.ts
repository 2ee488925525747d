/** Pages that use the package without a bundler: an import map, and its files as the build made them. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './clone.mjs';

/** Goes into the page, before its modules. */
export const importMap = `<script type="importmap">${JSON.stringify({
  imports: {
    'rivulet-chat': '/dist/npm/standalone.js',
    'rivulet-chat/client': '/dist/npm/client.js',
    'rivulet-chat/conversation': '/dist/npm/conversation.js',
    'rivulet-chat/markdown': '/dist/npm/markdown.js',
    'eventsource-parser': '/node_modules/eventsource-parser/dist/index.js',
  },
})}</script>`;

/**
 * @param origin of the page
 * @param files that the page has written, by their paths; others are the project's
 */
export async function serveScripts(
  page: Page,
  origin: string,
  files: Record<string, string> = {},
): Promise<void> {
  const contentType = 'text/javascript';
  await page.route(`${origin}/**/*.js`, async route => {
    const { pathname } = new URL(route.request().url());
    const body = files[pathname] ?? (await readFile(join(root, pathname), 'utf8'));
    await route.fulfill({ contentType, body });
  });
}

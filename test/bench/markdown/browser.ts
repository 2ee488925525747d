/** A real browser with a page that runs one of our modules, for benchmarks. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type Plugin, type Rollup } from 'vite';
import { ensureBrowser } from '../../support/system.mjs';

export interface BrowserPage {
  readonly page: Page;
  close(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc',
  // What others fetch from elsewhere, as fonts, is not measured.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const bundles = new Map<string, Promise<Map<string, string>>>();

/** Bundles a module as for production, and opens a page where what it exports is `globalThis.bench`. */
export async function openPage(entry: URL, plugins: Plugin[] = []): Promise<BrowserPage> {
  const bundling = bundles.get(entry.href) ?? bundle(fileURLToPath(entry), plugins);
  bundles.set(entry.href, bundling);
  const files = await bundling;
  const server = createServer((request, response) => {
    const code = files.get(request.url?.slice(1) ?? '');
    response.setHeader('content-type', code === undefined ? 'text/html; charset=utf-8' : 'text/javascript');
    response.end(code ?? '<!doctype html><meta name="viewport" content="width=device-width"><body></body>');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 420, height: 720 } });
  page.on('pageerror', error => console.error(error));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate("import('/entry.js').then(module => void (globalThis.bench = module))");
  return {
    page,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: flags });
}

/** A module and all that it imports, as for production: `entry.js` and its chunks. */
export async function bundle(entry: string, plugins: Plugin[] = []): Promise<Map<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    plugins,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'entry.js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const { output } = (Array.isArray(built) ? built[0] : built) as Rollup.RollupOutput;
  return new Map(
    output.flatMap(file => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])),
  );
}

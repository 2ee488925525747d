/** The examples that are pages: built as a project with Vite would build them, and shown by its preview. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { build, type InlineConfig, type Plugin, preview } from 'vite';
import solid from 'vite-plugin-solid';

const root = import.meta.dirname;

/** Gives the address of the site: each page is in a folder of its name. */
export async function startPages(names: readonly string[], proxy: string): Promise<string> {
  // In development, React and Vue say what they do not like, and React's strict mode does all twice.
  process.env.NODE_ENV = 'development';
  const outDir = mkdtempSync(join(tmpdir(), 'rivulet-examples-'));
  process.once('exit', () => rmSync(outDir, { recursive: true }));
  const config: InlineConfig = {
    root,
    configFile: false,
    mode: 'development',
    appType: 'mpa',
    logLevel: 'error',
    publicDir: false,
    plugins: [
      // Each framework's project has one of these lines.
      vue({ template: { compilerOptions: { isCustomElement: tag => tag === 'rivulet-chat' } } }),
      svelte({ configFile: false }),
      solid({ include: '**/solid/*.tsx' }),
      yourProxy(proxy),
    ],
    build: {
      target: 'es2022',
      minify: false,
      outDir,
      rolldownOptions: { input: names.map(name => join(root, name, 'index.html')) },
    },
    preview: { host: 'localhost' },
  };
  await build(config);
  const server = await preview(config);
  return server.resolvedUrls!.local[0]!;
}

/** The examples are written as the README is: this puts the proxy that is there into the place of the reader's. */
function yourProxy(url: string): Plugin {
  const replaced = (text: string) => text.replaceAll('https://your-proxy.example', url);
  return {
    name: 'your-proxy',
    transform: code => replaced(code),
    transformIndexHtml: { order: 'pre', handler: replaced },
  };
}

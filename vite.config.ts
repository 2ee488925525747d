/**
 * Three builds, by mode: `widget`, the script tag's file and its chunks, which the proxy serves; `npm`, the
 * package for bundlers; `demo`, the demo page.
 */

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';
import { tightScripts, tightTemplates } from './vite.tight.ts';
import { constructedSheets, withoutUnused } from './vite.unused.ts';

const target = 'es2022';

export default defineConfig(({ mode }): UserConfig => {
  switch (mode) {
    case 'widget':
      return widget;
    case 'npm':
      return npm;
    case 'demo':
      return demo;
    default:
      // The demo page with the widget's sources, for work on them.
      return { ...demo, define: { CHAT_FILE: '"./chat.ts"' } };
  }
});

/** `widget.js`, and below `widget/` what it loads: those names have a hash and may be cached for ever. */
const widget: UserConfig = {
  plugins: [
    constructedSheets(),
    withoutUnused(),
    tightTemplates(),
    tightScripts(),
    scriptTag(),
    precompressed(),
  ],
  build: {
    target,
    outDir: 'dist/widget',
    emptyOutDir: true,
    copyPublicDir: false,
    lib: { entry: { chat: 'widget/chat.ts' }, formats: ['es'] },
    rolldownOptions: {
      // What the chat shares with its later chunks stays in its own file: one request less.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        // The minifier leaves notes for other bundlers, and this is the last one.
        comments: false,
        entryFileNames: 'widget/[name]-[hash].js',
        chunkFileNames: 'widget/[name]-[hash].js',
      },
    },
  },
};

const npm: UserConfig = {
  plugins: [tightTemplates()],
  build: {
    target,
    outDir: 'dist/npm',
    emptyOutDir: true,
    copyPublicDir: false,
    minify: false,
    lib: { entry: { index: 'widget/index.ts' }, formats: ['es'] },
    rolldownOptions: {
      external: [/^lit($|\/)/, /^eventsource-parser($|\/)/, /^idb($|\/)/],
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
};

const demo: UserConfig = {
  root: 'demo',
  // The proxy may be under a path of its own, and the pages find all by their own address.
  base: './',
  plugins: [precompressed()],
  build: {
    target,
    outDir: '../dist/demo',
    emptyOutDir: true,
    rolldownOptions: {
      input: ['index.html', 'embed.html', 'status.html'].map(page => `${import.meta.dirname}/demo/${page}`),
    },
  },
};

/**
 * Adds `widget.js`. It is a bundle of its own, as a chunk shared with the chat would put an `import` statement
 * into it, which a classic script may not have; and it is told the chat's file by name.
 */
function scriptTag(): Plugin {
  return {
    name: 'script-tag',
    async generateBundle(_, bundle) {
      const chat = Object.values(bundle).find(file => file.type === 'chunk' && file.isEntry);
      if (!chat) throw new Error('The build has no chat.');
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        plugins: [tightTemplates(), tightScripts()],
        define: { CHAT_FILE: JSON.stringify(`./${chat.fileName}`) },
        build: {
          target,
          write: false,
          copyPublicDir: false,
          // In a function of its own: a classic script's variables would be the page's.
          lib: { entry: 'widget/loader.ts', formats: ['iife'], name: 'rivulet' },
          rolldownOptions: { output: { minify: true } },
        },
      });
      const [output] = [built].flat();
      if (!output || !('output' in output)) throw new Error('The build has no script tag.');
      const { code } = output.output[0];
      if (/\bimport\s*[{"'*.]|\bexport\b/.test(code)) throw new Error('widget.js is not a classic script.');
      this.emitFile({ type: 'asset', fileName: 'widget.js', source: code });
    },
  };
}

/** Writes a `.br` and a `.gz` beside each file that is worth it, so that the server compresses nothing. */
function precompressed(): Plugin {
  return {
    name: 'precompressed',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(js|css|html|svg)$/.test(file.fileName)) continue;
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
          const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.br`,
            source: brotliCompressSync(bytes, best),
          });
          this.emitFile({
            type: 'asset',
            fileName: `${file.fileName}.gz`,
            source: gzipSync(bytes, { level: 9 }),
          });
        }
      },
    },
  };
}

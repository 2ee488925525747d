/**
 * Four builds, by mode: `widget`, the script tag's file and its chunks, which the proxy serves; `npm`, the
 * package for bundlers; `standalone`, the same in one file; `demo`, the demo page.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { build, defineConfig, type Plugin, type UserConfig } from 'vite';
import { oneChunk } from './vite.chunks.ts';
import { withoutFacades } from './vite.facades.ts';
import { manifest } from './vite.manifest.ts';
import { precompressed } from './vite.precompressed.ts';
import { settings } from './vite.settings.ts';
import { tightScripts, tightTemplates } from './vite.tight.ts';
import { constructedSheets, withoutUnused } from './vite.unused.ts';

const target = 'es2022';
const sources = `${import.meta.dirname}/widget`;

export default defineConfig(({ mode }): UserConfig => {
  switch (mode) {
    case 'widget':
      return widget;
    case 'npm':
      return npm;
    case 'standalone':
      return standalone;
    case 'demo':
      return demo;
    default:
      // The demo page with the widget's sources, for work on them.
      return {
        ...demo,
        define: {
          CHAT_FILE: '"./chat.ts"',
          LANGUAGES_FILE: '"./languages.ts"',
          TEASER_FILE: '"./forms/teaser.ts"',
        },
      };
  }
});

/** `widget.js`, and below `widget/` what it loads: those names have a hash and may be cached for ever. */
const widget: UserConfig = {
  plugins: [
    constructedSheets(),
    withoutUnused(),
    tightTemplates(),
    tightScripts(),
    withoutFacades(),
    scriptTag(),
    themes(),
    precompressed(),
  ],
  build: {
    target,
    outDir: 'dist/widget',
    emptyOutDir: true,
    copyPublicDir: false,
    license: { fileName: 'licenses.md' },
    lib: { entry: { chat: 'widget/chat.ts' }, formats: ['es'] },
    rolldownOptions: {
      // What the chat shares with its later chunks stays in its own file: one request less.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        // The minifier leaves notes for other bundlers, and this is the last one.
        comments: false,
        codeSplitting: oneChunk('answering', `${sources}/answering.ts`, `${sources}/chat.ts`),
        // All of their names stand in the first two: 64 kinds of characters, or more of them, would be more bytes.
        hashCharacters: 'hex',
        entryFileNames: 'widget/[name]-[hash:7].js',
        chunkFileNames: 'widget/[name]-[hash:7].js',
      },
    },
  },
};

/** What each entry of the package exports, and what only some of them need in chunks beside it. */
const entries = ['index', 'no-dom', 'client', 'conversation', 'markdown'];

const npm: UserConfig = {
  plugins: [tightTemplates(), manifest()],
  build: {
    target,
    outDir: 'dist/npm',
    emptyOutDir: true,
    copyPublicDir: false,
    license: { fileName: 'licenses.md' },
    minify: false,
    lib: { entry: Object.fromEntries(entries.map(name => [name, `widget/${name}.ts`])), formats: ['es'] },
    rolldownOptions: {
      external: [/^lit($|\/)/, /^eventsource-parser($|\/)/, /^idb($|\/)/],
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
};

/** All of it in one file that can be put anywhere, but for what reads PDFs, which is two thirds of it. */
const standalone: UserConfig = {
  plugins: [constructedSheets(), withoutUnused(), tightTemplates(), importedWhenUsed('unpdf/pdfjs')],
  build: {
    target,
    outDir: 'dist/npm',
    emptyOutDir: false,
    copyPublicDir: false,
    license: { fileName: 'standalone-licenses.md' },
    lib: { entry: { standalone: 'widget/index.ts' }, formats: ['es'] },
    rolldownOptions: {
      output: { minify: true, comments: false, codeSplitting: false },
    },
  },
};

const demo: UserConfig = {
  root: 'demo',
  // The proxy may be under a path of its own, and the pages find all by their own address.
  base: './',
  plugins: [settings(), precompressed()],
  // By the names that the package has for them.
  resolve: {
    alias: {
      'rivulet-chat/client': `${sources}/client.ts`,
      'rivulet-chat/markdown': `${sources}/markdown.ts`,
    },
  },
  build: {
    target,
    outDir: '../dist/demo',
    emptyOutDir: true,
    rolldownOptions: {
      input: [
        ...['index.html', 'embed.html', 'theming.html', 'status.html'],
        ...['race.html', 'playground.html', 'stage.html'],
      ].map(page => `${import.meta.dirname}/demo/${page}`),
    },
  },
};

/** Leaves a module to be found when it is first used: by an import map, or not at all. */
function importedWhenUsed(id: string): Plugin {
  return {
    name: 'imported-when-used',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source !== id) return null;
      return importer?.startsWith('\0') ? { id, external: true } : `\0${id}`;
    },
    load: resolved =>
      resolved === `\0${id}` ? `export const { getDocument } = await import('${id}');` : null,
  };
}

/**
 * Adds `widget.js`. It is a bundle of its own, as a chunk shared with the chat would put an `import` statement
 * into it, which a classic script may not have; and it is told by name the files that it loads.
 */
function scriptTag(): Plugin {
  return {
    name: 'script-tag',
    async generateBundle(_, bundle) {
      const chat = Object.values(bundle).find(file => file.type === 'chunk' && file.isEntry);
      const named = (name: string) =>
        Object.values(bundle).find(file => file.type === 'chunk' && file.name === name);
      const [languages, teaser] = [named('languages'), named('teaser')];
      if (!chat || !languages || !teaser) throw new Error('The build has no chat, languages or teaser.');
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        plugins: [tightTemplates(), tightScripts()],
        define: {
          CHAT_FILE: JSON.stringify(`./${chat.fileName}`),
          LANGUAGES_FILE: JSON.stringify(`./${languages.fileName}`),
          TEASER_FILE: JSON.stringify(`./${teaser.fileName}`),
        },
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

/** The ready themes, by names that stay: pages link to them. */
function themes(): Plugin {
  return {
    name: 'themes',
    generateBundle() {
      for (const name of readdirSync(`${sources}/themes`))
        this.emitFile({
          type: 'asset',
          fileName: `widget/themes/${name}`,
          source: readFileSync(`${sources}/themes/${name}`),
        });
    },
  };
}

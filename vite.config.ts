/**
 * Three builds, by mode: `widget`, the script tag's file and its chunks, which the proxy serves; `npm`, the
 * package for bundlers; `demo`, the demo page.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { build, defineConfig, type Plugin, type UserConfig, Visitor } from 'vite';

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
    lib: { entry: { index: 'widget/index.ts', 'no-dom': 'widget/no-dom.ts' }, formats: ['es'] },
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

/**
 * Takes out of Lit what makes style sheets of text, and `<style>` elements where a browser has no constructed sheets:
 * widget/styles/css.ts makes all sheets, and needs such a browser anyway.
 */
function constructedSheets(): Plugin {
  return {
    name: 'constructed-sheets',
    enforce: 'pre',
    transform: {
      filter: { id: /\/@lit\/reactive-element\/css-tag\.js$/ },
      handler: () => `
        export const getCompatibleStyle = sheet => sheet;
        export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
        // Lit exports them again, and nobody imports them.
        export let css, unsafeCSS, CSSResult, supportsAdoptingStyleSheets;
      `,
    },
  };
}

/**
 * What the widget never uses of its libraries, and a minifier cannot know to be unused: each text of theirs, and what
 * stands in its place. Lit's decorators, `useDefault`, attributes of JSON, hydration, polyfills and lists of versions;
 * the parser's `reset()`, and its callbacks and errors that nobody hears.
 */
const unused: Record<string, ReadonlyArray<readonly [text: string, instead: string]>> = {
  '@lit/reactive-element/reactive-element.js': [
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
    [
      'i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),',
      '(this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),',
    ],
    ['r??this._$Ej?.get(e)??r', 'r'],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    [',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0)', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    ['break;case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    ['break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    [',p=a.reactiveElementPolyfillSupport', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  ],
  'lit-html/lit-html.js': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3")', ''],
  ],
  'lit-element/lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i})', ''],
    ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
  ],
  'eventsource-parser/dist/parse.js': [
    [
      'const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;',
      'const { maxBufferSize, onError, onEvent } = config; let onComment, onId, onRetry;',
    ],
    ['return { feed, reset };', 'return { feed };'],
    [
      'Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.',
      '',
    ],
    ['Buffered data exceeded max buffer size of ${maxBufferSize} characters', ''],
    [
      'onError(new ParseError(`Invalid \\`retry\\` value: "${value}"`, {\n                        type: \'invalid-retry\',\n                        value,\n                        line,\n                    }))',
      'void 0',
    ],
    [
      'onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}…` : field}"`, { type: \'unknown-field\', field, value, line }))',
      'void 0',
    ],
  ],
};

/** Takes that out. Another version of a library is to be looked at: what is not found there is an error. */
function withoutUnused(): Plugin {
  return {
    name: 'without-unused',
    enforce: 'pre',
    transform: {
      filter: { id: /\/node_modules\/(@?lit|eventsource-parser)/ },
      handler(code, id) {
        for (const [text, instead] of unused[id.split('/node_modules/').at(-1) ?? ''] ?? []) {
          if (!code.includes(text)) throw new Error(`${id} has changed, and has no “${text}”.`);
          code = code.replace(text, () => instead);
        }
        return code;
      },
    },
  };
}

/** Takes out of the widget's templates what no browser needs: minifiers leave template literals alone. */
function tightTemplates(): Plugin {
  const tighten: Record<string, (text: string) => string> = {
    css: tightStyles,
    html: tightMarkup,
    svg: tightMarkup,
  };
  return {
    name: 'tight-templates',
    enforce: 'pre',
    transform: {
      filter: { id: /\/widget\/.*\.ts$/ },
      handler(code) {
        const texts: Array<{ start: number; long: string; short: string }> = [];
        const visitor = new Visitor({
          TaggedTemplateExpression({ tag, quasi }) {
            const shorten = tag.type === 'Identifier' ? tighten[tag.name] : undefined;
            if (!shorten) return;
            // A text's own start is at the backtick or brace before it.
            for (const { start, value } of quasi.quasis)
              texts.push({ start: start + 1, long: value.raw, short: shorten(value.raw) });
          },
        });
        visitor.visit(this.parse(code, { lang: 'ts' }));
        // From the last to the first, as each moves what is after it.
        texts.sort((one, other) => other.start - one.start);
        for (const { start, long, short } of texts)
          code = code.slice(0, start) + short + code.slice(start + long.length);
        return code;
      },
    },
  };
}

/** Custom properties that only the widget's own styles know: their names are for who reads the sources. */
const privateProperties = [
  ...new Set(sourcesOf(`${import.meta.dirname}/widget`).match(/--_[a-z0-9-]+/g)),
].sort();

function sourcesOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts'),
  );
  return files.map(file => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
}

function tightStyles(css: string): string {
  return css
    .replace(/--_[a-z0-9-]+/g, name => `--_${privateProperties.indexOf(name).toString(36)}`)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>~]) ?/g, '$1')
    .replace(/([:(]) /g, '$1')
    .replace(/ \)/g, ')')
    .replace(/;}/g, '}')
    .replace(/\b0\.(?=\d)/g, '.')
    .trim();
}

/** A run of white space is one space, and none between tags: no text in the templates would look otherwise for it. */
function tightMarkup(html: string): string {
  return html.replace(/\s+/g, ' ').replace(/ >/g, '>').replace(/> </g, '><');
}

/** Makes scripts a few per cent smaller than the bundler's own minifier leaves them. */
function tightScripts(): Plugin {
  return {
    name: 'tight-scripts',
    async generateBundle({ format }, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const { code } = await minify(file.code, {
          module: format === 'es',
          ecma: 2020,
          compress: {
            passes: 4,
            keep_fargs: false,
            pure_getters: true,
            unsafe_arrows: true,
            unsafe_methods: true,
          },
          // Lit's own names for what is private to it, and it is whole in the chat's file.
          mangle: { properties: { regex: /^_\$/ } },
        });
        if (code === undefined) throw new Error(`${file.fileName} is empty.`);
        file.code = code;
      }
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

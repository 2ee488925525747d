/** Makes the widget's files smaller than the bundler's own minifier leaves them. */

import { readdirSync, readFileSync } from 'node:fs';
import { minify } from 'terser';
import { type Plugin, Visitor } from 'vite';

/** Takes out of the widget's templates what no browser needs: minifiers leave template literals alone. */
export function tightTemplates(): Plugin {
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
export function tightScripts(): Plugin {
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

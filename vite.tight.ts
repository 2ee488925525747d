/** Makes the widget's files smaller than the bundler's own minifier leaves them. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { minify } from 'terser';
import { getDefaultLibFilePath } from 'typescript';
import { type Plugin, Visitor } from 'vite';

/** The end of a markup's text before an expression that is not the whole of an attribute: the built Lit knows none such. */
const PART = /=(?:"[^"]*|'[^']*|[^\s"'>]+)$/;

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
            const kind = tag.type === 'Identifier' ? tag.name : '';
            const shorten = tighten[kind];
            if (!shorten) return;
            for (const { value } of quasi.quasis.slice(0, -1))
              if (kind !== 'css' && PART.test(value.raw))
                throw new Error(`An attribute is one expression, and this a part of one: ${value.raw}`);
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

/**
 * A run of white space is one space, and none between tags: no text in the templates would look otherwise for it. A value
 * of one word needs no quotes.
 */
function tightMarkup(html: string): string {
  return html
    .replace(/\s+/g, ' ')
    .replace(/ >/g, '>')
    .replace(/> </g, '><')
    .replace(/="([\w,.-]+)"(?=[ >])/g, '=$1');
}

/**
 * Names by which only the sources call something that is theirs, or Lit's own: properties of objects that are on no wire, in no
 * storage, in no string, that no file exports and the platform does not know (the build sees to the last three). There they have
 * shorter ones, the same in all its files.
 */
const privateNames = [
  // Of Lit.
  'addController converter createProperty createRenderRoot ctor elementProperties elementStyles enableUpdating',
  'finalize finalizeStyles firstUpdated hasUpdated hostConnected hostDisconnected hostUpdate hostUpdated',
  'isUpdatePending performUpdate removeController renderOptions renderRoot requestUpdate scheduleUpdate',
  'willUpdate',
  // Of what reads answers.
  'addDecoded addText alive around beginLine brackets canClose canNest canOpen charAfter charBefore containers',
  'createHeading createLabels createParagraph delimiters endLine examined feed follow going heal indent inlines',
  'interrupts isAnew isComplete isFilled isInParagraph isNew isParagraph keyOf matched meet openers ownsBlankLines',
  'pair pairFrom passColumns reader readIndented readTask reread runAt settled siblings skip starts takeRevised',
  'textIn tight underline updateFrom views waits want wantsMore',
  // Of the chat.
  'allowedTools build callsTool chosen closes companion halt hasSessions inviting isBlank',
  'known lacksCode leave loadResuming makes opens perform receive resumes settle tell told whole',
].flatMap(names => names.split(' '));
const anyName = privateNames.join('|');

/** Throws where one of them is the platform's as well: a property, or an option of a method. */
function refusePlatformNames(): void {
  const folder = dirname(getDefaultLibFilePath({}));
  const platform =
    readFileSync(`${folder}/lib.dom.d.ts`, 'utf8') + readFileSync(`${folder}/lib.es5.d.ts`, 'utf8');
  const found = new RegExp(`^ +(?:readonly |[gs]et )?(${anyName})\\??[:(<]`, 'm').exec(platform);
  if (found) throw new Error(`${found[1]} is a name of the platform: it cannot be renamed.`);
}

/** Characters. Of a library that is larger, a hundredth is not worth a minute of every build. */
const LARGEST = 1_000_000;

const order = ['chat', 'answering'];
const orderOf = ({ name }: { name: string }) => (order.includes(name) ? order.indexOf(name) : order.length);

/** Makes scripts a few per cent smaller than the bundler's own minifier leaves them. */
export function tightScripts(): Plugin {
  return {
    name: 'tight-scripts',
    buildStart: refusePlatformNames,
    async generateBundle({ format }, bundle) {
      let names = {};
      // The same names in every build, and the shortest in what is loaded first.
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk');
      chunks.sort((one, other) => orderOf(one) - orderOf(other) || (one.name < other.name ? -1 : 1));
      for (const file of chunks) {
        if (file.code.length > LARGEST) continue;
        // As a text, or as what a template sets.
        const found = new RegExp(`["'\`](${anyName})["'\`]|[.?@](${anyName})=\\$\\{`).exec(file.code);
        const inString = found?.[1] ?? found?.[2];
        if (inString) throw new Error(`${file.fileName} has ${inString} in a string: it cannot be renamed.`);
        const exported = file.exports.find(name => privateNames.includes(name));
        if (exported) throw new Error(`${file.fileName} exports ${exported}: it cannot be renamed.`);
        const module = format === 'es';
        const nameCache = { props: names };
        const renamed = await minify(file.code, {
          module,
          nameCache,
          compress: false,
          // Lit's own names for what is private to it begin with these two.
          mangle: { properties: { regex: new RegExp(`^(_\\$|(${anyName})$)`) } },
        });
        names = nameCache.props;
        const { code } = await minify(renamed.code ?? '', {
          module,
          ecma: 2020,
          compress: {
            booleans: false,
            passes: 4,
            keep_fargs: false,
            pure_getters: true,
            unsafe_arrows: true,
            unsafe_methods: true,
          },
        });
        if (code === undefined) throw new Error(`${file.fileName} is empty.`);
        file.code = code;
      }
    },
  };
}

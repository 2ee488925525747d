// @ts-check
/**
 * `npm run size`: what a page downloads until the launcher shows, until a visitor can type, and until an answer is
 * rendered; and the Markdown engine by itself. Brotli at its best quality; 1 kB is 1000 bytes. Which files that are is read from the imports in the build.
 */

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, parseAst } from 'vite';
import { buildIfStale, root } from '../support/clone.mjs';

buildIfStale();

const loader = join(root, 'dist/widget/widget.js');
// What it loads besides is for pages in another language than English.
const chat = importsOf(loader).lazy.filter(file => /^chat-/.test(basename(file)));
const typing = withStaticImports([loader, ...chat]);
// The module widget/answering.ts: it is asked for when a visitor begins to type. Other lazy chunks are for few or for later.
const answering = typing
  .flatMap(file => importsOf(file).lazy)
  .filter(file => /^answering\b/.test(basename(file)));
if (chat.length === 0 || answering.length === 0) {
  throw new Error(
    'The build has changed its shape: widget.js loads no chat, or the chat no chunk called answering.',
  );
}

const budgets = [
  { until: 'the launcher shows', files: withStaticImports([loader]), budget: 5000 },
  { until: 'a visitor can type', files: typing, budget: 18_000 },
  { until: 'an answer is rendered', files: withStaticImports([...typing, ...answering]), budget: 30_000 },
];

console.table(budgets.at(-1)?.files.map(file => ({ file: relative(root, file), brotli: kB(size(file)) })));
const rows = budgets.map(({ until, files, budget }) => {
  const sum = files.reduce((bytes, file) => bytes + size(file), 0);
  return { until, files: files.length, brotli: sum, budget, left: budget - sum };
});
const engine = brotliCompressSync(await markdownEngine()).length;
rows.push({
  until: 'alone: the Markdown engine without its lazy parts',
  files: 1,
  brotli: engine,
  budget: 10_000,
  left: 10_000 - engine,
});
console.table(rows);
// Half of a budget and less is no saving: the build has lost something.
process.exitCode = rows.every(({ brotli, budget }) => brotli <= budget && brotli > budget / 2) ? 0 : 1;

/**
 * These files and all that they import before they run.
 * @param {string[]} files
 */
function withStaticImports(files) {
  const found = new Set(files);
  for (const file of found) for (const imported of importsOf(file).eager) found.add(imported);
  return [...found];
}

/**
 * The files that a built file imports at once, and those that it names to import later: the loader builds their
 * addresses from its own, so a lazy import is any string that names a script of the build.
 * @param {string} file
 */
function importsOf(file) {
  const program = parseAst(readFileSync(file, 'utf8'));
  const sources = program.body.flatMap(node => ('source' in node && node.source ? [node.source.value] : []));
  const eager = scripts(sources, file);
  const lazy = scripts(strings(program), file).filter(script => !eager.includes(script));
  return { eager, lazy };
}

/**
 * @param {string[]} specifiers
 * @param {string} from
 */
function scripts(specifiers, from) {
  const paths = specifiers.filter(text => /\.js$/.test(text)).map(text => join(dirname(from), text));
  return [...new Set(paths)].filter(path => existsSync(path));
}

/**
 * Every string in a syntax tree, in quotes or backticks (and names, which harm nothing here).
 * @param {unknown} node
 * @returns {string[]}
 */
function strings(node) {
  if (typeof node === 'string') return [node];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(strings);
}

/** The engine that every answer needs, bundled with nothing else. */
async function markdownEngine() {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: {
      write: false,
      lib: { entry: 'widget/markdown/patcher-answer.ts', formats: ['es'] },
      rolldownOptions: { output: { minify: true } },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('The engine was not built.');
  const chunks = output.output.filter(file => file.type === 'chunk');
  const needed = new Set(chunks.filter(chunk => chunk.isEntry));
  for (const { imports } of needed)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) needed.add(chunk);
  return [...needed].map(chunk => chunk.code).join('\n');
}

/** @param {number} bytes */
function kB(bytes) {
  return Math.round(bytes / 10) / 100;
}

/** @param {string} file */
function size(file) {
  return brotliCompressSync(readFileSync(file)).length;
}

// @ts-check
/**
 * `npm test`: makes the machine ready, runs every stage, and ends with one line that counts them all.
 * `node test/run.mjs server widget` runs the named stages alone. Plain Node: no package may be there yet.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale, installPackages, root } from './support/clone.mjs';
import { runToEnd } from './support/run-to-end.mjs';
import {
  ensureBrowser,
  ensureFirefox,
  ensureHeadlessBrowser,
  ensureNginx,
  ensureRedis,
} from './support/system.mjs';

/** What stages need. Each is made ready once, before the first stage that needs it. */
const needs = {
  packages: installPackages,
  build: buildIfStale,
  browser: () => void (process.env.CHROME_PATH = ensureBrowser()),
  headless: () => void (process.env.HEADLESS_PATH = ensureHeadlessBrowser()),
  firefox: () => void (process.env.FIREFOX_PATH = ensureFirefox()),
  nginx: () => void (process.env.NGINX = ensureNginx()),
  redis: () => void (process.env.REDIS_SERVER = ensureRedis()),
};

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {object} Stage
 * @property {Array<keyof typeof needs>} needs
 * @property {(name: string) => void | Promise<void>} [run] throws if the stage fails
 * @property {true} [counts] it writes its Counts into its file; a stage that does not is one thing that passes or fails
 */

const folder = mkdtempSync(join(tmpdir(), 'rivulet-test-'));

/**
 * Where a stage's runner leaves what it has counted.
 * @param {string} name
 */
const countsFileOf = name => join(folder, `${name}.json`);

/** @type {Record<string, Stage>} */
const stages = {
  format: { needs: ['packages'], run: () => runToEnd('biome format .') },
  lint: { needs: ['packages'], run: () => runToEnd('eslint .') },
  types: { needs: ['packages'], run: () => runToEnd('tsc -p tsconfig.json --noEmit') },
  build: { needs: ['packages', 'build'] },
  size: { needs: ['packages', 'build'], run: () => runToEnd('node test/bench/size.mjs') },
  // Several files at a time: what one waits for, such as the end of a lease or of an answer, the others compute meanwhile.
  server: { needs: ['packages', 'redis', 'nginx'], run: name => nodeTests(name, 3), counts: true },
  widget: { needs: ['packages', 'browser'], run: browserTests, counts: true },
  e2e: {
    needs: ['packages', 'build', 'browser', 'headless', 'firefox', 'nginx'],
    run: name => nodeTests(name, 3),
    counts: true,
  },
};

/** One after the other; what is in one of them runs side by side, for the same reason. */
const rounds = [['format'], ['lint', 'types', 'build'], ['size'], ['server', 'widget'], ['e2e']];

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(stages);
const unknown = names.filter(name => !Object.hasOwn(stages, name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
  process.exit(1);
}

/** @type {Map<string, Error | null>} */
const readiness = new Map();
const results = [];
for (const round of rounds) {
  const wanted = round.filter(name => names.includes(name));
  if (wanted.length > 0) console.log(`\n── ${wanted.join(', ')} ──`);
  results.push(...(await Promise.all(wanted.map(runStage))));
}
rmSync(folder, { recursive: true });

console.log('');
console.table(results);
const total = results.reduce(add, { passed: 0, failed: 0, skipped: 0 });
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {string} name */
async function runStage(name) {
  const start = performance.now();
  const counts = await countsOf(name, /** @type {Stage} */ (stages[name]));
  return { name, ...counts, seconds: Math.round((performance.now() - start) / 1000) };
}

/**
 * @param {string} name
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function countsOf(name, { needs, run, counts }) {
  let broken = false;
  try {
    for (const need of needs) makeReady(need);
    await run?.(name);
  } catch (error) {
    broken = true;
    console.error(error instanceof Error ? error.message : error);
  }
  if (!counts) return { passed: broken ? 0 : 1, failed: broken ? 1 : 0, skipped: 0 };
  const counted = readCounts(name);
  // No tests at all, or an end that no test explains, is a failure that the reporters cannot see.
  const unexplained = counted.failed === 0 && (broken || counted.passed === 0);
  return unexplained ? add(counted, { passed: 0, failed: 1, skipped: 0 }) : counted;
}

/** @param {keyof typeof needs} need */
function makeReady(need) {
  if (!readiness.has(need)) {
    try {
      needs[need]();
      readiness.set(need, null);
    } catch (error) {
      readiness.set(need, new Error(`Not run, as there is no ${need} (said above).`));
      throw error;
    }
  }
  const error = readiness.get(need);
  if (error) throw error;
}

/**
 * @param {string} name
 * @param {number} atOnce files that run side by side
 */
async function nodeTests(name, atOnce) {
  const files = readdirSync(join(root, 'test', name)).filter(file => file.endsWith('.test.ts'));
  if (files.length === 0) throw new Error(`There are no tests in test/${name}.`);
  await runToEnd(
    [
      'node --import tsx --test',
      // The limit of a file: Node 20 knows none of a single test.
      '--test-timeout=600000',
      `--test-concurrency=${atOnce}`,
      '--test-reporter=spec --test-reporter-destination=stdout',
      '--test-reporter=./test/support/count-node-tests.mjs',
      `--test-reporter-destination="${countsFileOf(name)}"`,
      ...files.map(file => `test/${name}/${file}`),
    ].join(' '),
  );
}

/** @param {string} name */
async function browserTests(name) {
  await runToEnd('wtr --static-logging', { COUNTS_FILE: countsFileOf(name) });
}

/**
 * @param {string} name
 * @returns {Counts}
 */
function readCounts(name) {
  try {
    return JSON.parse(readFileSync(countsFileOf(name), 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }; // The runner did not get as far as its reporter.
  }
}

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

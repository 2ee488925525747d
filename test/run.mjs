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
import { ensureBrowser, ensureNginx, ensureRedis } from './support/system.mjs';

/** What stages need. Each is made ready once, before the first stage that needs it. */
const needs = {
  packages: installPackages,
  build: buildIfStale,
  browser: () => void (process.env.CHROME_PATH = ensureBrowser()),
  nginx: () => void (process.env.NGINX = ensureNginx()),
  redis: () => void (process.env.REDIS_SERVER = ensureRedis()),
};

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {object} Stage
 * @property {Array<keyof typeof needs>} needs
 * @property {() => void | Promise<void>} [run] throws if the stage fails
 * @property {true} [counts] it writes its Counts into countsFile; a stage that does not is one thing that passes or fails
 */

const countsFile = join(mkdtempSync(join(tmpdir(), 'rivulet-test-')), 'counts.json');

/** @type {Record<string, Stage>} */
const stages = {
  format: { needs: ['packages'], run: () => runToEnd('biome format .') },
  lint: { needs: ['packages'], run: () => runToEnd('eslint .') },
  types: { needs: ['packages'], run: () => runToEnd('tsc -p tsconfig.json --noEmit') },
  build: { needs: ['packages', 'build'] },
  size: { needs: ['packages', 'build'], run: () => runToEnd('node test/bench/size.mjs') },
  // Two files at a time: what one waits for, such as the end of a lease or of an answer, the other computes meanwhile.
  server: { needs: ['packages', 'redis', 'nginx'], run: () => nodeTests('test/server', 2), counts: true },
  widget: { needs: ['packages', 'browser'], run: browserTests, counts: true },
  e2e: { needs: ['packages', 'build', 'browser'], run: () => nodeTests('test/e2e', 2), counts: true },
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(stages);
const unknown = names.filter(name => !Object.hasOwn(stages, name));
if (unknown.length > 0) {
  console.error(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
  process.exit(1);
}

/** @type {Map<string, Error | null>} */
const readiness = new Map();
const results = [];
for (const name of names) {
  console.log(`\n── ${name} ──`);
  const start = performance.now();
  const counts = await runStage(/** @type {Stage} */ (stages[name]));
  results.push({ name, ...counts, seconds: Math.round((performance.now() - start) / 1000) });
}
rmSync(join(countsFile, '..'), { recursive: true });

console.log('');
console.table(results);
const total = results.reduce(add, { passed: 0, failed: 0, skipped: 0 });
console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = total.failed > 0 ? 1 : 0;

/**
 * @param {Stage} stage
 * @returns {Promise<Counts>}
 */
async function runStage({ needs, run, counts }) {
  rmSync(countsFile, { force: true });
  let broken = false;
  try {
    for (const need of needs) makeReady(need);
    await run?.();
  } catch (error) {
    broken = true;
    console.error(error instanceof Error ? error.message : error);
  }
  if (!counts) return { passed: broken ? 0 : 1, failed: broken ? 1 : 0, skipped: 0 };
  const counted = readCounts();
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
 * @param {string} folder
 * @param {number} atOnce files that run side by side
 */
async function nodeTests(folder, atOnce) {
  const files = readdirSync(join(root, folder)).filter(name => name.endsWith('.test.ts'));
  if (files.length === 0) throw new Error(`There are no tests in ${folder}.`);
  await runToEnd(
    [
      'node --import tsx --test',
      // The limit of a file: Node 20 knows none of a single test.
      '--test-timeout=600000',
      `--test-concurrency=${atOnce}`,
      '--test-reporter=spec --test-reporter-destination=stdout',
      '--test-reporter=./test/support/count-node-tests.mjs',
      `--test-reporter-destination="${countsFile}"`,
      ...files.map(name => `${folder}/${name}`),
    ].join(' '),
  );
}

async function browserTests() {
  await runToEnd('wtr --static-logging', { COUNTS_FILE: countsFile });
}

/** @returns {Counts} */
function readCounts() {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
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

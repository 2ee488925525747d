// @ts-check
/** Reporters of @web/test-runner: how many tests passed, failed and were skipped. */

import { writeFileSync } from 'node:fs';

/**
 * As one line of JSON, of all browsers together.
 * @param {string} file where to write
 * @returns {import('@web/test-runner').Reporter}
 */
export function countBrowserTests(file) {
  return { stop: ({ sessions }) => writeFileSync(file, `${JSON.stringify(count(sessions))}\n`) };
}

/**
 * As a table of the browsers, after the names of what was skipped in each, which say why.
 * @returns {import('@web/test-runner').Reporter}
 */
export function tellBrowsers() {
  return {
    stop({ sessions }) {
      const rows = [];
      for (const browser of new Set(sessions.map(({ browser }) => browser))) {
        const here = sessions.filter(session => session.browser === browser);
        const skipped = here.flatMap(testsOf).filter(test => test.skipped);
        for (const { name } of skipped) console.log(`Skipped in ${browser.name}: ${name}`);
        rows.push({ browser: browser.name, ...count(here) });
      }
      console.table(rows);
    },
  };
}

/** @param {import('@web/test-runner').TestSession[]} sessions */
function count(sessions) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const session of sessions) {
    const tests = testsOf(session);
    for (const test of tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
    // A file that broke outside of its tests, or has none, is a failure of its own.
    if (tests.length === 0 || (!session.passed && tests.every(test => test.skipped || test.passed)))
      counts.failed++;
  }
  return counts;
}

/** @param {import('@web/test-runner').TestSession} session */
function testsOf({ testResults }) {
  return testResults ? allTests(testResults) : [];
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function allTests(suite) {
  return [...suite.tests, ...suite.suites.flatMap(allTests)];
}

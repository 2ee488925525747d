// @ts-check
/** A reporter of @web/test-runner that writes how many tests passed, failed and were skipped, as one line of JSON. */

import { writeFileSync } from 'node:fs';

/**
 * @param {string} file where to write
 * @returns {import('@web/test-runner').Reporter}
 */
export function countBrowserTests(file) {
  return {
    stop({ sessions }) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        const tests = session.testResults ? allTests(session.testResults) : [];
        for (const test of tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
        // A file that broke outside of its tests, or has none, is a failure of its own.
        if (tests.length === 0 || (!session.passed && tests.every(test => test.skipped || test.passed)))
          counts.failed++;
      }
      writeFileSync(file, `${JSON.stringify(counts)}\n`);
    },
  };
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function allTests(suite) {
  return [...suite.tests, ...suite.suites.flatMap(allTests)];
}

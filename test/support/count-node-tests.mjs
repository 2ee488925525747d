// @ts-check
/** A reporter of node:test that writes how many tests passed, failed and were skipped, as one line of JSON. */

import { resolve } from 'node:path';

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* countNodeTests(events) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    // A file stands in the results by its own name if it has no tests (passed, says node:test) or ended badly.
    const isFile = data.nesting === 0 && data.file !== undefined && resolve(data.name) === resolve(data.file);
    if (isFile) counts.failed++;
    else if (data.skip !== undefined || data.todo !== undefined) counts.skipped++;
    else if (type === 'test:pass') counts.passed++;
    else counts.failed++;
  }
  yield `${JSON.stringify(counts)}\n`;
}

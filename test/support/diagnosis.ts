/** What the doctor says of a chain, for tests of it. */

import assert from 'node:assert/strict';
import { checkChain } from '../../server/commands/doctor/chain.ts';
import type { Finding } from '../../server/commands/doctor/finding.ts';

/** Looks at the proxy through what stands in front, which is closed afterwards. */
export async function diagnose(
  front: { url: string; close(): Promise<void> },
  options: { token: string; origins: string[] },
): Promise<Finding[]> {
  try {
    return await checkChain(new URL(`${front.url}/`), { ...options, longMs: 1_500, silenceMs: 1_500 });
  } finally {
    await front.close();
  }
}

export function assertWell(findings: Finding[]): void {
  assert.deepEqual(
    findings.filter(({ state }) => state !== 'well'),
    [],
  );
  assert.equal(findings.length, 7);
}

/** The one thing that is ill. */
export function theIllness(findings: Finding[]): Finding {
  const ill = findings.filter(({ state }) => state === 'ill');
  assert.equal(ill.length, 1, JSON.stringify(ill));
  return ill[0]!;
}

/** What the browser itself knows of the page of a test. */

import { executeServerCommand } from '@web/test-runner-commands';

function devtools<Result>(method: string): Promise<Result> {
  return executeServerCommand('devtools', { method });
}

/** What is kept when all is thrown away that nobody has hold of: kilobytes of JavaScript, and nodes in the page or not. */
export async function kept(): Promise<{ heapKB: number; nodes: number }> {
  // What one collection lets go of, as a text by its node, the next one frees.
  for (let round = 0; round < 3; round += 1) await devtools('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools<{ usedSize: number }>('Runtime.getHeapUsage');
  const { nodes } = await devtools<{ nodes: number }>('Memory.getDOMCounters');
  return { heapKB: usedSize / 1000, nodes };
}

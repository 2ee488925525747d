/** What the browser itself knows of the page of a test. */

import { executeServerCommand } from '@web/test-runner-commands';

export function devtools<Result>(method: string): Promise<Result> {
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

/** What a screen reader is told of: without what only holds others, and what is the text of its parent. */
export interface Told {
  role: string;
  name: string;
  children: Told[];
}

interface AccessibilityNode {
  nodeId: string;
  parentId?: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  childIds?: string[];
}

/** The page as its browser tells it to screen readers. */
export async function told(): Promise<Told[]> {
  const { nodes } = await devtools<{ nodes: AccessibilityNode[] }>('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map(node => [node.nodeId, node]));
  const tell = (id: string): Told[] => {
    const node = byId.get(id);
    if (!node) return [];
    const children = (node.childIds ?? []).flatMap(tell);
    const role = node.role?.value ?? 'none';
    if (node.ignored || role === 'generic' || role === 'none') return children;
    return [{ role, name: node.name?.value ?? '', children }];
  };
  return nodes.filter(({ parentId }) => parentId === undefined).flatMap(({ nodeId }) => tell(nodeId));
}

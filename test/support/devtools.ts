/** What the browser itself knows of the page of a test. */

import { executeServerCommand } from '@web/test-runner-commands';

/** A node of what a screen reader is told. */
export interface Spoken {
  role: string;
  name: string;
  children: Spoken[];
}

interface AXNode {
  nodeId: string;
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  childIds?: string[];
}

function devtools<Result>(method: string): Promise<Result> {
  return executeServerCommand('devtools', { method });
}

/** What a screen reader is told of the whole page, without what says nothing: the roots of the tree. */
export async function spokenPage(): Promise<Spoken[]> {
  const { nodes } = await devtools<{ nodes: AXNode[] }>('Accessibility.getFullAXTree');
  const byId = new Map(nodes.map(node => [node.nodeId, node]));
  const spoken = ({ ignored, role, name, childIds = [] }: AXNode): Spoken[] => {
    const children = childIds.flatMap(id => {
      const child = byId.get(id);
      return child ? spoken(child) : [];
    });
    const says = !ignored && role?.value !== 'generic' && role?.value !== 'none';
    return says ? [{ role: role?.value ?? '', name: name?.value ?? '', children }] : children;
  };
  return nodes[0] ? spoken(nodes[0]) : [];
}

/** All of a role, in the order of the page. */
export function withRole(nodes: readonly Spoken[], role: string): Spoken[] {
  return nodes.flatMap(node => [...(node.role === role ? [node] : []), ...withRole(node.children, role)]);
}

/** What is kept when all is thrown away that nobody has hold of: kilobytes of JavaScript, and nodes in the page or not. */
export async function kept(): Promise<{ heapKB: number; nodes: number }> {
  // What one collection lets go of, as a text by its node, the next one frees.
  for (let round = 0; round < 3; round += 1) await devtools('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools<{ usedSize: number }>('Runtime.getHeapUsage');
  const { nodes } = await devtools<{ nodes: number }>('Memory.getDOMCounters');
  return { heapKB: usedSize / 1000, nodes };
}

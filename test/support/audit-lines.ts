/** The lines of an audit. */

import { readFile } from 'node:fs/promises';
import { eventually } from './eventually.ts';

export async function readAudit(path: string): Promise<Array<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line));
}

/** Waits until there are so many. */
export function auditLines(path: string, count: number): Promise<Array<Record<string, unknown>>> {
  return eventually(
    () => readAudit(path),
    lines => lines.length >= count,
  );
}

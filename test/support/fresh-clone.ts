/** A copy of this repository as a fresh clone is: without packages, without a build. */

import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './clone.mjs';

const notCloned = ['node_modules', 'dist', '.git'];

/** @returns the path of the copy; whoever asked for it removes it */
export async function freshClone(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-clone-'));
  await cp(root, folder, { recursive: true, filter: source => !notCloned.includes(basename(source)) });
  return folder;
}

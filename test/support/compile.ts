/** What a compiler says of programs that use the package. */

import { join } from 'node:path';
import { root } from './clone.mjs';
import { run } from './program.ts';

/** @returns its complaints; empty where it has none */
export async function compile(folder: string, args: readonly string[]): Promise<string> {
  const tsc = join(root, 'node_modules/@typescript/native/bin/tsc');
  const always = [
    '--noEmit',
    '--target',
    'es2022',
    '--module',
    'nodenext',
    '--lib',
    'es2023,dom,dom.iterable',
  ];
  const { code, stdout, stderr } = await run(process.execPath, [tsc, ...always, ...args], { cwd: folder });
  return code === 0 ? stdout : stdout + stderr || `exit code ${code}`;
}

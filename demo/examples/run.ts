/** Starts examples with one proxy for all of them, says where they are, and ends them with itself. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../../test/support/clone.mjs';
import { freePort, start } from '../../test/support/program.ts';
import { examples } from './examples.ts';

const folder = import.meta.dirname;

/** Goes on until it is told to end, or no program of the examples runs any more and they have no page. */
export async function runExamples(names: readonly string[]): Promise<void> {
  const port = await freePort();
  const args = [join(root, 'dist/server/cli.js'), '--port', String(port)];
  const proxy = start(process.execPath, args, { cwd: folder });
  const programs: ChildProcess[] = [];
  const end = async (code = 0) => {
    for (const program of programs) program.kill();
    await proxy.end('SIGKILL');
    process.exit(code);
  };
  process.once('SIGINT', () => end()).once('SIGTERM', () => end());

  try {
    await proxy.says(/Script tag/);
    const pages = await showPages(names, `http://localhost:${port}`);
    for (const name of names) {
      const { program } = examples[name]!;
      if (program) programs.push(run([...program, `http://localhost:${port}`]));
    }
    await Promise.all(programs.map(program => once(program, 'exit')));
    if (pages === 0) await end(Math.max(...programs.map(({ exitCode }) => exitCode ?? 1)));
  } catch (error) {
    console.error(error);
    await end(1);
  }
}

/** Gives how many there are. */
async function showPages(names: readonly string[], proxy: string): Promise<number> {
  const pages = names.filter(name => !examples[name]!.program);
  if (pages.length === 0) return 0;
  // Vite and what builds the frameworks take a while to load, and not every example needs them.
  const { startPages } = await import('./pages.ts');
  const site = await startPages(pages, proxy);
  for (const page of pages) console.log(`${page.padEnd(9)} ${site}${page}/`);
  return pages.length;
}

function run(program: string[]): ChildProcess {
  return spawn(process.execPath, program, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
}

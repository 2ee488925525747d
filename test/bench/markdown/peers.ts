/** Chats of others that are measured beside ours: their packages are the benchmark's alone, and in a folder of its own. */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const packages = ['deep-chat@2.4.2', 'streamdown@2.7.1', 'react@19.2.0', 'react-dom@19.2.0'];

/** The folder with the packages, installed now if it is not there; null where they cannot be. */
export function installPeers(): string | null {
  const folder = join(tmpdir(), 'rivulet-bench-peers');
  if (existsSync(join(folder, 'node_modules/streamdown'))) return folder;
  mkdirSync(folder, { recursive: true });
  const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error', ...packages];
  return spawnSync('npm', install, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0 ? folder : null;
}

/** Lets the files of the benchmark that are named for it import packages from a folder. */
export function packagesFrom(folder: string): Plugin {
  return {
    name: 'packages-from',
    enforce: 'pre',
    resolveId(source, importer) {
      return /\/peers-[a-z]+\.mjs$/.test(importer ?? '') && /^\w/.test(source)
        ? this.resolve(source, join(folder, 'index.js'), { skipSelf: true })
        : null;
    },
  };
}

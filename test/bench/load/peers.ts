/** Proxies of others that are measured beside ours: their packages are the benchmark's alone, in a folder of its own. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { here } from './processes.ts';

const manifest = {
  private: true,
  type: 'module',
  dependencies: { '@portkey-ai/gateway': '1.15.2', express: '5.3.0', openai: '6.49.0' },
  // With later ones of those that it allows, it answers every request with a 500: it changes headers that may not be.
  overrides: { '@hono/node-server': '1.14.1' },
};

/** The folder with the packages, installed now if it is not there; null where they cannot be. */
export function installPeers(): string | null {
  const folder = join(tmpdir(), 'rivulet-bench-proxies');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  copyFileSync(here('express.mjs'), join(folder, 'express.mjs'));
  if (existsSync(join(folder, 'node_modules/express'))) return folder;
  const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync('npm', install, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0 ? folder : null;
}

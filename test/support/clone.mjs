// @ts-check
/** What a fresh clone needs before anything of it can run: packages and a build. Plain Node: no package is there yet. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** In the folders of `sources`, and in no build. */
const notBuilt = ['demo/deploy', 'demo/examples'].map(path => join(root, path));

const sources = [
  'widget',
  'server',
  'demo',
  'vite.config.ts',
  'vite.chunks.ts',
  'vite.docs.ts',
  'vite.manifest.ts',
  'vite.precompressed.ts',
  'vite.settings.ts',
  'vite.tight.ts',
  'vite.unused.ts',
  'tsconfig.json',
  'tsconfig.server.json',
  'tsconfig.types.json',
  'package.json',
  'package-lock.json',
];

/** Installs the packages of package-lock.json if they are missing or older than it. */
export function installPackages() {
  const installed = mtime(join(root, 'node_modules/.package-lock.json'));
  if (installed >= mtime(join(root, 'package-lock.json'))) return;
  // Not `npm ci`: it refuses a lock that lacks optional packages of other systems, which is how npm often leaves it.
  // --no-save leaves the lock as it is; NODE_ENV=production and a silent npm change nothing.
  run(
    'npm install --no-save --include=dev --prefer-offline --no-audit --no-fund --loglevel=error',
    'Installing packages …',
  );
}

/** Builds the widget, the demo page, the server and the types into dist/. */
export function build() {
  run('npm run build --loglevel=error', 'Building …');
}

/** Builds if there is no whole build, or something has changed since. */
export function buildIfStale() {
  // The server is compiled last, and only when it has no errors: with it, the build is whole.
  const whole = existsSync(join(root, 'dist/server/cli.js'));
  if (whole && oldestFile(join(root, 'dist')) > newest(sources.map(path => join(root, path)))) return;
  build();
}

/**
 * Runs a command quietly; what it said is part of the error when it fails.
 * @param {string} command
 * @param {string} announcement
 */
function run(command, announcement) {
  console.log(announcement);
  const { status, signal, stdout, stderr } = spawnSync(command, {
    cwd: root,
    shell: true, // npm is npm.cmd on Windows
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return;
  throw new Error(`${stdout}${stderr}\n\`${command}\` failed (${signal ?? `exit code ${status}`}).`);
}

/** @param {string} path */
function mtime(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/**
 * When anything at these paths has last changed; a folder counts too, as it changes when a file in it is deleted.
 * @param {string[]} paths
 * @returns {number}
 */
function newest(paths) {
  return Math.max(0, ...paths.map(path => Math.max(mtime(path), newest(entries(path)))));
}

/**
 * @param {string} path a file or a folder
 * @returns {number} when the oldest file in it was written
 */
function oldestFile(path) {
  if (!statSync(path).isDirectory()) return mtime(path);
  return Math.min(...entries(path).map(oldestFile));
}

/** @param {string} path */
function entries(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
  const paths = readdirSync(path).map(name => join(path, name));
  return paths.filter(path => !notBuilt.includes(path));
}

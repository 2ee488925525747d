// @ts-check
/** Runs a command of this repository, live on the screen, and sees to it that it and all it has started ends. */

import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './clone.mjs';

const limitMs = 15 * 60_000;
const graceMs = 10_000;

/**
 * Throws if the command fails or is not done within a quarter of an hour.
 * @param {string} command may name the programs of installed packages
 * @param {Record<string, string>} [env] variables added to the environment
 * @returns {Promise<void>}
 */
export async function runToEnd(command, env = {}) {
  const child = spawn(command, {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH, ...env },
    // A process group of its own, so that it can be ended with all that it has started.
    detached: process.platform !== 'win32',
  });

  let overdue = false;
  const limit = setTimeout(() => {
    overdue = true;
    signalGroup(child, 'SIGTERM');
    setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs).unref();
  }, limitMs);
  const interrupt = () => {
    signalGroup(child, 'SIGTERM');
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

  try {
    const outcome = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    if (overdue) throw new Error(`\`${command}\` was not done after ${limitMs / 60_000} minutes.`);
    if (child.exitCode !== 0) throw new Error(`\`${command}\` failed (${outcome}).`);
  } finally {
    clearTimeout(limit);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    signalGroup(child, 'SIGKILL');
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

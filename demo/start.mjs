// @ts-check
/** `npm start`: makes a fresh clone ready, and then is the command `rivulet-chat`: its arguments, signals and exit code. */

import { buildIfStale, installPackages } from '../test/support/clone.mjs';
import { endWithParent } from './end-with-parent.mjs';

if (Number.parseInt(process.versions.node, 10) < 20) {
  console.error(`Rivulet needs Node 20 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

try {
  installPackages();
  buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

if (process.env.npm_lifecycle_event === 'start') endWithParent();
await import(new URL('../dist/server/cli.js', import.meta.url).href);

// @ts-check
/** `npm run example react` makes a fresh clone ready and starts the examples of these names; without one, it lists them. */

import { buildIfStale, installPackages } from '../../test/support/clone.mjs';
import { endWithParent } from '../end-with-parent.mjs';

try {
  installPackages();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

const { register } = await import('tsx/esm/api');
register();
const { examples, listOfExamples } = await import('./examples.ts');

const names = process.argv.slice(2);
const unknown = names.filter(name => !Object.hasOwn(examples, name));
if (unknown.length > 0) console.error(`There is no example ${unknown.join(', ')}.\n`);
if (unknown.length > 0 || names.length === 0) {
  console.log(listOfExamples());
  process.exit(unknown.length > 0 ? 1 : 0);
}

try {
  buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
if (process.env.npm_lifecycle_event === 'example') endWithParent();
const { runExamples } = await import('./run.ts');
await runExamples(names);

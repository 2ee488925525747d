/**
 * Everything an upstream can do to the proxy, by the name a request gives as its model. What follows a colon in the
 * model are arguments: `ok:200:5` is 200 tokens, 5 ms apart.
 */

import { answers } from './answers.mjs';
import { attempts } from './attempts.mjs';
import { failures } from './failures.mjs';
import { refusals } from './refusals.mjs';

/** Name -> async (answer, {model, args, request, origin, asked}, behave). `asked` counts the requests for this model. */
const behaviours = { ...answers, ...attempts, ...refusals, ...failures };

/** @param wanted a name with its arguments */
export async function behave(wanted, answer, context) {
  const [name, ...args] = wanted.split(':');
  const behaviour = Object.hasOwn(behaviours, name) ? behaviours[name] : behaviours[404];
  await behaviour(answer, { ...context, args }, behave);
}

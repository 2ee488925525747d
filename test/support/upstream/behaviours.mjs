/**
 * Everything an upstream can do to the proxy, by the name a request gives as its model. What follows a colon in the
 * model are arguments: `ok:200:5` is 200 tokens, 5 ms apart.
 */

import { answers } from './answers.mjs';
import { failures } from './failures.mjs';
import { refusals } from './refusals.mjs';

/** Name -> async (answer, {model, args, request, origin}). */
export const behaviours = { ...answers, ...refusals, ...failures };

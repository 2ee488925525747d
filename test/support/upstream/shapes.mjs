/** The common shapes of an answer. */

import { answer as events } from './events.mjs';

/** Headers of an answer that is one JSON object. */
export const json = { 'Content-Type': 'application/json' };

/** All of an answer in one chunk, ended by the rules. */
export async function whole(answer, text) {
  await pieces(answer, text.length > 0 ? [text] : []);
}

/** An answer in these chunks, ended by the rules. */
export async function pieces(answer, chunks) {
  await answer.head();
  for (const chunk of chunks) await answer.write(chunk);
  await answer.end();
}

/** The first four events of an answer: `Hello, world`. */
export function half(model) {
  return events(model).slice(0, 4).join('');
}

/** 200 MB, or as much of it as anyone takes. */
export async function endless(answer, block = 'x'.repeat(60_000)) {
  for (let sent = 0; sent < 200_000_000 && !answer.gone; sent += block.length) await answer.write(block);
  await answer.end();
}

/** What a client may do, each to its end: as visitors do, as impatient ones do, and at an upstream that fails in many ways. */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { ask, open, resume, stop } from '../../support/ask.ts';
import { askResuming } from '../../support/resuming-client.ts';
import { readWire } from '../../support/wire.ts';

/** Where to ask, ending in `/v1`, and the chance that decides everything. */
export interface Surroundings {
  url: string;
  random: () => number;
}

/**
 * How the answer ended that the proxy has made for it: `done` or the code of the error. `refused`: there was no answer.
 * Each act knows it without asking the proxy, so that what the proxy has counted can be held against it.
 */
export type End = string;
type Act = (surroundings: Surroundings) => Promise<End>;

/** Longer than anybody waits for it. */
const LONG = 'ok:10000:5';
const STEADY = 'wide:150:10';
const resumes = { 'Rivulet-Resume': '1' };

/**
 * What the upstream does wrong, and what is said of it. No reset before the head: on a connection that was used before, it
 * is asked once more, which is nothing that a count here knows of.
 */
const faults: ReadonlyArray<[model: string, code: string]> = [
  ['500', 'upstream_error'],
  ['401', 'upstream_unauthorized'],
  ['html-502', 'upstream_error'],
  ['200-sse-error-first', 'upstream_error'],
  ['503', 'upstream_error'],
  ['error-midway', 'upstream_error'],
  ['reset-midway', 'upstream_error'],
  ['half-event-at-end', 'interrupted'],
  ['huge-event', 'upstream_error'],
  ['hang-before-head', 'upstream_timeout'],
  ['hang-midway', 'upstream_timeout'],
];

export const models = ['ok', LONG, STEADY, 'hang-before-first', ...faults.map(([model]) => model)];

export const acts: Readonly<Record<string, Act>> = {
  'reads to the end': async ({ url }) => endOf((await ask(url, { model: 'ok' })).text),

  'does not stream': async ({ url }) => {
    const { status, text } = await ask(url, { model: 'ok', stream: false });
    assert.equal(status, 200, text);
    return 'done';
  },

  'is cut and resumes': async ({ url, random }) => {
    const cut = (n: number) => (n < 5 ? AbortSignal.timeout(Math.ceil(50 + random() * 900)) : undefined);
    const { end, events } = await askResuming({ urls: [url], model: STEADY, cut });
    assert.equal(events.length, 152, end);
    return end;
  },

  'leaves before the first token': async ({ url }) => {
    const reply = open(url, { model: 'hang-before-first' });
    // With the first ping.
    await reply.status;
    reply.hangUp();
    return 'abandoned';
  },

  'leaves in the middle': async ({ url, random }) => {
    const reply = open(url, { model: LONG });
    await reply.until(text => text.includes('id: 2\n'));
    await pause(random() * 500);
    reply.hangUp();
    return 'abandoned';
  },

  'would resume and does not': async ({ url }) => {
    const reply = open(url, { model: LONG, headers: resumes });
    await reply.until(text => text.includes('id: 2\n'));
    reply.hangUp();
    return 'abandoned';
  },

  'stops, with a second reader': async ({ url, random }) => {
    const first = open(url, { model: LONG, headers: resumes });
    const id = await first.id;
    const second = resume(url, id);
    await pause(random() * 500);
    assert.equal((await stop(url, id)).status, 204);
    for (const { text } of [await first.reply, await second.reply]) assert.equal(endOf(text), 'stopped');
    return 'stopped';
  },

  'asks twice with one key': async ({ url }) => {
    const headers = { ...resumes, 'Idempotency-Key': crypto.randomUUID() };
    const [one, other] = await Promise.all([0, 1].map(() => ask(url, { model: STEADY, headers })));
    assert.equal(one!.text.replaceAll(': ping\n\n', ''), other!.text.replaceAll(': ping\n\n', ''));
    return endOf(one!.text);
  },

  'meets a fault of the upstream': async ({ url, random }) => {
    const [model, code] = faults[Math.floor(random() * faults.length)]!;
    const { status, text } = await ask(url, { model });
    const end = status === 200 ? endOf(text) : JSON.parse(text).error.code;
    assert.equal(end, code, `${model}: ${text.slice(-300)}`);
    return end;
  },

  'asks for what there is not': async ({ url }) => {
    assert.equal((await ask(url, { model: 'none' })).status, 400);
    assert.equal((await resume(url, crypto.randomUUID()).reply).status, 404);
    return 'refused';
  },
};

function endOf(text: string): End {
  const { terminal } = readWire(text);
  assert.ok(terminal !== null, `without an end: ${text.slice(-300)}`);
  return terminal === 'done' ? 'done' : terminal.code;
}

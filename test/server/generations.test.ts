/** Answers in memory: how much of them is kept, and for whom. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Generation } from '../../server/generations/generation.ts';
import { Generations } from '../../server/generations/generations.ts';
import { MemoryLeases } from '../../server/limits/memory-leases.ts';
import type { Arrived } from '../../server/upstream/answer-reader.ts';

const leases = new MemoryLeases({ streamsTotal: 1_000 });

/** An answer whose events have nothing in common, so that packing them gains nothing. */
async function answer(generations: Generations, owner: string, characters: number): Promise<Generation> {
  const id = crypto.randomUUID();
  const result = await leases.acquire([{ name: owner, streams: 1_000 }], id);
  assert.ok(result.granted);
  const parts = { id, owner, claim: null, keep: true, graceMs: 0, lease: result.lease };
  const arrived: Arrived = { data: ['x'.repeat(characters)], hasToken: true, usage: null };
  return generations.start({
    ...parts,
    answer: async (_signal, _attempts, hear) => hear(arrived),
  });
}

test('of one client the oldest answers are forgotten first, and nobody else’s', async () => {
  const generations = new Generations(60_000);
  const others = await answer(generations, 'other', 900_000);
  await others.ended;
  const mine = [];
  for (let n = 0; n < 10; n++) {
    mine.push(await answer(generations, 'mine', 900_000));
    await mine.at(-1)!.ended;
  }
  const found = await Promise.all(mine.map(({ id }) => generations.find(id, 'mine')));
  assert.deepEqual(found.map(Boolean), [...Array(6).fill(false), ...Array(4).fill(true)]);
  assert.equal(await generations.find(others.id, 'other'), others);
});

test('of all clients together the oldest answers are forgotten first', async () => {
  const generations = new Generations(60_000);
  const all = [];
  for (let n = 0; n < 80; n++) {
    all.push(await answer(generations, `client ${n}`, 900_000));
    await all.at(-1)!.ended;
  }
  const found = await Promise.all(all.map(({ id }, n) => generations.find(id, `client ${n}`)));
  const kept = found.filter(Boolean).length;
  assert.ok(kept >= 60 && kept <= 72, `${kept} are kept`);
  assert.deepEqual(found.map(Boolean), [...Array(80 - kept).fill(false), ...Array(kept).fill(true)]);
});

test('an answer without an end is ended', async () => {
  const generations = new Generations(60_000);
  const id = crypto.randomUUID();
  const result = await leases.acquire([{ name: 'endless', streams: 1 }], id);
  assert.ok(result.granted);
  const { ended, log } = generations.start({
    ...{ id, owner: 'endless', claim: null, keep: true, graceMs: 0, lease: result.lease },
    answer: async (_signal, _attempts, hear) => {
      for (let n = 0; ; n++) {
        hear({ data: [JSON.stringify({ n, x: crypto.randomUUID() })], hasToken: true, usage: null });
      }
    },
  });
  const { error } = await ended;
  assert.equal(error?.code, 'length_exceeded');
  assert.ok(log.last > 10_000, `after ${log.last} events`);
  assert.ok(log.terminal && !log.terminal.done);
});

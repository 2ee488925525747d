/** With Redis, an answer begins after one round trip: what is asked of it is asked in one go. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { open } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, upstreamSettings } from '../support/proxy.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { readWire } from '../support/wire.ts';

let upstream: Upstream;
let redis: TestRedis;
let gate: Gate;
before(async () => {
  upstream = await startUpstream();
  redis = await startRedis();
  gate = await startGate(redis.url);
});
after(async () => {
  await gate.close();
  await redis.close();
  await upstream.close();
});

test('claim, place, request and tokens are one round trip, and the first token waits for no second one', async t => {
  const limits = { requestsPerMinute: 1_000, tokensPerDay: 1e9, tokensPerDayTotal: 1e9 };
  const proxy = await startProxy(upstreamSettings(upstream.url, ['ok'], { redisUrl: gate.url, limits }));
  t.after(() => proxy.close());
  const ask = () => {
    const headers = { 'Idempotency-Key': crypto.randomUUID(), 'Rivulet-Resume': '1' };
    return open(`${proxy.url}/v1`, { model: 'ok', headers });
  };
  // Redis gets to know the scripts.
  await ask().reply;

  gate.hold();
  const reply = ask();
  const wanted = [
    'rivulet:1:claim:',
    'rivulet:leases',
    'rivulet:minute:',
    'rivulet:day:address',
    'rivulet:day:all',
  ];
  const commands = await eventually(
    async () => gate.asked,
    asked => wanted.every(key => asked.includes(key)),
  );
  for (const key of wanted) assert.ok(commands.includes(key), `${key} waits for another reply`);
  assert.equal((await upstream.stats()).requests, 1, 'nobody was asked before all of them have said yes');

  await gate.letThrough();
  await reply.until(text => text.includes('id: 1\n'));
  gate.open();
  assert.equal(readWire((await reply.reply).text).terminal, 'done');
});

interface Gate {
  url: string;
  /** What Redis was asked since the replies are held. */
  readonly asked: string;
  /** Keeps all replies from now on. */
  hold(): void;
  /** Gives out those to what was asked so far, and keeps the others. */
  letThrough(): Promise<void>;
  open(): void;
  close(): Promise<void>;
}

/** A wire to Redis that can keep its replies. */
async function startGate(target: string): Promise<Gate> {
  const { port } = new URL(target);
  const pairs = new Set<{ client: Socket; server: Socket; held: Buffer[] }>();
  let holding = false;
  let asked = '';
  let heldBytes = 0;
  const listener = createServer(client => {
    const server = connect({ port: Number(port), host: '127.0.0.1' });
    const pair = { client, server, held: [] as Buffer[] };
    pairs.add(pair);
    client.on('data', bytes => {
      asked += bytes;
      server.write(bytes);
    });
    server.on('data', bytes => {
      heldBytes += bytes.length;
      if (holding) pair.held.push(bytes);
      else client.write(bytes);
    });
    for (const socket of [client, server]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        server.destroy();
        pairs.delete(pair);
      });
    }
  });
  const flush = () => {
    for (const { client, held } of pairs) for (const bytes of held.splice(0)) client.write(bytes);
  };
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    url: `redis://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    get asked() {
      return asked;
    },
    hold: () => {
      holding = true;
      asked = '';
    },
    letThrough: async () => {
      // Redis answers in order and at once: when it is silent, it has answered.
      let before = -1;
      while (before !== heldBytes) {
        before = heldBytes;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      flush();
    },
    open: () => {
      holding = false;
      flush();
    },
    close: async () => {
      listener.close();
      for (const { client } of pairs) client.destroy();
      await once(listener, 'close');
    },
  };
}

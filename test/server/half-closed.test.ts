/** A client that closes its half of the connection just before the end of its answer. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { MemoryEventLog } from '../../server/generations/memory-event-log.ts';
import { nodeConnect } from '../../server/node/connection.ts';
import { EventStream } from '../../server/responses/event-stream.ts';
import { resume } from '../support/ask.ts';

test('a connection that is closing is written to once, also when more is written than it takes', async t => {
  const log = new MemoryEventLog();
  void log.append(Array.from({ length: 60 }, () => JSON.stringify({ text: 'x'.repeat(1_000) })));
  log.end({ done: true });
  const app = new Hono<{ Bindings: HttpBindings }>();
  const ended: Array<Promise<void>> = [];
  app.get('/streams/:id', c => {
    const connection = nodeConnect(c);
    const out = connection.stream({ 'Content-Type': 'text/event-stream' });
    // As Node does when the client has closed its half; that the whole is closed is heard a turn later.
    c.env.outgoing.socket?.end();
    const events = new EventStream(log, 0, 15_000);
    connection.onGone(() => events.gone());
    ended.push(events.write(out));
    return out.response;
  });
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await assert.rejects(resume(`http://127.0.0.1:${port}`, 'x').reply);
  await Promise.all(ended);
  assert.equal(ended.length, 1);
});

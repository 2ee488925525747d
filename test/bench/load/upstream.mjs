/**
 * A fast upstream: answers at once and then `rate` events a second for as long as it is heard, each stream at its own
 * moment. The model `one` gets one event and the end, `flood` many as fast as it is heard. Each event carries the time at which it was written.
 */

import { createServer } from 'node:net';
import { readRequests } from '../../support/upstream/http.mjs';

const gapMs = 1000 / Number(process.argv[2]);
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const done = 'data: [DONE]\n\n';
/** Events of a flood, and how many are written at once. */
const [FLOOD, AT_ONCE] = [5_000, 20];
/** Each stream's socket, and when its next event is due. */
const streams = new Map();

const server = createServer({ noDelay: true }, socket => {
  socket.on('error', () => {});
  socket.on('close', () => streams.delete(socket));
  readRequests(socket, ({ body }) => {
    const { model } = JSON.parse(body);
    socket.write(head + chunk(event()));
    if (model === 'one') socket.write(`${chunk(done)}0\r\n\r\n`);
    else if (model === 'flood') flood(socket, 1);
    else streams.set(socket, now() + gapMs);
  });
});

server.listen({ host: '127.0.0.1', port: 0, backlog: 8192 }, () =>
  process.send({ port: server.address().port }),
);
process.on('disconnect', () => process.exit());

setInterval(() => {
  const time = now();
  let bytes;
  for (const [socket, due] of streams) {
    if (due > time || socket.writableNeedDrain) continue;
    bytes ??= chunk(event());
    socket.write(bytes);
    // A late stream catches up, one event a turn; what is a second late is given up.
    streams.set(socket, time - due > 1000 ? time + gapMs : due + gapMs);
  }
}, 1);

/** Goes on from the event `sent`, whenever the other end has taken what there was. */
function flood(socket, sent) {
  for (; sent < FLOOD && !socket.destroyed; sent += AT_ONCE) {
    if (!socket.write(chunk(event()).repeat(AT_ONCE))) {
      return void socket.once('drain', () => flood(socket, sent + AT_ONCE));
    }
  }
  socket.write(`${chunk(done)}0\r\n\r\n`);
}

function event() {
  const choices = [{ index: 0, delta: { content: ' token' }, finish_reason: null }];
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', choices, at: now() })}\n\n`;
}

function chunk(text) {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** Milliseconds on the one monotonic clock that all processes of a machine share. */
function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}

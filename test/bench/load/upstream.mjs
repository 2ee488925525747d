/**
 * A fast upstream: answers at once and then `rate` events a second for as long as it is heard, each stream at its own
 * moment. The model `one` gets one event and the end, `flood` many as fast as it is heard, `torrent` the same without an
 * end, `mute` nothing at all. Each event carries the time at which it was written.
 */

import { createServer } from 'node:net';
import { readRequests } from '../../support/upstream/http.mjs';
import { answerCalls } from './calls.mjs';

const gapMs = 1000 / Number(process.argv[2]);
const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n';
const done = 'data: [DONE]\n\n';
/** Events of a flood, and how many are written at once. */
const [FLOOD, AT_ONCE] = [5_000, 20];
/** Streams that are written to in one turn of the loop, in which Node takes one new connection. */
const A_TURN = 50;
/** Each stream's socket, and when its next event is due. */
const streams = new Map();
/** All connections; those of them on which an answer is asked for that has not ended; and when the last of these was closed. */
const sockets = new Set();
const asked = new Set();
let leftAt = 0;
/** Events of floods that were written. */
let sent = 0;

const server = createServer({ noDelay: true }, socket => {
  sockets.add(socket);
  socket.on('error', () => {});
  socket.on('close', () => {
    sockets.delete(socket);
    streams.delete(socket);
    if (asked.delete(socket)) leftAt = now();
  });
  readRequests(socket, ({ body }) => {
    const { model } = JSON.parse(body);
    asked.add(socket);
    if (model === 'mute') return;
    socket.write(head + chunk(event()));
    if (model === 'one') end(socket);
    else if (model === 'flood') flood(socket, 1, FLOOD);
    else if (model === 'torrent') flood(socket, 1, Number.POSITIVE_INFINITY);
    else streams.set(socket, now() + gapMs);
  });
});

server.listen({ host: '127.0.0.1', port: 0, backlog: 8192 }, () =>
  process.send({ port: server.address().port }),
);
answerCalls({ seen: () => ({ sockets: sockets.size, asked: asked.size, leftAt, sent }) });

writeDue();

/** Writes to the streams whose time has come, in turns of the loop that leave room for what else there is to do. */
function writeDue(rest = streams.entries()) {
  const time = now();
  const bytes = chunk(event());
  for (let written = 0; written < A_TURN; ) {
    const { value, done: isRound } = rest.next();
    if (isRound) return void setTimeout(writeDue, 1);
    const [socket, due] = value;
    if (due > time || socket.writableNeedDrain) continue;
    socket.write(bytes);
    written++;
    // A late stream catches up, one event a round; what is a second late is given up.
    streams.set(socket, time - due > 1000 ? time + gapMs : due + gapMs);
  }
  setImmediate(writeDue, rest);
}

/** Goes on from the event `number` to the last one, whenever the other end has taken what there was. */
function flood(socket, number, last) {
  for (; number < last && !socket.destroyed; number += AT_ONCE) {
    sent += AT_ONCE;
    if (!socket.write(chunk(event()).repeat(AT_ONCE))) {
      return void socket.once('drain', () => flood(socket, number + AT_ONCE, last));
    }
  }
  end(socket);
}

function end(socket) {
  socket.write(`${chunk(done)}0\r\n\r\n`);
  asked.delete(socket);
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

/** The load: reads many streams on raw sockets, counts their events and notes how old they were. */

import { connect } from 'node:net';
import { answerCalls } from './calls.mjs';

/** No answer within this is an error, whatever the machine has to do besides. */
const PATIENCE_MS = 20_000;

const open = new Set();
let events = 0;
let ages = [];
let errors = {};
let ids = [];
let probing = false;

answerCalls({
  /** Opens streams at even distances; resolves, when each has begun or failed, to the times to their first events. */
  async open(port, count, spreadMs, model, headers = {}) {
    const begun = [];
    for (let n = 0; n < count; n++) {
      begun.push(begin(port, question(model, headers), model === 'one'));
      if (spreadMs > 0) await pause(spreadMs / count);
    }
    return (await Promise.all(begun)).filter(ms => ms !== null);
  },
  /** Reads these streams, which another load has opened. */
  async follow(port, ids) {
    await Promise.all(ids.map(id => begin(port, `GET /v1/streams/${id} HTTP/1.1\r\nHost: proxy\r\n\r\n`)));
  },
  /** The streams that were opened, by the names that the proxy gave them. */
  ids: () => ids,
  /** Counts from here. */
  count() {
    [events, ages, errors] = [0, [], {}];
  },
  /** What was counted: events, their ages in milliseconds, errors by their names. */
  counted: () => ({ events, ages, errors }),
  /** One short stream after the other, on a connection of its own each, until `unprobe`; resolves to their times. */
  async probe(port, gapMs) {
    const times = [];
    for (probing = true; probing; await pause(gapMs)) {
      const ms = await begin(port, question('one', {}), true);
      if (ms !== null) times.push(ms);
    }
    return times;
  },
  unprobe() {
    probing = false;
  },
  hangUp() {
    for (const socket of open) socket.destroy();
    open.clear();
    ids = [];
  },
});

function question(model, headers) {
  const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Go' }] });
  const lines = Object.entries({ Host: 'proxy', 'Content-Type': 'application/json', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `POST /v1/chat/completions HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** Asks for a stream; resolves to the milliseconds until its first event, or null when there was none. */
function begin(port, request, onlyFirst = false) {
  const start = now();
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  open.add(socket);
  socket.write(request);

  return new Promise(resolve => {
    let unread = '';
    const end = failure => {
      if (!open.delete(socket)) return;
      clearTimeout(timer);
      socket.destroy();
      if (failure) errors[failure] = (errors[failure] ?? 0) + 1;
      resolve(null);
    };
    const timer = setTimeout(() => end('no first event'), PATIENCE_MS);
    socket.on('error', error => end(error.code));
    socket.on('close', () => end('closed'));
    socket.on('data', bytes => {
      const text = unread + bytes.latin1Slice();
      const lineEnd = text.lastIndexOf('\n') + 1;
      unread = text.slice(lineEnd);
      if (text.startsWith('HTTP/1.1') && !text.startsWith('200', 9)) return end(`HTTP ${text.slice(9, 12)}`);
      const id = /^rivulet-stream: (\S+)/im.exec(text)?.[1];
      if (id) ids.push(id);
      const arrived = agesOf(text.slice(0, lineEnd));
      if (arrived.length === 0) return;
      clearTimeout(timer);
      // Only the first call of it counts.
      resolve(now() - start);
      if (onlyFirst) return end(null);
      events += arrived.length;
      ages.push(...arrived);
    });
  });
}

/** How long ago each event of a text was written. */
function agesOf(text) {
  const time = now();
  const found = [];
  for (let at = text.indexOf('"at":'); at !== -1; at = text.indexOf('"at":', at + 5)) {
    found.push(time - Number.parseFloat(text.slice(at + 5, at + 30)));
  }
  return found;
}

function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}

function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The load: reads many streams on raw sockets, counts their events and notes how old they were. */

import { connect } from 'node:net';
import { answerCalls } from './calls.mjs';

/** No answer within this is an error, whatever the machine has to do besides. */
const PATIENCE_MS = 60_000;
const ID = /^rivulet-stream: (\S+)/im;

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
    const start = now();
    for (let n = 0; n < count; n++) {
      // Where one is late, the next is not the later for it.
      const early = start + (n * spreadMs) / count - now();
      if (early > 0) await pause(early);
      begun.push(begin(port, question(model, headers), model === 'one' ? leave : goOn).begun);
    }
    return (await Promise.all(begun)).filter(ms => ms !== null);
  },
  /** Asks for streams at once, and waits for nothing of them. */
  ask(port, count, model, headers = {}) {
    for (let n = 0; n < count; n++) begin(port, question(model, headers));
  },
  /** The same, and reads no more of each when it has begun; resolves when all have. */
  async stall(port, count, model, headers = {}) {
    const stop = socket => socket.pause();
    await Promise.all(Array.from({ length: count }, () => begin(port, question(model, headers), stop).begun));
  },
  /** Opens streams of `flood` at once; settles when all have ended. */
  async flood(port, count, headers = {}) {
    const streams = Array.from({ length: count }, () => begin(port, question('flood', headers)));
    await Promise.all(streams.map(({ ended }) => ended));
  },
  /** Reads these streams, which another load has opened. */
  async follow(port, ids) {
    const request = id => `GET /v1/streams/${id} HTTP/1.1\r\nHost: proxy\r\n\r\n`;
    await Promise.all(ids.map(id => begin(port, request(id)).begun));
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
  async probe(port, gapMs, headers = {}) {
    const times = [];
    for (probing = true; probing; await pause(gapMs)) {
      const ms = await begin(port, question('one', headers), leave).begun;
      if (ms !== null) times.push(ms);
    }
    return times;
  },
  unprobe() {
    probing = false;
  },
  /** Leaves all streams at once, and tells when. */
  hangUp() {
    const at = now();
    for (const socket of open) socket.destroy();
    open.clear();
    ids = [];
    return at;
  },
});

function question(model, headers) {
  const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Go' }] });
  const lines = Object.entries({ Host: 'proxy', 'Content-Type': 'application/json', ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return `POST /v1/chat/completions HTTP/1.1\r\n${head}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/**
 * Asks for a stream. `begun` resolves to the milliseconds until its first event, or null when there was none; `ended`
 * when it is over. `then` is done when that event has come.
 */
function begin(port, request, then = goOn) {
  const start = now();
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  open.add(socket);
  socket.write(request);

  let setBegun;
  let setEnded;
  const begun = new Promise(resolve => {
    setBegun = resolve;
  });
  const ended = new Promise(resolve => {
    setEnded = resolve;
  });
  let unread = '';
  const end = failure => {
    clearTimeout(timer);
    if (!open.delete(socket)) return;
    socket.destroy();
    if (failure) errors[failure] = (errors[failure] ?? 0) + 1;
    setBegun(null);
    setEnded();
  };
  const timer = setTimeout(() => end('no first event'), PATIENCE_MS);
  socket.on('error', error => end(error.code));
  socket.on('close', () => end('closed'));
  socket.on('data', bytes => {
    const text = unread + bytes.latin1Slice();
    const lineEnd = text.lastIndexOf('\n') + 1;
    unread = text.slice(lineEnd);
    if (text.startsWith('HTTP/1.1') && !text.startsWith('200', 9)) return end(`HTTP ${text.slice(9, 12)}`);
    const id = text.startsWith('HTTP/1.1') && ID.exec(text)?.[1];
    if (id) ids.push(id);
    const { count, age } = look(text.slice(0, lineEnd));
    if (count > 0) {
      clearTimeout(timer);
      // Only the first call of it counts.
      setBegun(now() - start);
      then(socket, end);
      if (!open.has(socket)) return;
      events += count;
      ages.push(age);
    }
    if (text.includes('[DONE]', Math.max(0, text.length - 100))) end(null);
    else if (text.includes('event: error')) end('error event');
  });
  return { begun, ended };
}

/** What is done with a stream that has begun. */
function goOn() {}

function leave(_socket, end) {
  end(null);
}

/** How many events a text has, and how long ago the last of them was written. */
function look(text) {
  let count = 0;
  let last = -1;
  for (let at = text.indexOf('"at":'); at !== -1; at = text.indexOf('"at":', at + 5)) {
    count++;
    last = at;
  }
  return { count, age: now() - Number.parseFloat(text.slice(last + 5, last + 30)) };
}

function pause(ms) {
  return new Promise(resolve => setTimeout(resolve, ms));
}

function now() {
  return Number(process.hrtime.bigint()) / 1e6;
}

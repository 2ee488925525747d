/**
 * An OpenAI-compatible upstream that misbehaves on the wire: a process of its own, on raw sockets.
 *
 * `node test/support/upstream.mjs` prints `{"port":n}` and serves POST …/chat/completions, where the body's `model`
 * names a behaviour of behaviours.mjs; GET /stats, what it has seen; and POST /reset, which forgets that.
 */

import { createServer } from 'node:net';
import { behave } from './upstream/behaviours.mjs';
import { error } from './upstream/events.mjs';
import { Answer, readRequests } from './upstream/http.mjs';

const json = { 'Content-Type': 'application/json' };
/** Sockets that have never carried a request, and those that have carried a completion. */
const unused = new Set();
const used = new Set();
/** The models of the answers being given. */
const models = [];
let seen = nothingSeen();

const server = createServer(socket => {
  unused.add(socket);
  socket.setNoDelay(true);
  // A reset by the peer is what the tests are about: `close` follows.
  socket.on('error', () => {});
  // No client half-closes: a peer that says no more hears no more either.
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    unused.delete(socket);
    used.delete(socket);
  });
  readRequests(socket, request => serve(socket, request));
});

server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
// Started by a test that has died, it must not stay.
process.on('disconnect', () => process.exit());

async function serve(socket, request) {
  const answer = new Answer(socket);
  unused.delete(socket);
  if (request.path === '/stats') {
    const now = { answering: models.length, models, open: used.size, unused: unused.size };
    await answer.reply(200, json, JSON.stringify({ ...seen, ...now }));
  } else if (request.path === '/reset') {
    seen = nothingSeen();
    await answer.reply(204, {}, '');
  } else if (request.path.startsWith('/elsewhere')) {
    seen.followedRedirects += 1;
    await answer.reply(200, json, '{}');
  } else if (request.method === 'POST' && request.path.endsWith('/chat/completions')) {
    used.add(socket);
    await complete(socket, answer, request);
  } else {
    await answer.reply(404, json, JSON.stringify(error('unknown_path')));
  }
}

/** Behaves as it was asked to, and counts. */
async function complete(socket, answer, request) {
  const body = parsed(request.body);
  const model = String(body?.model);
  const bytesBefore = socket.bytesWritten;

  seen.requests += 1;
  seen.lastRequest = { path: request.path, headers: request.headers, body };
  seen.asked.push({ model, key: (request.headers.authorization ?? '').replace('Bearer ', '') });
  models.push(model);
  const asked = seen.asked.filter(other => other.model === model).length;
  try {
    await behave(model, answer, {
      ...{ model, request, asked },
      origin: `http://127.0.0.1:${server.address().port}`,
    });
  } catch (cause) {
    // For example a recording that does not exist. The other requests go on.
    console.error(cause);
    answer.reset();
  } finally {
    models.splice(models.indexOf(model), 1);
    if (!answer.ended) {
      seen.aborted += 1;
      seen.lastAbortAt = Date.now();
    }
    seen.lastAnswerBytes = socket.bytesWritten - bytesBefore;
  }
}

function nothingSeen() {
  return {
    requests: 0,
    asked: [],
    aborted: 0,
    lastAbortAt: 0,
    followedRedirects: 0,
    lastAnswerBytes: 0,
    lastRequest: null,
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Answers that fail before their first event; and the one that tells the key, wherever it fails. */

import { gzipSync } from 'node:zlib';
import { answer as events, DONE, error, event, UPSTREAM_TEXT } from './events.mjs';
import { endless, half, json, whole } from './shapes.mjs';

export const refusals = {
  ...Object.fromEntries(
    [400, 401, 402, 403, 404, 408, 500, 502, 503, 529].map(status => [
      status,
      answer => answer.reply(status, json, JSON.stringify(error(`status_${status}`))),
    ]),
  ),
  async 429(answer) {
    await answer.reply(429, { ...json, 'Retry-After': 7 }, JSON.stringify(error('rate_limit_exceeded')));
  },
  async '429-date'(answer) {
    const date = new Date(Date.now() + 9_000).toUTCString();
    await answer.reply(429, { ...json, 'Retry-After': date }, JSON.stringify(error('rate_limit_exceeded')));
  },
  async '429-bare'(answer) {
    await answer.reply(429, json, JSON.stringify(error('rate_limit_exceeded')));
  },
  async 'context-length'(answer) {
    await answer.reply(400, json, JSON.stringify(error('context_length_exceeded')));
  },
  async 'html-502'(answer) {
    await answer.reply(502, { 'Content-Type': 'text/html' }, `<h1>502 ${UPSTREAM_TEXT}</h1>`);
  },
  async '200-html'(answer) {
    await answer.reply(200, { 'Content-Type': 'text/html' }, `<h1>Sign in, ${UPSTREAM_TEXT}</h1>`);
  },
  async '200-json-error'(answer) {
    await answer.reply(200, json, JSON.stringify(error('server_error')));
  },
  async '200-sse-error-first'(answer) {
    await whole(answer, event(error('server_error')) + DONE);
  },
  /** Error bodies need not end: this one is read for as long as anyone reads it. */
  async 'endless-500'(answer) {
    await answer.head(500, json);
    await endless(answer);
  },
  /** To a place that would hear the key. */
  async redirect(answer, { origin, args: [status = 302] }) {
    await answer.reply(Number(status), { Location: `${origin}/elsewhere/chat/completions` }, '');
  },
  async 'reset-before-head'(answer) {
    answer.reset();
  },
  async 'close-before-head'(answer) {
    answer.close();
  },
  async 'reset-before-first'(answer) {
    await answer.head();
    // A reset overtakes what was sent just before it; the head is to be read first.
    await answer.pause(30);
    answer.reset();
  },
  async 'invalid-json'(answer) {
    await whole(answer, `data: {"${UPSTREAM_TEXT}":\n\n${DONE}`);
  },
  async gzip(answer, { model }) {
    await packed(answer, gzipSync(events(model).join('') + DONE));
  },
  async 'corrupt-gzip'(answer, { model }) {
    const bytes = gzipSync(events(model).join('') + DONE);
    await packed(answer, bytes.fill(0xff, bytes.length / 2));
  },
  async 'not-http'(answer) {
    await answer.raw(`220 ${UPSTREAM_TEXT} ESMTP ready\r\n`);
    answer.close();
  },

  /** A refusal that quotes the key, as some do: with a status, in the first event or midway. */
  async secret(answer, { model, request, origin, args: [how] }) {
    const told = error(
      'server_error',
      `key ${request.headers.authorization} url ${origin}/v1?key=${keyOf(request)}`,
    );
    if (how === 'midway') return whole(answer, half(model) + event(told));
    if (how === 'first') return whole(answer, event(told));
    await answer.reply(Number(how), { ...json, 'X-Upstream-Key': keyOf(request) }, JSON.stringify(told));
  },
};

async function packed(answer, bytes) {
  await answer.head(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' });
  await answer.write(bytes);
  await answer.end();
}

function keyOf(request) {
  return (request.headers.authorization ?? '').replace('Bearer ', '');
}

// @ts-check
/**
 * Answers that a browser test has written down, played by the test runner's own server on the wire: a middleware.
 *
 * `PUT /played/<id>` takes scripts, one for each request to come (the last one again for any further), and
 * `POST /played/<id>/v1/chat/completions` plays them. `GET /played/<id>` tells what was asked, `POST /played/<id>/go`
 * opens a gate. What is PUT to `/played/<id>/v1/widget` and `…/v1/models` is what a GET of it says. `PUT` and `DELETE /played/broken?path=…` let the server hang up on whoever asks for that file, the same of `held` let them wait.
 * `/fresh/<id>/…` is any file under a name that no browser has seen: one already loaded is not asked for again.
 */

import { setTimeout as wait } from 'node:timers/promises';

const eventStream = { 'content-type': 'text/event-stream; charset=utf-8', 'rivulet-stream': 'played' };

/** @typedef {{ scripts: any[][], settings?: string, models?: unknown, requests: any[], open: number, hungUp: number, gates: (() => void)[], goesOn: boolean }} Played */

export function playedAnswers() {
  /** @type {Map<string, Played>} */
  const all = new Map();
  /** @type {Set<string | null>} */
  const broken = new Set();
  /** Who waits for each file. @type {Map<string, (() => void)[]>} */
  const held = new Map();

  /** @param {import('koa').Context} context @param {() => Promise<void>} next */
  return async (context, next) => {
    if (broken.has(context.path)) return context.req.destroy();
    const waiting = held.get(context.path);
    if (waiting) await new Promise(go => waiting.push(() => go(undefined)));
    const [, folder, id = '', ...rest] = context.path.split('/');
    if (folder === 'fresh') context.path = `/${rest.join('/')}`;
    if (folder !== 'played') return next();
    context.respond = false;
    context.status = 200;
    const call = `${context.method} ${rest.join('/')}`.trim();
    const { req, res } = context;
    const played = all.get(id);
    if (id === 'broken') {
      if (call === 'PUT') broken.add(context.query.path?.toString() ?? null);
      else broken.clear();
      res.end();
    } else if (id === 'held') {
      for (const go of [...held.values()].flat()) go();
      held.clear();
      if (call === 'PUT') held.set(context.query.path?.toString() ?? '', []);
      res.end();
    } else if (call === 'PUT') {
      all.set(id, {
        scripts: JSON.parse(await text(req)),
        requests: [],
        open: 0,
        hungUp: 0,
        gates: [],
        goesOn: false,
      });
      res.end();
    } else if (!played) {
      res.writeHead(404).end();
    } else if (call === 'PUT v1/widget') {
      played.settings = await text(req);
      res.end();
    } else if (call === 'PUT v1/models') {
      played.models = JSON.parse(await text(req));
      res.end();
    } else if (call === 'GET v1/models') {
      res.writeHead(played.models ? 200 : 404, { 'content-type': 'application/json' });
      res.end(JSON.stringify(played.models ?? {}));
    } else if (call === 'GET v1/widget') {
      res.end(played.settings ?? '{}');
    } else if (call.startsWith('DELETE')) {
      // Stop: the client hangs up as well.
      res.writeHead(204).end();
    } else if (call === 'GET') {
      const { requests, open, hungUp } = played;
      res.setHeader('content-type', 'application/json').end(JSON.stringify({ requests, open, hungUp }));
    } else if (call === 'POST go') {
      // A test may be there first: then the next gate is open.
      played.goesOn = played.gates.length === 0;
      for (const open of played.gates.splice(0)) open();
      res.end();
    } else {
      const script = played.scripts[Math.min(played.requests.length, played.scripts.length - 1)] ?? [];
      played.requests.push({ call, headers: req.headers, body: JSON.parse((await text(req)) || '{}') });
      await play(played, script, res);
    }
  };
}

/** @param {Played} played @param {any[]} script @param {import('node:http').ServerResponse} res */
async function play(played, script, res) {
  played.open += 1;
  res.on('close', () => {
    played.open -= 1;
    if (!res.writableFinished) played.hungUp += 1;
  });
  for (const step of script) {
    if (res.destroyed) return;
    if (step.head) res.writeHead(step.head.status ?? 200, step.head.headers ?? {});
    else if (!res.headersSent) res.writeHead(200, eventStream);
    if (step.write !== undefined) res.write(step.write);
    else res.flushHeaders();
    if (step.waitMs) await wait(step.waitMs);
    if (step.gate && !played.goesOn) await new Promise(open => played.gates.push(() => open(undefined)));
    if (step.gate) played.goesOn = false;
    if (step.reset) return res.destroy();
    // Held until the client goes away.
    if (step.hold) return;
  }
  res.end();
}

/** @param {import('node:http').IncomingMessage} req */
async function text(req) {
  const pieces = [];
  for await (const piece of req) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** What Rivulet serves in whatever way it was started: a demo page, the widget with all its chunks, and an answer. */

import assert from 'node:assert/strict';

export async function expectChat(url: string): Promise<void> {
  await expectPage(url);
  await expectWidget(new URL('/widget.js', url));
  await expectAnswer(url);
}

async function expectPage(url: string): Promise<void> {
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(await response.text(), /<!doctype html>/i);
}

/** Fetches a script and, from there, every script that it names. */
async function expectWidget(first: URL): Promise<void> {
  const scripts = new Set([first.href]);
  for (const script of scripts) {
    const response = await fetch(script);
    assert.equal(response.status, 200, script);
    assert.match(response.headers.get('content-type') ?? '', /javascript/, script);
    // Pages on other origins import them.
    assert.equal(response.headers.get('access-control-allow-origin'), '*', script);
    // By the hashes that the build gives them: a library may name scripts that it never asks for.
    const named = (await response.text()).matchAll(/["'`](\.{1,2}\/[\w./-]+-[\w-]{7,8}\.js)["'`]/g);
    for (const [, path] of named) scripts.add(new URL(path!, script).href);
  }
  assert.ok(scripts.size > 2, `the widget is in more files than ${[...scripts].join(', ')}`);
}

async function expectAnswer(url: string): Promise<void> {
  const response = await fetch(new URL('/v1/chat/completions', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  assert.equal(response.status, 200);
  const stream = await response.text();
  assert.match(stream, /^id: 1\ndata: \{/m);
  assert.ok(stream.endsWith('data: [DONE]\n\n'), stream.slice(-200));
}

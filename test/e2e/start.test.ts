/** `npm start`: one command from a fresh clone to a chat, and with that the end of the process. */

import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { expectChat } from '../support/expect-chat.ts';
import { freshClone } from '../support/fresh-clone.ts';
import { freePort, noSettings, start } from '../support/program.ts';

let folder: string;
let port: number;
before(async () => {
  folder = await freshClone();
  port = await freePort();
});
after(() => rm(folder, { recursive: true, force: true }));

// In this order: what the first has installed and built is there for the second.

test('npm start in a fresh clone installs, builds, says three things, and chats', async () => {
  const env = { ...noSettings, PORT: String(port) };
  const npm = start('npm', ['start'], { cwd: folder, env });
  try {
    const said = await npm.says(/API_KEY/);
    assert.match(said, /Installing packages/);
    assert.match(said, /Building/);
    assert.match(said, new RegExp(`http://localhost:${port}/\\s`));
    assert.ok(said.includes(`<script src="http://localhost:${port}/widget.js" async></script>`), said);
    await expectChat(`http://localhost:${port}/`);

    // npm ends of it at once; what it has started must not stay behind.
    npm.signal('SIGTERM');
    await npm.ended;
    await assert.rejects(fetch(`http://localhost:${port}/healthz`));
  } finally {
    await npm.end('SIGKILL');
  }
});

test('a second start has nothing to make, and SIGTERM ends it without an error', async () => {
  const args = ['demo/start.mjs', '--port', String(port)];
  const program = start(process.execPath, args, { cwd: folder, env: noSettings });
  try {
    const said = await program.says(/API_KEY/);
    assert.doesNotMatch(said, /Installing|Building/);
    program.signal('SIGTERM');
    assert.equal((await program.ended).code, 0);
  } finally {
    await program.end('SIGKILL');
  }
});

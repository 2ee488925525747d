/** The command `rivulet-chat`: where it cannot do what it was asked, one sentence says why, and it ends. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../support/clone.mjs';
import { noSettings, run } from '../support/program.ts';

const cli = join(root, 'dist/server/cli.js');
let cwd: string;
before(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'rivulet-cli-'));
});
after(() => rm(cwd, { recursive: true, force: true }));

/** Runs the command, which must refuse in one sentence, and returns that. */
async function refusal(args: string[], env: Record<string, string> = {}): Promise<string> {
  const { code, stdout, stderr } = await run(process.execPath, [cli, ...args], {
    cwd,
    env: { ...noSettings, ...env },
  });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^rivulet-chat: [^\n]+[.)]\n$/);
  return stderr;
}

/** Writes a config file and returns the arguments that name it. */
async function config(text: string): Promise<string[]> {
  await writeFile(join(cwd, 'c.json'), text);
  return ['--config', 'c.json', '--port', '0'];
}

test('a busy port is named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  assert.match(await refusal(['--port', String(port)]), new RegExp(`\\b${port}\\b`));
  server.close();
});

test('a port that is none is refused', async () => {
  assert.match(await refusal([], { PORT: 'http' }), /PORT/);
  assert.match(await refusal(['--port', '70000']), /PORT|port/);
});

test('a config file that is not JSON is named', async () => {
  assert.match(await refusal(await config('{\n  "port": 3000,\n  oops\n}\n')), /c\.json/);
});

test('an empty config file is named', async () => {
  assert.match(await refusal(await config('')), /c\.json/);
});

test('a setting that does not exist is named', async () => {
  assert.match(
    await refusal(await config('{ "limits": { "streamPerClient": 3 } }')),
    /limits\.streamPerClient/,
  );
});

test('a setting of the wrong type is named', async () => {
  assert.match(await refusal(await config('{ "allowedOrigins": "https://example.com" }')), /allowedOrigins/);
});

test('a key that is not in the environment is named', async () => {
  const settings = { providers: { deepseek: { apiKey: '${NO_SUCH_KEY}' } } };
  assert.match(await refusal(await config(JSON.stringify(settings))), /NO_SUCH_KEY/);
});

test('a config file that is not there is named', async () => {
  assert.match(await refusal(['--config', 'missing.json']), /missing\.json/);
});

test('a config file that cannot be read is named', async () => {
  // A folder: a superuser can read any file.
  assert.match(await refusal(['--config', '.']), /\. cannot be read/);
});

test('an option that does not exist is named', async () => {
  assert.match(await refusal(['--prot', '3000']), /--prot/);
});

test('a command that does not exist is named', async () => {
  assert.match(await refusal(['severe']), /severe/);
});

test('an option of another command is named, and so is a URL that is none', async () => {
  assert.match(await refusal(['serve', '--runs', '3']), /--runs/);
  assert.match(
    await refusal(['doctor', 'chat.example.com']),
    /chat\.example\.com: must be the http or https URL/,
  );
  assert.match(await refusal(['doctor', '--seconds', '0']), /--seconds/);
});

test('what bench cannot ask is named', async () => {
  assert.match(await refusal(['bench', '--runs', 'many']), /--runs: must be a whole number/);
  assert.match(await refusal(['bench', '--models', 'gpt-0']), /--models: there is no model gpt-0/);
});

test('a token that is too short is named, and so is an audit that cannot be written', async () => {
  assert.match(
    await refusal([], { METRICS_TOKEN: 'short' }),
    /METRICS_TOKEN: must have at least 16 characters/,
  );
  const settings = { audit: { file: 'no-such-folder/audit.jsonl' } };
  assert.match(await refusal(await config(JSON.stringify(settings))), /audit\.file: .*ENOENT/);
});

test('doctor tells what it has seen and what it could not see', async () => {
  const { code, stdout } = await run(process.execPath, [cli, 'doctor'], { cwd, env: noSettings });
  assert.deepEqual([code, /^Providers\n {2}\? No key is set/m.test(stdout)], [0, true]);
  const gone = await run(process.execPath, [cli, 'doctor', 'http://127.0.0.1:9'], { cwd, env: noSettings });
  assert.equal(gone.code, 1);
  assert.match(gone.stdout, /✗ proxy: no connection to 127\.0\.0\.1:9 \(ECONNREFUSED\)/);
});

test('help and version answer and end', async () => {
  const options = { cwd, env: noSettings };
  const help = await run(process.execPath, [cli, '--help'], options);
  assert.equal(help.code, 0);
  for (const word of ['--config', '--port', '--verbose', 'bench', '--runs', 'doctor', 'DEEPSEEK_API_KEY'])
    assert.ok(help.stdout.includes(word), word);
  const version = await run(process.execPath, [cli, '--version'], options);
  assert.equal(version.code, 0);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
});

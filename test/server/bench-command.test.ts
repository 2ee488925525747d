/** `rivulet-chat bench`, run as a person does, against an upstream with quick, slow and failing models. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { BenchResult } from '../../server/commands/bench.ts';
import { root } from '../support/clone.mjs';
import { noSettings, run } from '../support/program.ts';
import { upstreamSettings, UPSTREAM_KEY } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

let upstream: Upstream;
let folder: string;
before(async () => {
  upstream = await startUpstream();
  folder = await mkdtemp(join(tmpdir(), 'rivulet-bench-'));
  const price = { input: 2, output: 10, currency: 'CNY' };
  const settings = {
    providers: {
      upstream: {
        baseUrl: upstream.url,
        apiKey: UPSTREAM_KEY,
        models: ['secret:401', 'slow-first:300', { id: 'ok:20:20', price }, 'empty'],
      },
    },
  };
  await writeFile(join(folder, 'c.json'), JSON.stringify(upstreamSettings(upstream.url, [], settings)));
});
after(async () => {
  await upstream.close();
  await rm(folder, { recursive: true });
});

function bench(...args: string[]) {
  const cli = join(root, 'server/cli.ts');
  const config = join(folder, 'c.json');
  return run(process.execPath, ['--import', 'tsx', cli, 'bench', '--config', config, ...args], {
    cwd: root,
    env: noSettings,
  });
}

test('models are sorted by their first token, and those that fail are rows like others', async () => {
  const { code, stdout, stderr } = await bench('--runs', '2', '--json', '--prompt', 'What is it?');
  assert.equal(code, 0, stderr);
  const { prompt, runs, models } = JSON.parse(stdout) as {
    prompt: string;
    runs: number;
    models: BenchResult[];
  };
  assert.deepEqual([prompt, runs], ['What is it?', 2]);
  assert.deepEqual(
    models.map(({ model, failures }) => [model, failures]),
    [
      ['ok:20:20', 0],
      ['slow-first:300', 0],
      ['secret:401', 2],
      ['empty', 2],
    ],
  );
  const [quick, slow, refused, empty] = models as [BenchResult, BenchResult, BenchResult, BenchResult];
  assert.ok(quick.ttftMs!.median <= quick.ttftMs!.p95);
  assert.ok(slow.ttftMs!.median >= 295);
  // 20 tokens, 20 ms apart, and 3 of the prompt; twice.
  assert.ok(quick.tokensPerSecond! > 0 && quick.tokensPerSecond! < 60);
  assert.equal(quick.cost?.amount.toFixed(6), ((2 * (3 * 2 + 20 * 10)) / 1e6).toFixed(6));
  assert.equal(slow.cost, null);
  assert.ok(!stdout.includes(UPSTREAM_KEY), 'what an upstream says of the key is left out');
  assert.match(refused.error!, /refused its key/);
  assert.equal(empty.error, 'The answer was empty.');
  const { requests, lastRequest } = await upstream.stats();
  assert.equal(requests, 8);
  assert.deepEqual(lastRequest?.body.messages, [{ role: 'user', content: 'What is it?' }]);
});

test('on a terminal it is a table with bars, the longest for the slowest', async () => {
  const { code, stdout } = await bench('--runs', '1', '--models', 'ok:20:20,slow-first:300,secret:401');
  assert.equal(code, 0);
  const lines = stdout.split('\n');
  const row = (model: string) => lines.find(line => line.startsWith(`${model} `)) ?? '';
  assert.match(row('ok:20:20'), /^ok:20:20 +\d+ ms {2}\S+ +\d+ ms +\d+ +CN¥2\.00 +CN¥10\.00$/);
  assert.match(row('slow-first:300'), / \d+ ms {2}█{24} /);
  assert.match(row('secret:401'), /no answer/);
  assert.match(stdout, /^secret:401 failed 1 of 1 times: /m);
});

test('where no model answers, it has failed', async () => {
  assert.equal((await bench('--runs', '1', '--models', 'secret:401')).code, 1);
});

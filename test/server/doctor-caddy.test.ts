/** What the doctor sees of a real Caddy, and whether Caddy takes what it advises. */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { adviceFor } from '../../server/commands/doctor/advice.ts';
import type { Finding } from '../../server/commands/doctor/finding.ts';
import { startCaddy } from '../support/caddy.ts';
import { assertWell, diagnose, theIllness } from '../support/diagnosis.ts';
import { findProgram, missingProgram } from '../support/program.ts';
import { startProxy, type TestProxy } from '../support/proxy.ts';
import { samplesOf } from '../support/samples.ts';

const TOKEN = 'a-token-of-the-operator';
const SITE = 'https://example.com';

describe('a Caddy', { skip: findProgram('caddy') ? false : missingProgram('caddy') }, () => {
  let proxy: TestProxy;
  before(async () => {
    proxy = await startProxy({ allowedOrigins: [SITE], metrics: { token: TOKEN }, trustedProxyHops: 1 });
  });
  after(() => proxy.close());

  async function findings(site: string): Promise<Finding[]> {
    return diagnose(await startCaddy(proxy.url, site), { token: TOKEN, origins: [SITE] });
  }

  test('as the README has it is well', async () => {
    const { code } = samplesOf('README.md').find(({ language }) => language === 'caddyfile')!;
    const [, site] = /^\S+ \{\n(.*?)\n\}\n$/s.exec(code)!;
    assert.match(site!, /reverse_proxy 127\.0\.0\.1:3000/);
    assertWell(await findings(site!.replace('127.0.0.1:3000', 'PROXY')));
  });

  test('as it is without any setting is well, also where it compresses', async () => {
    assertWell(await findings('encode\nreverse_proxy PROXY'));
  });

  test('that cuts a stream which is silent', async () => {
    const { says, advice } = theIllness(
      await findings('reverse_proxy PROXY {\n transport http {\n read_timeout 1s\n }\n }'),
    );
    assert.match(says, /cuts long streams/);
    // It says that it is a Caddy: nothing is said of others.
    assert.match(advice!.join('|'), /^caddy: no read_timeout or write_timeout in transport http[^|]*$/);
  });

  test('that compresses streams, and the advice that mends it', async () => {
    const compresses = (encode: string) => `encode gzip {
        minimum_length 1
        ${encode}
      }
      reverse_proxy PROXY {
        header_down Cache-Control no-store
      }`;
    const ill = (await findings(compresses('match header Content-Type text/*'))).filter(
      ({ state }) => state === 'ill',
    );
    const sick = ill.find(({ says }) => says.includes('compresses streams (gzip)'));
    assert.ok(sick, JSON.stringify(ill));
    const advised = /in encode: (.*),/.exec(sick.advice!.join())![1]!;
    const mended = await findings(compresses(advised));
    assert.ok(mended.some(({ says }) => says === 'Nothing compresses streams.'));
  });

  test('that drops headers, of requests and of responses', async () => {
    const { says } = theIllness(
      await findings('reverse_proxy PROXY {\n header_up -Last-Event-ID\n header_down -Rivulet-Stream\n }'),
    );
    assert.match(says, /Last-Event-ID \(request\), Rivulet-Stream\.$/);
  });

  test('takes what is advised against buffering', async () => {
    const [advice] = adviceFor('buffers', 'Caddy');
    const directive = /in reverse_proxy: (.*)$/.exec(advice!)![1];
    const all = await findings(`reverse_proxy PROXY {\n ${directive}\n }`);
    assert.ok(all.some(({ says }) => says.startsWith('Nothing buffers')));
  });
});

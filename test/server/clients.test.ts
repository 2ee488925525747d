/** Whom a request counts for: an address that nobody can choose by a header. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientAddress } from '../../server/clients/address.ts';
import { type ForwardedHeader, forwardedAddress } from '../../server/clients/forwarded.ts';
import { ask } from '../support/ask.ts';
import { startProxy, upstreamSettings } from '../support/proxy.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';

let upstream: Upstream;
before(async () => {
  upstream = await startUpstream();
});
after(() => upstream.close());

const addresses: Array<[text: string | null, client: string]> = [
  ['1.2.3.4', '1.2.3.4'],
  [' 1.2.3.4 ', '1.2.3.4'],
  ['1.2.3.4:5678', '1.2.3.4'],
  ['[::ffff:1.2.3.4]:5678', '1.2.3.4'],
  ...[
    '::ffff:1.2.3.4',
    '::FFFF:1.2.3.4',
    '::ffff:0102:0304',
    '::ffff:102:304',
    '0:0:0:0:0:ffff:1.2.3.4',
    '0000:0000:0000:0000:0000:ffff:0102:0304',
    '0::0:FfFf:102:304',
    '::ffff:1.2.3.4%eth0',
    '64:ff9b::1.2.3.4',
    '64:ff9b::102:304',
  ].map((text): [string, string] => [text, '1.2.3.4']),
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['[fe80::1%25en0]:80', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  // In the last group alone, as deprecated notations have it, it is no IPv4 address.
  ['::1.2.3.4', '0:0:0:0::/64'],
  ...[
    '',
    'nonsense',
    'unknown',
    '_hidden',
    '1.2.3.4, 5.6.7.8',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '0x1.2.3.4',
    '16909060',
    '1:2:3:4:5:6:7',
    '1::2::3',
    ':::',
    '2001:db8::g',
    '[2001:db8::1',
    '2001:db8::1]/x',
  ].map((text): [string, string] => [text, 'unknown']),
  [null, 'unknown'],
];

for (const [text, client] of addresses) {
  test(`the client at ${JSON.stringify(text)} is ${client}`, () => assert.equal(clientAddress(text), client));
}

const forwardings: Array<[header: ForwardedHeader, hops: number, value: string | undefined, client: string]> =
  [
    ['X-Forwarded-For', 0, '9.9.9.9', 'socket'],
    ['X-Forwarded-For', 1, undefined, 'socket'],
    ['X-Forwarded-For', 1, '1.1.1.1', '1.1.1.1'],
    ['X-Forwarded-For', 1, '9.9.9.9, 1.1.1.1', '1.1.1.1'],
    ['X-Forwarded-For', 2, '9.9.9.9, 1.1.1.1, 2.2.2.2', '1.1.1.1'],
    ['X-Forwarded-For', 2, '1.1.1.1', 'socket'],
    ['X-Forwarded-For', 3, '1.1.1.1,2.2.2.2', 'socket'],
    ['X-Forwarded-For', 1, '9.9.9.9, [2001:db8::1]:80', '2001:db8:0:0::/64'],
    ['X-Forwarded-For', 1, '9.9.9.9,', 'unknown'],
    ['X-Forwarded-For', 1, '', 'unknown'],
    ['X-Forwarded-For', 1, '9.9.9.9, unknown', 'unknown'],
    ['Forwarded', 0, 'for=9.9.9.9', 'socket'],
    ['Forwarded', 1, 'for=1.1.1.1', '1.1.1.1'],
    ['Forwarded', 1, 'for=9.9.9.9, FOR=1.1.1.1;proto=https;host="a.example:80"', '1.1.1.1'],
    ['Forwarded', 1, 'for=9.9.9.9, by=3.3.3.3; For="1.1.1.1:80" ; proto=http', '1.1.1.1'],
    ['Forwarded', 1, 'for=9.9.9.9, for="[2001:db8:cafe::17]:4711"', '2001:db8:cafe:0::/64'],
    ['Forwarded', 2, 'for=9.9.9.9, for=1.1.1.1, for=2.2.2.2', '1.1.1.1'],
    ['Forwarded', 2, 'for=1.1.1.1', 'socket'],
    ['Forwarded', 1, 'for=9.9.9.9, for=unknown', 'unknown'],
    ['Forwarded', 1, 'for=9.9.9.9, for=_SEVKISEK', 'unknown'],
    ['Forwarded', 1, 'for=9.9.9.9, proto=http', 'unknown'],
    ['Forwarded', 1, 'for=9.9.9.9, 1.1.1.1', 'unknown'],
    // What a client sends before it cannot swallow what the proxy adds.
    ['Forwarded', 1, 'for="9.9.9.9, for=1.1.1.1', '1.1.1.1'],
    ['Forwarded', 1, 'for="\\, for=1.1.1.1;host="a.example"', '1.1.1.1'],
  ];

for (const [header, hops, value, client] of forwardings) {
  test(`${hops} trusted hops and ${header}: ${value} are ${client}`, () => {
    const named = forwardedAddress(value, { hops, header });
    assert.equal(named === null ? 'socket' : clientAddress(named), client);
  });
}

/** Two requests that hold a place, from one socket's address, with these headers; whether they are two clients. */
async function areTwo(
  settings: object,
  one: Record<string, string>,
  other: Record<string, string>,
): Promise<boolean> {
  const all = { limits: { streamsPerClient: 1 }, timeouts: { firstTokenMs: 400 }, ...settings };
  const proxy = await startProxy(upstreamSettings(upstream.url, ['hang-before-first'], all));
  const statuses = await Promise.all(
    [one, other].map(
      async headers => (await ask(`${proxy.url}/v1`, { model: 'hang-before-first', headers })).status,
    ),
  );
  await proxy.close();
  return statuses.every(status => status === 504);
}

test('a header that anyone can send changes nothing', async () => {
  const headers = (address: string) => ({
    'X-Forwarded-For': address,
    Forwarded: `for=${address}`,
    'X-Real-IP': address,
    'CF-Connecting-IP': address,
    'True-Client-IP': address,
  });
  assert.equal(await areTwo({}, headers('1.1.1.1'), headers('2.2.2.2')), false);
  // The operator's proxy adds to one of them; the others are still the client's own.
  const one = { ...headers('1.1.1.1'), 'X-Forwarded-For': '1.1.1.1, 5.5.5.5' };
  const other = { ...headers('2.2.2.2'), 'X-Forwarded-For': '2.2.2.2, 5.5.5.5' };
  assert.equal(await areTwo({ trustedProxyHops: 1 }, one, other), false);
  const forwarded = (first: string, last: string) => ({
    ...headers(first),
    Forwarded: `for=${first}, for=${last}`,
  });
  const settings = { trustedProxyHops: 1, trustedProxyHeader: 'Forwarded' };
  assert.equal(
    await areTwo(settings, forwarded('1.1.1.1', '5.5.5.5'), forwarded('2.2.2.2', '5.5.5.5')),
    false,
  );
  assert.equal(
    await areTwo(settings, forwarded('1.1.1.1', '5.5.5.5'), forwarded('1.1.1.1', '6.6.6.6')),
    true,
  );
});

test('behind a trusted proxy the clients that it names are told apart, and a household is one', async () => {
  const named = (address: string) => ({ 'X-Forwarded-For': `9.9.9.9, ${address}` });
  const settings = { trustedProxyHops: 1 };
  assert.equal(await areTwo(settings, named('1.1.1.1'), named('2.2.2.2')), true);
  assert.equal(await areTwo(settings, named('1.1.1.1'), named('::ffff:101:101')), false);
  assert.equal(await areTwo(settings, named('2001:db8::1'), named('2001:db8::2')), false);
});

/** The policy that the README gives for pages, with the proxies of a test in place of the reader's: what it promises is tested. */

import { samplesOf } from './samples.ts';

export function strictPolicy(...proxies: ReadonlyArray<{ url: string }>): {
  'Content-Security-Policy': string;
} {
  const policies = samplesOf('README.md').map(
    ({ code }) => /^Content-Security-Policy: ([^]+)$/.exec(code)?.[1],
  );
  const policy = policies.find(Boolean)?.trim();
  if (!policy) throw new Error('The README has no policy.');
  const origins = proxies.map(({ url }) => url).join(' ');
  const line = policy.replace(/\s+/g, ' ').replaceAll('https://your-proxy.example', origins);
  return { 'Content-Security-Policy': line };
}

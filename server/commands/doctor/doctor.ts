/** `rivulet-chat doctor [url]`: says what is wrong with providers and with what stands in front, and what to change. */

import type { Config } from '../../config/config.ts';
import { ConfigError } from '../../config/config-error.ts';
import { nodeTransports } from '../../node.ts';
import type { Command } from '../command.ts';
import { checkChain } from './chain.ts';
import { type Finding, write } from './finding.ts';
import { checkProviders } from './providers.ts';

const LONG_SECONDS = 65;

export const doctor: Command = {
  help: `rivulet-chat doctor [url]        checks keys and models; with the proxy's public URL, also the chain in front of it
  --token <token>   the proxy's metrics token; default: that of these settings
  --origin <url>    a site whose pages are to get in; default: allowedOrigins of these settings
  --seconds <n>     how long a stream is watched for being cut; default: ${LONG_SECONDS}`,
  options: {
    token: { type: 'string' },
    origin: { type: 'string' },
    seconds: { type: 'string', default: String(LONG_SECONDS) },
  },
  maxArguments: 1,
  run: async (config, values, [url]) => {
    const longMs = Number(values.seconds) * 1_000;
    if (!(longMs >= 1_000 && longMs <= 3_600_000))
      throw new ConfigError('--seconds: must be from 1 to 3600.');
    const base = url === undefined ? null : publicUrl(url);
    const origin = values.origin as string | undefined;
    if (origin !== undefined && !(URL.canParse(origin) && new URL(origin).origin === origin)) {
      throw new ConfigError('--origin: must be an origin such as https://example.com.');
    }

    const findings = await checkProviders(config.models.values(), nodeTransports(config));
    say('Providers', findings);
    if (base) {
      process.stderr.write(`\nWatching ${base.href} for ${longMs / 1_000} s …\n`);
      const chain = await checkChain(base, {
        token: (values.token as string | undefined) ?? config.metrics.token?.reveal(),
        origins: origin ? [origin] : (config.allowedOrigins ?? []),
        longMs,
        silenceMs: silenceOf(config, longMs),
      });
      say(base.href, chain);
      findings.push(...chain);
    }
    return findings.some(({ state }) => state === 'ill') ? 1 : 0;
  },
};

/** As long as that of an answer that waits for its model, between two pings. */
function silenceOf({ timeouts }: Config, longMs: number): number {
  return Math.max(50, Math.min(timeouts.pingMs, 60_000, longMs));
}

function publicUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new ConfigError(`${text}: must be the http or https URL of a proxy.`);
  }
  const url = new URL(text);
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function say(title: string, findings: readonly Finding[]): void {
  process.stdout.write(`\n${title}\n${write(findings)}\n`);
}

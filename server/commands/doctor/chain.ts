/**
 * Looks at the chain in front of a proxy from outside, by its public URL: whether it buffers, compresses or cuts a stream,
 * drops headers, or keeps a site's pages out. It asks no model: the proxy's probe streams for whoever has its token.
 */

import { paths } from '../../protocol.ts';
import { sick } from './advice.ts';
import { fetchRaw, type RawResponse } from './fetch-raw.ts';
import { type Finding, ill, well } from './finding.ts';
import { noConnection } from './no-connection.ts';
import { checkStream } from './stream.ts';

export interface ChainOptions {
  /** The metrics token of the proxy behind the URL. */
  token: string | undefined;
  /** Sites whose pages are to get in. */
  origins: readonly string[];
  /** How long the long stream is, and the silence between its events, in milliseconds. */
  longMs: number;
  silenceMs: number;
}

export async function checkChain(base: URL, options: ChainOptions): Promise<Finding[]> {
  let alive: RawResponse;
  try {
    alive = await fetchRaw(at(base, '/healthz'), 'GET', {});
  } catch (thrown) {
    return [noConnection('proxy', base.host, thrown)];
  }
  if (alive.status !== 200 || !alive.text.includes('"ok"')) {
    return [ill(`${base}healthz answers ${alive.status}: this is no Rivulet, or the chain leads elsewhere.`)];
  }
  const parts = await Promise.all([
    checkStream(base, options),
    Promise.all(options.origins.map(origin => checkOrigin(base, origin))),
    checkStop(base),
  ]);
  return parts.flat();
}

/** As a browser asks before it sends a visitor's first question. */
async function checkOrigin(base: URL, origin: string): Promise<Finding> {
  const wanted = ['authorization', 'content-type', 'idempotency-key', 'last-event-id', 'rivulet-resume'];
  try {
    const [preflight, models] = await Promise.all([
      fetchRaw(at(base, paths.completions), 'OPTIONS', {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': wanted.join(','),
      }),
      fetchRaw(at(base, paths.models), 'GET', { origin }),
    ]);
    if (models.text.includes('"origin_not_allowed"')) {
      return ill(`Pages of ${origin} are not let in.`, [
        `Add it: ALLOWED_ORIGINS=${origin} or allowedOrigins.`,
      ]);
    }
    const allowed = preflight.headers['access-control-allow-headers']?.toLowerCase() ?? '';
    const lost = wanted.filter(name => !allowed.includes(name));
    const bad =
      preflight.status >= 300
        ? `the preflight is answered ${preflight.status}`
        : [preflight, models].some(({ headers }) => headers['access-control-allow-origin'] !== origin)
          ? `Access-Control-Allow-Origin is ${models.headers['access-control-allow-origin'] ?? 'missing'}`
          : lost.length > 0
            ? `the preflight does not allow ${lost.join(', ')}`
            : null;
    if (bad) return sick('cors', models.headers, `The chain keeps pages of ${origin} out: ${bad}.`);
    return well(`Pages of ${origin} are let in.`);
  } catch (thrown) {
    return noConnection('proxy', base.host, thrown);
  }
}

/** Stop is a DELETE, which some firewalls do not know. */
async function checkStop(base: URL): Promise<Finding> {
  try {
    const { status, text, headers } = await fetchRaw(at(base, `${paths.streams}/doctor`), 'DELETE', {});
    // The proxy itself says in JSON why it has no such stream.
    if (/"code":"\w+"/.test(text)) return well('Stop comes through.');
    return sick('methods', headers, `The chain keeps Stop out: it answers DELETE with ${status}.`);
  } catch (thrown) {
    return noConnection('proxy', base.host, thrown);
  }
}

/** The proxy may be under a path of its own. */
export function at(base: URL, path: string): URL {
  return new URL(path.slice(1), base);
}

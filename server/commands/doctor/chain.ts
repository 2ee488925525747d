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
  try {
    const alive = await fetchRaw(base, 'GET', '/healthz', {});
    if (alive.status !== 200 || !alive.text.includes('"ok"')) {
      return [
        ill(`${base}healthz answers ${alive.status}: this is no Rivulet, or the chain leads elsewhere.`),
      ];
    }
    const parts = await Promise.all([
      checkStream(base, options),
      Promise.all(options.origins.map(origin => checkOrigin(base, origin))),
      checkStop(base),
    ]);
    return parts.flat();
  } catch (thrown) {
    return [noConnection('proxy', base.host, thrown)];
  }
}

/** As a browser asks before it sends a visitor's first question. */
async function checkOrigin(base: URL, origin: string): Promise<Finding> {
  const wanted = ['authorization', 'content-type', 'idempotency-key', 'last-event-id', 'rivulet-resume'];
  const [preflight, models] = await Promise.all([
    fetchRaw(base, 'OPTIONS', paths.completions, {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': wanted.join(','),
    }),
    fetchRaw(base, 'GET', paths.models, { origin }),
  ]);
  if (models.text.includes('"origin_not_allowed"')) {
    const advice = `Add it: ALLOWED_ORIGINS=${origin} or allowedOrigins.`;
    return ill(`Pages of ${origin} are not let in.`, [advice]);
  }
  const why = preflightFault(preflight, wanted) ?? originFault([preflight, models], origin);
  if (why) return sick('cors', models.headers, `The chain keeps pages of ${origin} out: ${why}.`);
  return well(`Pages of ${origin} are let in.`);
}

function preflightFault({ status, headers }: RawResponse, wanted: readonly string[]): string | null {
  if (status >= 300) return `the preflight is answered ${status}`;
  const allowed = headers['access-control-allow-headers']?.toLowerCase() ?? '';
  const lost = wanted.filter(name => !allowed.includes(name));
  return lost.length > 0 ? `the preflight does not allow ${lost.join(', ')}` : null;
}

/** A second header beside the proxy's own is as bad as none. */
function originFault(responses: readonly RawResponse[], origin: string): string | null {
  const sent = responses.map(({ headers }) => headers['access-control-allow-origin'] ?? 'missing');
  const wrong = sent.find(text => text !== origin);
  return wrong === undefined ? null : `Access-Control-Allow-Origin is ${wrong}`;
}

/** Stop is a DELETE, which some firewalls do not know. */
async function checkStop(base: URL): Promise<Finding> {
  const { status, text, headers } = await fetchRaw(base, 'DELETE', `${paths.streams}/doctor`, {});
  // The proxy itself says in JSON why it has no such stream.
  if (/"code":"\w+"/.test(text)) return well('Stop comes through.');
  return sick('methods', headers, `The chain keeps Stop out: it answers DELETE with ${status}.`);
}

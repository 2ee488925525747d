/** Looks at what a chain does to a stream: the proxy's probe, short and full of events, and long and mostly silent. */

import { DONE, type ProbeTick, paths } from '../../protocol.ts';
import { adviceFor, sick } from './advice.ts';
import type { ChainOptions } from './chain.ts';
import { fetchRaw, type RawResponse } from './fetch-raw.ts';
import { type Finding, ill, unseen, well } from './finding.ts';

const SHORT_SECONDS = 1.5;
const TICK_MS = 100;
/** The event after which the short stream is resumed. */
const LAST_EVENT = 7;

export async function checkStream(
  base: URL,
  { token, origins, longMs, silenceMs }: ChainOptions,
): Promise<Finding[]> {
  if (!token)
    return [unseen('Streams are not checked: that needs the metrics token (--token, METRICS_TOKEN).')];
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'text/event-stream',
    'accept-encoding': 'gzip, deflate, br, zstd',
    'last-event-id': String(LAST_EVENT),
    ...(origins[0] ? { origin: origins[0] } : {}),
  };
  const probe = (seconds: number, everyMs: number, more: Record<string, string> = {}) =>
    fetchRaw(
      base,
      'GET',
      `${paths.probe}?seconds=${seconds}&everyMs=${everyMs}`,
      { ...headers, ...more },
      everyMs + 15_000,
    );

  // Its headers say it all.
  const compressed = await probe(TICK_MS / 1_000, TICK_MS);
  if (compressed.status !== 200) return [refusedProbe(compressed)];
  const [plain, long] = await Promise.all([
    probe(SHORT_SECONDS, TICK_MS, { 'accept-encoding': 'identity' }),
    probe(longMs / 1_000, silenceMs, { 'accept-encoding': 'identity' }),
  ]);
  return [
    judgeBuffering(plain),
    judgeCompression(compressed),
    judgeLength(long, longMs, silenceMs),
    judgeHeaders(plain, origins[0]),
    ...judgeHops(plain),
  ];
}

function refusedProbe({ status, text, headers }: RawResponse): Finding {
  if (text.includes('"origin_not_allowed"'))
    return unseen('Streams are not checked: the origin is not let in.');
  if (status === 401) {
    return ill('The token is refused (401).', [
      'Give the one that the proxy has as METRICS_TOKEN or metrics.token.',
      ...(headers['www-authenticate']?.includes('Rivulet')
        ? ['It may also be that the chain takes the Authorization header away.']
        : ['It is not the proxy that asks for it: the chain in front has a password of its own.']),
    ]);
  }
  if (text.includes('METRICS_TOKEN')) {
    return ill('Streams cannot be checked: the proxy has no metrics token.', ['Set METRICS_TOKEN there.']);
  }
  return ill(`The chain answers ${paths.probe} with ${status}, and not the proxy.`);
}

function judgeBuffering(response: RawResponse): Finding {
  const { headers, pieces } = response;
  const events = eventsOf(response);
  const sentMs = events.at(-1)?.tick.elapsedMs ?? 0;
  const lateMs = Math.max(...events.map(({ atMs, tick }) => atMs - tick.elapsedMs));
  // All of it at once, in the end; or the headers first, and then nothing for long.
  if (pieces.length < 3 || events.length < 3 || lateMs > sentMs / 2) {
    return sick(
      'buffers',
      headers,
      `The chain buffers: ${sentMs} ms of a stream came as ${pieces.length} piece${pieces.length === 1 ? '' : 's'}.`,
    );
  }
  return well(`Nothing buffers: ${events.length} events came as they were sent.`);
}

function judgeCompression({ headers }: RawResponse): Finding {
  const encoding = headers['content-encoding'];
  if (encoding && encoding !== 'identity') {
    return sick(
      'compresses',
      headers,
      `The chain compresses streams (${encoding}), which holds tokens back.`,
    );
  }
  return well('Nothing compresses streams.');
}

function judgeLength({ text, durationMs, headers }: RawResponse, longMs: number, silenceMs: number): Finding {
  const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
  if (text.includes(DONE))
    return well(`A stream of ${seconds(longMs)}, silent for ${seconds(silenceMs)} at a time, is not cut.`);
  const asked = `of ${seconds(longMs)} with an event every ${seconds(silenceMs)}`;
  return sick(
    'cuts',
    headers,
    `The chain cuts long streams: one ${asked} ended after ${seconds(durationMs)}.`,
  );
}

function judgeHeaders(response: RawResponse, origin: string | undefined): Finding {
  const { headers } = response;
  const lost: string[] = [];
  if (eventsOf(response)[0]?.id !== LAST_EVENT + 1) lost.push('Last-Event-ID (request)');
  if (!headers['rivulet-stream']) lost.push('Rivulet-Stream');
  if (!headers['cache-control']?.includes('no-transform')) lost.push('Cache-Control: no-transform');
  if (!headers['content-type']?.startsWith('text/event-stream')) lost.push('Content-Type: text/event-stream');
  if (origin && !/rivulet-stream/i.test(headers['access-control-expose-headers'] ?? ''))
    lost.push('Access-Control-Expose-Headers: Rivulet-Stream');
  if (lost.length > 0)
    return sick('drops', headers, `The chain drops or changes headers: ${lost.join(', ')}.`);
  return well('The headers that resuming needs come through.');
}

function judgeHops(response: RawResponse): Finding[] {
  const tick = eventsOf(response)[0]?.tick;
  if (!tick) return [];
  const { forwarded, trustedProxyHops, trustedProxyHeader } = tick;
  if (forwarded === trustedProxyHops)
    return [well(`Visitors are told apart by address (trustedProxyHops ${forwarded}).`)];
  const says = `${trustedProxyHeader} has ${forwarded} addresses here, and trustedProxyHops is ${trustedProxyHops}: visitors are taken for each other.`;
  if (forwarded > trustedProxyHops)
    return [ill(says, [`Set TRUSTED_PROXY_HOPS=${forwarded} if all of them are yours.`])];
  return [ill(says, adviceFor('hops', response.headers.server))];
}

interface Event {
  id: number;
  atMs: number;
  tick: ProbeTick;
}

/** Those that came whole, each with the time of the piece that ended it. */
function eventsOf({ pieces }: RawResponse): Event[] {
  const events: Event[] = [];
  let text = '';
  for (const piece of pieces) {
    text += piece.text;
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const [, id, data] = /^id: (\d+)\ndata: (\{.*\})$/.exec(text.slice(0, end)) ?? [];
      if (id && data) events.push({ id: Number(id), atMs: piece.atMs, tick: JSON.parse(data) });
      text = text.slice(end + 2);
    }
  }
  return events;
}

/** What to change in what stands in front, by what it does to a stream. */

import type { RawResponse } from './fetch-raw.ts';
import { type Finding, ill } from './finding.ts';

type Illness = 'buffers' | 'compresses' | 'cuts' | 'drops' | 'cors' | 'hops' | 'methods';

/** Those in front that most people have, by the word that they put into the `Server` header. */
type Front = 'nginx' | 'caddy' | 'cloudflare';

const advices: Readonly<Record<Illness, Readonly<Record<Front, string>>>> = {
  buffers: {
    nginx: 'proxy_buffering off; proxy_http_version 1.1; no proxy_ignore_headers X-Accel-Buffering;',
    caddy: 'in reverse_proxy: flush_interval -1',
    cloudflare: 'switch off Response Buffering; a Worker returns response.body without reading it',
  },
  compresses: {
    nginx: 'take text/event-stream (and *) out of gzip_types and brotli_types, or gzip off; in this location',
    caddy: 'in encode: match header Content-Type text/html*, or another list without text/event-stream',
    cloudflare:
      'a Compression Rule that switches it off for /v1/*; nothing may take no-transform out of Cache-Control',
  },
  cuts: {
    nginx: 'proxy_read_timeout 700s; send_timeout 700s;',
    caddy: 'no read_timeout or write_timeout in transport http, no write in the timeouts of servers',
    cloudflare: 'keep timeouts.pingMs well below 100 s: it ends what is silent for longer',
  },
  drops: {
    nginx:
      'no proxy_hide_header Rivulet-Stream; no proxy_set_header Last-Event-ID ""; no proxy_pass_request_headers off;',
    caddy: 'no header_up -Last-Event-ID, no header_down -Rivulet-Stream',
    cloudflare: 'no Transform Rule that removes Last-Event-ID, Rivulet-Stream or Access-Control headers',
  },
  cors: {
    nginx: 'no add_header Access-Control-…, no return for OPTIONS: the proxy answers both',
    caddy: 'no header Access-Control-…, no respond for OPTIONS: the proxy answers both',
    cloudflare: 'no Transform Rule and no Worker that sets Access-Control headers; no challenge on /v1/*',
  },
  hops: {
    nginx: 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
    caddy: 'it adds one address by itself',
    cloudflare: 'it adds one address, which what stands behind it has to pass on',
  },
  methods: {
    nginx: 'no limit_except without DELETE in this location',
    caddy: 'no matcher of methods without DELETE',
    cloudflare: 'no WAF rule that blocks DELETE on /v1/*',
  },
};

/** @param server the `Server` header of the chain's responses: where it names one, the advice is for that one alone */
export function adviceFor(illness: Illness, server: string | undefined): string[] {
  const all = Object.entries(advices[illness]);
  const named = all.filter(([front]) => server?.toLowerCase().includes(front));
  return (named.length > 0 ? named : all).map(([front, advice]) => `${front}: ${advice}`);
}

/** What a chain does, with what to change in it. */
export function sick(illness: Illness, headers: RawResponse['headers'], says: string): Finding {
  return ill(says, adviceFor(illness, headers.server));
}

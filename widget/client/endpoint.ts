/** Where a call goes, from the base URL that a page names. */

import type { paths } from '../../server/protocol.ts';

/** The type alone, as a literal of it weighs nothing and the rest of the wire's words come with an answer. */
type Path = (typeof paths)[keyof typeof paths] | `${typeof paths.streams}/${string}`;

/** Servers that bring their own version in the path (`…/v1`, `…/api/paas/v4`) get no second one. */
export function callUrl(endpoint: string, path: Path): string {
  const [, base = '', query = ''] = /^([^?#]*?)\/*(\?[^#]*)?(?:#.*)?$/.exec(endpoint.trim()) ?? [];
  return base + (/\/v\d+$/.test(base) ? path.replace('/v1', '') : path) + query;
}

/** Where an answer is resumed and stopped. */
export function streamUrl(endpoint: string, id: string): string {
  return callUrl(endpoint, `/v1/streams/${encodeURIComponent(id)}`);
}

export function completionsUrl(endpoint: string): string {
  return callUrl(endpoint, '/v1/chat/completions');
}

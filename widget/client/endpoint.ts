/** Where a call goes, from the base URL that a page names. */

import { paths } from '../../server/protocol.ts';

/** Servers that bring their own version in the path (`…/v1`, `…/api/paas/v4`) get no second one. */
export function callUrl(endpoint: string, path: (typeof paths)[keyof typeof paths]): string {
  const [, base = '', query = ''] = /^([^?#]*?)\/*(\?[^#]*)?(?:#.*)?$/.exec(endpoint.trim()) ?? [];
  return base + (/\/v\d+$/.test(base) ? path.replace('/v1', '') : path) + query;
}

export function completionsUrl(endpoint: string): string {
  return callUrl(endpoint, paths.completions);
}

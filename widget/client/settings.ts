/** Fetches what the site owner set for the widget. A server that knows nothing of it sets nothing. */

import type { WidgetSettings } from '../../server/protocol.ts';
import { callUrl } from './endpoint.ts';
import type { PageHeaders } from './send.ts';

export interface OwnerSettings extends Omit<Partial<WidgetSettings>, 'feedback' | 'commands' | 'followUps'> {
  /** All that was said, as it came: parts that are loaded late read what they need by themselves. */
  all?: Record<string, unknown>;
}

/** A question waits for them so long: it is sent by what the server can do. */
const LIMIT_MS = 5_000;

/** Never rejects: a chat works without. Undefined where nobody could be reached; what is not as it should be is left out. */
export async function fetchSettings(
  endpoint: string,
  stop: AbortSignal,
  headers?: PageHeaders,
): Promise<OwnerSettings | undefined> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LIMIT_MS)]);
  try {
    const plain: RequestInit = { credentials: 'omit', signal };
    const init = headers ? await (await import('./page-headers.ts')).withHeaders(headers, plain) : plain;
    const response = await fetch(callUrl(endpoint, '/v1/widget'), init);
    return response.ok ? readSettings(await response.json().catch(() => undefined)) : {};
  } catch {
    return undefined;
  }
}

/** Nothing that comes over the wire is taken on trust. */
export function readSettings(value: unknown): OwnerSettings {
  if (!isObject(value)) return {};
  const { limits } = value;
  const named = (names: string, isRight: (value: unknown) => boolean) =>
    Object.fromEntries(names.split(' ').flatMap(name => (isRight(value[name]) ? [[name, value[name]]] : [])));
  const lists = ['suggestions', 'tools'].filter(name => Array.isArray(value[name]));
  return {
    all: value,
    ...named('title greeting placeholder teaser model theme', isText),
    ...named('session thinking', value => value === true),
    ...(isObject(limits) &&
      isCount(limits.messages) &&
      isCount(limits.bodyBytes) && { limits: limits as unknown as WidgetSettings['limits'] }),
    ...Object.fromEntries(lists.map(name => [name, (value[name] as unknown[]).filter(isText)])),
  };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 1;
}

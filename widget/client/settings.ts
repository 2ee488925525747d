/** Fetches what the site owner set for the widget. A server that knows nothing of it sets nothing. */

import type { WidgetSettings } from '../../server/protocol.ts';
import { callUrl } from './endpoint.ts';

export type OwnerSettings = Partial<WidgetSettings>;

/** A question waits for them so long: it is sent by what the server can do. */
const LIMIT_MS = 5_000;

/** Never rejects: a chat works without. Undefined where nobody could be reached; what is not as it should be is left out. */
export async function fetchSettings(endpoint: string, stop: AbortSignal): Promise<OwnerSettings | undefined> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(LIMIT_MS)]);
  try {
    const response = await fetch(callUrl(endpoint, '/v1/widget'), { credentials: 'omit', signal });
    return response.ok ? readSettings(await response.json().catch(() => undefined)) : {};
  } catch {
    return undefined;
  }
}

/** Nothing that comes over the wire is taken on trust. */
export function readSettings(value: unknown): OwnerSettings {
  if (!isObject(value)) return {};
  const { suggestions, theme, session, limits } = value;
  const texts = ['title', 'greeting', 'placeholder'].filter(name => isText(value[name]));
  return {
    ...Object.fromEntries(texts.map(name => [name, value[name]])),
    ...(Array.isArray(suggestions) && { suggestions: suggestions.filter(isText) }),
    ...((theme === 'light' || theme === 'dark' || theme === 'auto') && { theme }),
    ...(session === true && { session }),
    ...(isObject(limits) &&
      isCount(limits.messages) &&
      isCount(limits.bodyBytes) && { limits: { messages: limits.messages, bodyBytes: limits.bodyBytes } }),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 1;
}

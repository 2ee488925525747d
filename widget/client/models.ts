/** Fetches the models that a server offers. */

import type { Price } from '../../server/protocol.ts';
import { callUrl } from './endpoint.ts';
import type { Send } from './send.ts';
import { isObject, isText } from './settings.ts';

export interface OfferedModel {
  id: string;
  label: string;
  isDefault: boolean;
  /** It can see images. */
  sees: boolean;
  /** Null where nobody knows it. */
  price: Price | null;
  /** Median of the times to first token that the server has measured lately, in milliseconds; null until it has. */
  ttftMs: number | null;
}

const LIMIT_MS = 15_000;

/**
 * Rejects where the server cannot be reached, has no such list, or nothing in it can be read.
 * @param endpoint base URL of the proxy, or of any OpenAI-compatible server
 */
export async function fetchModels(endpoint: string, send: Send): Promise<OfferedModel[]> {
  const response = await send(callUrl(endpoint, '/v1/models'), {
    credentials: 'omit',
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const models = response.ok ? readModels(await response.json()) : [];
  if (models.length === 0) throw new Error(`There are no models: ${response.status}.`);
  return models;
}

/** Nothing that comes over the wire is taken on trust. OpenAI-compatible servers other than ours tell of ids alone. */
export function readModels(list: unknown): OfferedModel[] {
  const entries = at(list, 'data');
  if (!Array.isArray(entries)) return [];
  const models = new Map<string, OfferedModel>();
  for (const entry of entries) {
    const id = text(at(entry, 'id'));
    const about = at(entry, 'rivulet');
    const ttftMs = at(about, 'ttft_ms');
    if (id && !models.has(id))
      models.set(id, {
        id,
        label: text(at(about, 'label')) || id,
        isDefault: at(about, 'default') === true,
        sees: at(about, 'vision') === true,
        price: readPrice(at(about, 'price')),
        ttftMs: isAmount(ttftMs) ? ttftMs : null,
      });
  }
  return [...models.values()];
}

function at(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function text(value: unknown): string {
  return isText(value) ? value : '';
}

function readPrice(price: unknown): Price | null {
  const input = at(price, 'input');
  const output = at(price, 'output');
  const currency = text(at(price, 'currency'));
  if (!isAmount(input) || !isAmount(output)) return null;
  return { input, output, ...(/^[A-Z]{3}$/.test(currency) && { currency }) };
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < Infinity;
}

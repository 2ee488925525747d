/** `GET /v1/models`: the allowlist, in OpenAI's list shape. */

import type { Context } from 'hono';
import type { Config } from '../config/config.ts';
import type { ModelList } from '../protocol.ts';
import type { TtftRecord } from '../telemetry/ttft.ts';

export function models(config: Config, ttft: TtftRecord) {
  return (c: Context): Response => {
    const list: ModelList = {
      object: 'list',
      data: [...config.models.values()].map(({ id, label, vision, price, provider }) => ({
        id,
        object: 'model',
        created: 0,
        owned_by: provider.name,
        rivulet: { label, default: id === config.defaultModel, vision, price, ttft_ms: ttft.median(id) },
      })),
    };
    return c.json(list, 200, { 'Cache-Control': 'no-store' });
  };
}

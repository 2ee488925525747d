/** Turns the names of `fallbacks` into models. */

import { ConfigError } from './config-error.ts';
import type { Model, Models } from './models.ts';

/** @throws ConfigError for a name that is no model's, and for a model that would stand in for itself */
export function fallbackModels(
  fallbacks: Readonly<Record<string, readonly string[]>>,
  models: Models,
): ReadonlyMap<string, readonly Model[]> {
  const find = (id: string, where: string): Model => {
    const model = models.get(id);
    if (model) return model;
    throw new ConfigError(`${where}: there is no model ${id}; there are ${[...models.keys()].join(', ')}.`);
  };
  return new Map(
    Object.entries(fallbacks).map(([id, others]) => {
      const where = `fallbacks.${id}`;
      find(id, 'fallbacks');
      if (new Set([id, ...others]).size <= others.length) {
        throw new ConfigError(`${where}: names a model twice, or ${id} itself.`);
      }
      return [id, others.map(other => find(other, where))];
    }),
  );
}

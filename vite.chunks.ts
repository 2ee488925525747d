/**
 * Keeps what an answer needs in one file. Left alone, the build puts what that shares with several later chunks into files
 * of their own: some requests more, and a kilobyte, as each is compressed by itself.
 */

import type { Rolldown } from 'vite';

/**
 * All that `entry` imports before it runs, and `before` does not, is one chunk of this name. The entry is not in it: its
 * exports would become an object there, for which the build brings code of its own, four times as large.
 */
export function oneChunk(name: string, entry: string, before: string): Rolldown.CodeSplittingOptions {
  let own: Set<string> | undefined;
  return {
    includeDependenciesRecursively: false,
    groups: [
      { name: 'chat', tags: ['$initial'], priority: 1 },
      {
        name(id, graph) {
          const importsOf = (id: string) => graph.getModuleInfo(id)?.importedIds ?? [];
          own ??= without(closure(entry, importsOf), closure(before, importsOf).add(entry));
          return own.has(id) ? name : null;
        },
      },
    ],
  };
}

function closure(start: string, importsOf: (id: string) => readonly string[]): Set<string> {
  const found = new Set([start]);
  for (const id of found) for (const imported of importsOf(id)) found.add(imported);
  return found;
}

function without(all: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...all].filter(id => !others.has(id)));
}

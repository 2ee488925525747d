/**
 * A chunk that shares its modules with others has short names for what it exports, so the build makes a file beside it that
 * has the long ones for whoever imports it dynamically. Here that one asks for the chunk itself: a request less between a
 * question and its answer.
 */

import type { Plugin } from 'vite';

const FACADE = /^export\{([^}]+)\}from"\.\/([\w-]+\.js)";?\s*$/;

export function withoutFacades(): Plugin {
  return {
    name: 'without-facades',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk');
      for (const facade of chunks) {
        const [, exported, behind] = FACADE.exec(facade.code) ?? [];
        if (!exported || !behind) continue;
        const shortNames = new Map(
          exported.split(',').map(name => name.split(' as ').toReversed() as [string, string]),
        );
        const file = facade.fileName.split('/').at(-1)!;
        for (const chunk of chunks) {
          if (!chunk.code.includes(file)) continue;
          chunk.code = chunk.code.replace(
            new RegExp(`import\\("\\./${file}"\\)\\.then\\(\\(\\{([^}]+)\\}\\)`),
            (_, names: string) => `import("./${behind}").then(({${renamed(names, shortNames)}})`,
          );
          if (chunk.code.includes(file))
            this.error(`${chunk.fileName} imports ${file} otherwise than by its names.`);
        }
        delete bundle[facade.fileName];
      }
    },
  };
}

/** The keys of a pattern, as in `long:a,other:b`. */
function renamed(names: string, shortNames: ReadonlyMap<string, string>): string {
  return names
    .split(',')
    .map(pair => {
      const [name, as = name] = pair.split(':') as [string, string?];
      return `${shortNames.get(name) ?? name}:${as}`;
    })
    .join(',');
}

/** The languages that have colours: what a fence may call them, and where their grammars are, a chunk each. */

import type { LanguageFn } from 'highlight.js';

export interface Language {
  name: string;
  load(): Promise<{ default: LanguageFn }>;
  /** Languages that it is written together with, as scripts and styles are in a page. */
  contains: readonly string[];
}

/** The language that a fence names; undefined for one without colours. */
export function languageOf(label: string): Language | undefined {
  return byLabel.get(label.toLowerCase());
}

/** Every label a fence may have. */
export function labels(): Iterable<string> {
  return byLabel.keys();
}

const byLabel = new Map<string, Language>();

/** The first of the labels is the name. */
function language(names: string, load: Language['load'], contains: readonly string[] = []): void {
  const all = names.split(' ');
  for (const label of all) byLabel.set(label, { name: all[0]!, load, contains });
}

language('bash sh shell zsh console shell-session', () => import('highlight.js/lib/languages/bash'));
language('c h', () => import('highlight.js/lib/languages/c'));
language('clojure clj edn', () => import('highlight.js/lib/languages/clojure'));
language('cmake', () => import('highlight.js/lib/languages/cmake'));
language('cpp c++ cc cxx hpp', () => import('highlight.js/lib/languages/cpp'));
language('csharp c# cs', () => import('highlight.js/lib/languages/csharp'));
language('css', () => import('highlight.js/lib/languages/css'));
language('dart', () => import('highlight.js/lib/languages/dart'));
language('diff patch', () => import('highlight.js/lib/languages/diff'));
language('dockerfile docker', () => import('highlight.js/lib/languages/dockerfile'), ['bash']);
language('elixir ex exs', () => import('highlight.js/lib/languages/elixir'));
language('erlang erl', () => import('highlight.js/lib/languages/erlang'));
language('fsharp f# fs', () => import('highlight.js/lib/languages/fsharp'));
language('go golang', () => import('highlight.js/lib/languages/go'));
language('graphql gql', () => import('highlight.js/lib/languages/graphql'));
language('groovy gradle', () => import('highlight.js/lib/languages/groovy'));
language('haskell hs', () => import('highlight.js/lib/languages/haskell'));
language('http', () => import('highlight.js/lib/languages/http'));
language('ini toml conf env dotenv', () => import('highlight.js/lib/languages/ini'));
language('java', () => import('highlight.js/lib/languages/java'));
language('javascript js jsx mjs cjs node', () => import('highlight.js/lib/languages/javascript'), ['xml']);
language('json jsonc json5 jsonl', () => import('highlight.js/lib/languages/json'));
language('julia jl', () => import('highlight.js/lib/languages/julia'));
language('kotlin kt kts', () => import('highlight.js/lib/languages/kotlin'));
language('latex tex', () => import('highlight.js/lib/languages/latex'));
language('less', () => import('highlight.js/lib/languages/less'));
language('lua', () => import('highlight.js/lib/languages/lua'));
language('makefile make mk', () => import('highlight.js/lib/languages/makefile'));
language('markdown md mdx', () => import('highlight.js/lib/languages/markdown'), ['xml']);
language('matlab octave', () => import('highlight.js/lib/languages/matlab'));
language('nginx', () => import('highlight.js/lib/languages/nginx'));
language('nix', () => import('highlight.js/lib/languages/nix'));
language('objectivec objective-c objc', () => import('highlight.js/lib/languages/objectivec'));
language('ocaml ml', () => import('highlight.js/lib/languages/ocaml'));
language('perl pl', () => import('highlight.js/lib/languages/perl'));
language('php', () => import('highlight.js/lib/languages/php'));
language('powershell ps1 pwsh ps', () => import('highlight.js/lib/languages/powershell'));
language('properties', () => import('highlight.js/lib/languages/properties'));
language('protobuf proto', () => import('highlight.js/lib/languages/protobuf'));
language('python py python3 pycon ipython', () => import('highlight.js/lib/languages/python'));
language('r', () => import('highlight.js/lib/languages/r'));
language('ruby rb', () => import('highlight.js/lib/languages/ruby'));
language('rust rs', () => import('highlight.js/lib/languages/rust'));
language('scala', () => import('highlight.js/lib/languages/scala'));
language('scss sass', () => import('highlight.js/lib/languages/scss'));
language(
  'sql postgresql postgres pgsql mysql sqlite plsql tsql',
  () => import('highlight.js/lib/languages/sql'),
);
language('swift', () => import('highlight.js/lib/languages/swift'));
language('typescript ts tsx mts cts', () => import('highlight.js/lib/languages/typescript'), ['xml']);
language('vim viml', () => import('highlight.js/lib/languages/vim'));
language('xml html xhtml svg vue svelte astro rss plist', () => import('highlight.js/lib/languages/xml'), [
  'css',
  'javascript',
]);
language('yaml yml', () => import('highlight.js/lib/languages/yaml'));

/** Tells the kinds of code's tokens by the grammars of highlight.js, a piece of the code at a time. */

import type { CompiledMode, HLJSApi, Language as Definition } from 'highlight.js';
import { IdleTime } from '../later/idle.ts';
import { type Language, languageOf } from './languages.ts';
import type { Token, TokenKind } from './token.ts';
import { TokenEmitter } from './token-emitter.ts';

/** Takes a text's pieces in their order. Its tokens are the text, whole and unchanged. */
export type Highlighter = (piece: string) => Token[];

/** A highlighter for one text in the language a fence names; null for a language without one, or that did not load. */
export async function highlightCode(label: string): Promise<Highlighter | null> {
  const language = languageOf(label);
  if (!language) return null;
  const inner = language.contains.map(languageOf).filter(one => one !== undefined);
  // Without a network there are no colours; the next block asks again.
  const library = await load([language, ...inner]).catch(() => null);
  if (!library) return null;
  for (const { name } of [language, ...inner]) await prepareOnce(library, name);
  return createHighlighter(library, language.name);
}

let loaded: HLJSApi | undefined;

async function load(languages: readonly Language[]): Promise<HLJSApi> {
  const [{ default: core }, ...grammars] = await Promise.all([
    import('highlight.js/lib/core'),
    ...languages.map(language => language.load()),
  ]);
  // An instance of our own: the page may use the library too.
  const library = (loaded ??= core.newInstance());
  library.configure({ __emitter: TokenEmitter, open: [] } as object);
  for (const [index, { name }] of languages.entries())
    if (!library.getLanguage(name)) define(library, name, grammars[index]!.default(library));
  return library;
}

const prepared = new Map<string, Promise<void>>();

function prepareOnce(library: HLJSApi, name: string): Promise<void> {
  const preparing = prepared.get(name) ?? prepare(library, library.getLanguage(name)!);
  prepared.set(name, preparing);
  return preparing;
}

/** The expressions of a grammar are made at its first use, which takes a while: in idle time, part by part. */
async function prepare(library: HLJSApi, language: Definition): Promise<void> {
  const idle = new IdleTime();
  for (const mode of language.contains) {
    await idle.more();
    define(library, 'part', { ...language, contains: [mode], keywords: {}, illegal: undefined });
    library.highlight('', { language: 'part' });
  }
}

/**
 * The library goes on where it was at the end of a text only inside itself. What it is in then is made a language, so
 * that a comment that began in one piece is a comment in the next.
 */
function createHighlighter(library: HLJSApi, name: string): Highlighter {
  const { case_insensitive, classNameAliases } = library.getLanguage(name)!;
  let mode: Definition | CompiledMode | undefined;
  let open: readonly (TokenKind | null)[] = [];
  return piece => {
    let language = name;
    if (mode) {
      language = 'rest';
      define(library, language, Object.assign(Object.create(mode), { case_insensitive, classNameAliases }));
    }
    library.configure({ open } as object);
    const { _top, _emitter, errorRaised } = library.highlight(piece, { language, ignoreIllegals: true });
    const { tokens, stillOpen } = _emitter as TokenEmitter;
    if (errorRaised || tokens.map(token => token.text).join('') !== piece) {
      mode = undefined;
      open = [];
      return [{ text: piece, kind: null }];
    }
    mode = _top;
    open = stillOpen;
    return tokens;
  };
}

/** Labels are ours, and nothing is guessed: trying every language on a text takes long, and depends on what is loaded. */
function define(library: HLJSApi, name: string, language: Definition): void {
  library.registerLanguage(name, () =>
    Object.assign(language, { name, aliases: [], disableAutodetect: true }),
  );
}

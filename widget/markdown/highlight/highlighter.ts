/** Tells the kinds of code's tokens by the grammars of highlight.js, a piece of the code at a time. */

import type { CompiledMode, HLJSApi, Language as Definition } from 'highlight.js';
import type { IdleTime } from '../later/idle.ts';
import { type Language, languageOf } from './languages.ts';
import type { Token, TokenKind } from './token.ts';
import { takeApart } from './rules.ts';
import { TokenEmitter } from './token-emitter.ts';

/** Takes a text's pieces in their order. Its tokens are the text, whole and unchanged. */
export type Highlighter = (piece: string) => Token[];

/**
 * A highlighter for a text in the language a fence names, made ready in idle time; null for a language without one, or that
 * did not load.
 */
export async function highlightCode(
  label: string,
  text: string,
  idle: IdleTime,
): Promise<Highlighter | null> {
  const language = languageOf(label);
  if (!language) return null;
  const inner = language.contains.map(languageOf).filter(one => one !== undefined);
  // Without a network there are no colours; the next block asks again.
  const library = await load([language, ...inner]).catch(() => null);
  if (!library) return null;
  for (const { name } of [language, ...inner]) await warm(await prepareOnce(library, name, idle), text, idle);
  return createHighlighter(library, language.name);
}

/** As long as a slice must be that an engine does not copy, so that it is of the text's own kind. */
const longestSample = 16;

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

const prepared = new Map<string, Promise<RegExp[]>>();

/** The expressions of a grammar. */
function prepareOnce(library: HLJSApi, name: string, idle: IdleTime): Promise<RegExp[]> {
  const preparing = prepared.get(name) ?? prepare(library, library.getLanguage(name)!, idle);
  prepared.set(name, preparing);
  return preparing;
}

/** A grammar is compiled at its first use, which takes a while: part by part. */
async function prepare(library: HLJSApi, language: Definition, idle: IdleTime): Promise<RegExp[]> {
  for (const mode of language.contains) {
    await idle.more();
    compile(library, 'part', { ...language, contains: [mode], keywords: {}, illegal: undefined });
  }
  await idle.more();
  compile(library, language.name!, language);
  return takeApart(language);
}

/**
 * Engines compile an expression at its first use, and again, to run faster, at the second; anew for texts whose characters
 * take two bytes, which an English text may too; and forget it in time. So it is done for each text.
 */
async function warm(expressions: readonly RegExp[], text: string, idle: IdleTime): Promise<void> {
  const sample = text.slice(0, longestSample);
  for (const expression of [...expressions, ...expressions]) {
    await idle.more();
    expression.exec(sample);
  }
}

/** Makes of a grammar what the library reads with, and reads nothing. */
function compile(library: HLJSApi, name: string, language: Definition & { __emitTokens?(): void }): void {
  language.__emitTokens = () => {};
  define(library, name, language);
  library.highlight('', { language: name });
  delete language.__emitTokens;
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

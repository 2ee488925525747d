/**
 * The expressions of a grammar, each by itself. highlight.js joins those that may match in one place into one, which takes
 * long to compile, as nothing else can be done meanwhile; and to count the groups of each, it compiles them all before.
 * Apart they find the same: what comes first in the text, and of that what comes first in the grammar.
 */

import type { CompiledMode, Language } from 'highlight.js';

/** What the library has found, and by which of its rules. */
type Found = RegExpExecArray & { position: number };

type Rule = readonly [expression: RegExp | string, meaning: object];

/** What stands for the rules from one on. */
interface Finder {
  lastIndex: number;
  exec(text: string): Found | null;
}

/** Of the library's own, which it does not tell of. */
interface Matcher {
  rules: Rule[];
  getMatcher(from: number): Finder;
}

type Mode = CompiledMode & { matcher: Matcher; starts?: Mode; contains: Mode[] };

/** Takes the rules of a compiled grammar apart; its expressions, none of which was used. */
export function takeApart(language: Language): RegExp[] {
  const flags = `mg${language.case_insensitive ? 'i' : ''}${language.unicodeRegex ? 'u' : ''}`;
  const expressions = new Map<string, RegExp>();
  // The same rule is in many places.
  const compile = (rule: RegExp | string) => {
    const source = typeof rule === 'string' ? rule : rule.source;
    const expression = expressions.get(source) ?? new RegExp(source, flags);
    expressions.set(source, expression);
    return expression;
  };
  const met = new Set<Mode>();
  const meet = (mode: Mode | undefined) => {
    if (!mode || met.has(mode)) return;
    met.add(mode);
    const rules = new Rules(mode.matcher.rules, compile);
    mode.matcher.getMatcher = (from: number) => rules.from(from);
    mode.contains.forEach(meet);
    meet(mode.starts);
  };
  meet(language as unknown as Mode);
  return [...expressions.values()];
}

class Rules {
  readonly #meanings: object[];
  readonly #expressions: RegExp[];
  #text = '';
  /** Where it was looked for last: what is found after that is found from any place between, too. */
  #at = 0;
  /** What each finds next in the text; null if nothing, undefined if it was not asked. */
  #found: Array<RegExpExecArray | null> = [];

  constructor(rules: readonly Rule[], compile: (rule: RegExp | string) => RegExp) {
    this.#meanings = rules.map(([, meaning]) => meaning);
    this.#expressions = rules.map(([expression]) => compile(expression));
  }

  from(first: number): Finder {
    const find = (text: string, at: number) => this.#find(text, at, first);
    return {
      lastIndex: 0,
      exec(text) {
        return find(text, this.lastIndex);
      },
    };
  }

  #find(text: string, at: number, first: number): Found | null {
    if (text !== this.#text || at < this.#at) this.#found = [];
    this.#text = text;
    this.#at = at;
    let best: RegExpExecArray | null = null;
    let position = first;
    for (let index = first; index < this.#expressions.length && best?.index !== at; index += 1) {
      const found = this.#next(index, at);
      if (!found || (best && best.index <= found.index)) continue;
      best = found;
      position = index;
    }
    return best && Object.assign(best, this.#meanings[position], { position: position - first });
  }

  #next(index: number, at: number): RegExpExecArray | null {
    const known = this.#found[index];
    if (known === null || (known && known.index >= at)) return known;
    const expression = this.#expressions[index]!;
    expression.lastIndex = at;
    return (this.#found[index] = expression.exec(this.#text));
  }
}

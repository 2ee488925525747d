/** What a piece of code is, in a few kinds, and how highlight.js's many scopes fall into them. */

export type TokenKind =
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'function'
  | 'type'
  | 'variable'
  | 'attribute'
  | 'tag'
  | 'meta'
  | 'added'
  | 'removed';

export interface Token {
  text: string;
  /** Null for what has no colour of its own. */
  kind: TokenKind | null;
}

/** The kind of a scope; undefined for one that looks like what it is in. */
export function kindOf(scope: string): TokenKind | null | undefined {
  // `title.function.invoke` is a `title.function` is a `title`: the longest that is known.
  for (let name = scope; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const kind = kinds.get(name);
    if (kind !== undefined) return kind;
  }
  return undefined;
}

const scopes: Record<TokenKind, string> = {
  keyword: 'keyword operator.word selector-pseudo section',
  string: 'string regexp char char.escape quote code link',
  number: 'number literal symbol bullet variable.constant',
  comment: 'comment doctag',
  function: 'title title.function built_in formula',
  type: 'type class title.class selector-class selector-id',
  variable: 'variable template-variable variable.language',
  attribute: 'attr attribute property selector-attr',
  tag: 'name tag selector-tag template-tag',
  meta: 'meta',
  added: 'addition',
  removed: 'deletion',
};

const kinds = new Map<string, TokenKind | null>([
  // Code inside a string, and what is code again.
  ['subst', null],
  ['params', null],
]);
for (const kind of Object.keys(scopes) as TokenKind[])
  for (const scope of scopes[kind].split(' ')) kinds.set(scope, kind);

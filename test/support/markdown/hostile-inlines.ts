/** Hostile texts that a careless parser of inlines reads over and over. */

import { type Family, halves, numbered, repeated } from './family.ts';

/** What may be closed at any time, at the start of a paragraph that goes on and on: nothing in it is ever settled. */
const openers = [
  '[',
  '![',
  '[a][',
  '[^',
  '*',
  '**',
  '***',
  '_',
  '~~',
  '`',
  '``',
  '$',
  '$$',
  '\\(',
  '**a `b [c ',
];

export const neverClosedFamilies: readonly Family[] = openers.map(opener =>
  repeated(`words after ${opener}, which is never closed`, 'word and more ', { before: opener }),
);

export const inlineFamilies: readonly Family[] = [
  ...neverClosedFamilies,

  // Brackets and links
  repeated('opening brackets', '['),
  repeated('opening brackets, spaced', '[ '),
  repeated('closing brackets', ']'),
  repeated('image openers', '!['),
  halves('brackets nested', '[', ']'),
  halves('brackets nested around a word', '[', ']', 'a'),
  repeated('links opened', '[a]('),
  repeated('links opened with an angle', '[a](<b'),
  repeated('links opened with a title', '[a]("b'),
  repeated('links opened with a title in parentheses', '[a](b (c'),
  repeated('links with parentheses in the address', '[](('),
  {
    name: 'parentheses nested in an address',
    make: length => `[a](${'('.repeat(length / 2)}${')'.repeat(length / 2)})`,
  },
  repeated('empty images in links', '![[]()'),
  repeated('full references', '[a][b]'),
  repeated('a reference and a bracket', '[ref][x'),
  repeated('a short link', '[a](b) '),
  repeated('links in links', '[a [b](c) '),
  halves('links nested', '[', '](u)', 'a'),
  halves('images nested', '![', '](u)', 'a'),
  numbered('references without a definition', index => `[r${index}] `),
  numbered('references defined late', index => `[r${index}] `, { after: '\n\n[r1]: /u\n[r2]: /u\n' }),
  {
    name: 'every reference defined late',
    make: length => {
      const count = Math.ceil(length / 20);
      const labels = Array.from({ length: count }, (_, index) => `r${index}`);
      return `${labels.map(label => `[${label}]`).join(' ')}\n\n${labels.map(label => `[${label}]: /u`).join('\n')}\n`;
    },
  },
  {
    name: 'every reference defined late, each in its paragraph',
    make: length => {
      const count = Math.ceil(length / 20);
      const labels = Array.from({ length: count }, (_, index) => `r${index}`);
      return `${labels.map(label => `[${label}]`).join('\n\n')}\n\n${labels.map(label => `[${label}]: /u`).join('\n')}\n`;
    },
  },
  repeated('one definition over and over', '[a]: /u\n'),
  numbered('definitions', index => `[a${index}]: /u "t"\n`),
  repeated('definitions that have begun', '[a]:\n'),
  repeated('a definition with a title that never ends', 'b\n', { before: '[a]: /u "' }),
  repeated('a label that never ends', 'a b ', { before: '[' }),
  repeated('escapes in a title', '\\"', { before: '[a](b "' }),
  repeated('footnote marks', '[^1] '),
  numbered('footnotes', index => `x[^${index}]\n\n[^${index}]: note\n\n`),
  repeated('footnotes in footnotes', '[^1]: '),

  // Emphasis
  repeated('emphasis opened', '*a '),
  repeated('strong opened', '**a '),
  repeated('emphasis and strong opened', '*a **a '),
  repeated('emphasis of both kinds', '*a_ '),
  repeated('strong in words', 'a**b'),
  repeated('three in words', 'a***b'),
  repeated('emphasis closed', 'a* '),
  repeated('emphasis closed by the other kind', '_a __b '),
  halves('emphasis nested', '*a ', ' a*'),
  halves('strong nested', '**a ', ' a**'),
  halves('emphasis and strong nested', '*a **a ', ' a** a*'),
  halves('a long opener, a long closer', '*', '*', 'a'),
  halves('a long opener, many closers', '*', 'a* '),
  repeated('emphasis in brackets', '*a [b '),
  repeated('strikethrough opened', '~~a '),
  repeated('tildes', '~'),
  repeated('tildes, spaced', '~ '),
  repeated('asterisks', '*'),
  repeated('underscores, spaced', '_ '),
  repeated('strong in Chinese', '**中文。'),

  // Code and math
  repeated('backticks', '`'),
  repeated('backticks, spaced', '` '),
  {
    name: 'backtick runs of growing length',
    make: length => {
      let text = '';
      for (let run = 1; text.length < length; run += 1) text += `a${'`'.repeat(run)}`;
      return text;
    },
  },
  halves('code opened and a text', '`', 'a '),
  repeated('dollars', '$'),
  repeated('dollars, spaced', '$ '),
  repeated('math opened', '$a '),
  repeated('double dollars', '$$a '),
  repeated('parenthesis math opened', '\\('),
  repeated('bracket math opened', '\\[ '),
  repeated('both maths opened', '\\( \\[ $$ $'),

  // Addresses, entities, HTML
  repeated('angles', '<'),
  repeated('angles, spaced', '< '),
  repeated('tags opened', '<a '),
  repeated('attributes that never end', ' b="c"', { before: '<a' }),
  repeated('comments opened', '<!-- a '),
  repeated('instructions opened', '<?'),
  repeated('declarations opened', '<!A '),
  repeated('CDATA opened', '<![CDATA['),
  repeated('autolinks opened', '<http:'),
  repeated('ampersands', '&'),
  repeated('entities that never end', '&amp'),
  repeated('at signs', '@'),
  repeated('addresses of e-mail', 'a@b.c '),
  repeated('an address of e-mail that never ends', 'a.b@'),
  repeated('a long local part', 'a.', { after: '@' }),
  repeated('www.', 'www.'),
  repeated('www. and underscores', 'www.a_b'),
  repeated('addresses in parentheses', 'http://a.b/( '),
  repeated('an address with closing parentheses', ')', { before: 'http://a.b/' }),
  repeated('an address with question marks', '?', { before: 'http://a.b/' }),
  repeated('an address with entities', '&a;', { before: 'http://a.b/' }),
  repeated('schemes', 'http://'),
];

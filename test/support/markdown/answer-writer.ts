/** Writes an answer as a model would: blocks of every kind, Markdown within Markdown, the words of many scripts. */

import type { Dialect } from './generate.ts';

const words = (
  'the a to of and river stream token answer proxy browser `x` price 42 3.14 snake_case 2*3 é naïve ' +
  '你好 世界。 日本語 の مرحبا שלום 👩‍👩‍👧 🇯🇵 😅 it’s “quoted” (in brackets) [y] C++ a/b 50% #1 end. well, so: why? yes!'
).split(' ');

const otherWords = words.filter(word => !/[\u3000-\u9fff]/.test(word));

export class AnswerWriter {
  readonly #random: () => number;
  readonly #dialect: Dialect;
  readonly #labels: string[] = [];
  readonly #notes: string[] = [];

  constructor(random: () => number, dialect: Dialect) {
    this.#random = random;
    this.#dialect = dialect;
  }

  document(blocks: number): string {
    const parts = Array.from({ length: blocks }, () => this.#block(0));
    // Definitions mostly come last, sometimes in the middle.
    for (const label of this.#labels) {
      const definition = `[${label}]: ${this.#pick(['/u', '<a b>', this.#dialect.addresses ? 'https://example.org/x_y' : '/x_y'])}${this.#pick(['', ' "t"', " 'a title'"])}`;
      parts.splice(this.#chance(0.8) ? parts.length : this.#below(parts.length), 0, definition);
    }
    for (const note of this.#notes) parts.push(`[^${note}]: ${this.#inlines(1)}`);
    return parts.join(this.#chance(0.95) ? '\n\n' : '\n') + this.#pick(['', '\n']);
  }

  #block(depth: number): string {
    const kinds = [
      () => this.#paragraph(),
      () => this.#paragraph(),
      () => this.#paragraph(),
      () => `${'#'.repeat(1 + this.#below(6))} ${this.#inlines(0)}`,
      () => this.#list(depth),
      () => this.#list(depth),
      () => this.#quote(depth),
      () => this.#fence(),
      () => this.#pick(['---', '***', '___', '* * *']),
      () => `${this.#inlines(0)}\n${this.#pick(['===', '---'])}`,
      () => '    indented code\n\n      more of it',
    ];
    if (this.#dialect.tables)
      kinds.push(
        () => this.#table(),
        () => this.#table(),
      );
    if (this.#dialect.math) kinds.push(() => this.#pick(['$$\nx^2 + y_1\n$$', '\\[\na * b * c\n\\]']));
    if (this.#dialect.html)
      kinds.push(() => this.#pick(['<div class="a">\n*b*\n</div>', '<!-- *c* -->', '<p>\n\n**x**\n\n</p>']));
    return this.#pick(kinds)();
  }

  #paragraph(): string {
    const lines = Array.from({ length: 1 + this.#below(3) }, () => this.#inlines(0));
    return lines.join(this.#pick(['\n', '\n', '  \n', '\\\n']));
  }

  #list(depth: number): string {
    const ordered = this.#chance(0.4);
    const loose = this.#chance(0.3);
    const bullet = this.#pick(['-', '*', '+']);
    const first = this.#pick([1, 1, 1, 3, 9]);
    const items = Array.from({ length: 1 + this.#below(4) }, (_, index) => {
      const marker = ordered ? `${first + index}. ` : `${bullet} `;
      const task = this.#dialect.tasks && !ordered && this.#chance(0.15) ? this.#pick(['[ ] ', '[x] ']) : '';
      const content = [task + this.#paragraph()];
      if (depth < 3 && this.#chance(0.3)) content.push(this.#block(depth + 1));
      const gap = loose ? '\n\n' : '\n';
      return marker + indent(content.join(gap), marker.length);
    });
    return items.join(loose ? '\n\n' : '\n');
  }

  #quote(depth: number): string {
    const content = [this.#paragraph()];
    if (depth < 3 && this.#chance(0.4)) content.push(this.#block(depth + 1));
    const lines = content.join('\n\n').split('\n');
    return lines.map(line => (line === '' ? '>' : `> ${line}`)).join('\n');
  }

  #fence(): string {
    const fence = this.#pick(['```', '```', '````', '~~~']);
    const code = this.#pick([
      'let x = 1;\n\n  y *= 2; // *no*',
      '# not a heading\n- nor a list',
      'echo "`date`" | wc',
      '',
    ]);
    return `${fence}${this.#pick(['', 'js', 'python', ' c++ x=1'])}\n${code}${code && '\n'}${fence}`;
  }

  #table(): string {
    const columns = 1 + this.#below(4);
    const row = (cell: () => string) => `| ${Array.from({ length: columns }, cell).join(' | ')} |`;
    const cell = () => this.#inline(2).replaceAll('|', '\\|').replaceAll('\n', ' ');
    const rows = Array.from({ length: this.#below(4) }, () => row(cell));
    return [row(cell), row(() => this.#pick(['---', ':--', '--:', ':-:'])), ...rows].join('\n');
  }

  #inlines(depth: number): string {
    return Array.from({ length: 1 + this.#below(6) }, () => this.#inline(depth)).join(' ');
  }

  #inline(depth: number): string {
    if (depth > 2 || this.#chance(0.5)) return this.#words();
    const kinds = [
      () => `**${this.#inline(depth + 1)}**`,
      () => `*${this.#inline(depth + 1)}*`,
      () => `_${this.#inline(depth + 1)}_`,
      () => `***${this.#words()}***`,
      () => `\`${this.#words().replaceAll('`', '')}\``,
      () => '``a ` b``',
      () =>
        `[${this.#inline(depth + 1)}](${this.#pick(['/u', this.#dialect.addresses ? 'https://example.org/a_b(c)' : '/a_b(c)', '<a b> "t"', ''])})`,
      () => `![${this.#words()}](/i.png "${this.#words().replaceAll('"', '')}")`,
      () => '<https://example.org/?a=1&b=2>',
      () => this.#pick(['&amp;', '&copy;', '&#x41;', '&nothing;', 'a&b']),
      () => this.#pick(['\\*', '\\\\', '\\a', '\\`', '\\[x', '\\#']),
      () => this.#reference(),
    ];
    if (this.#dialect.tables) kinds.push(() => `~~${this.#words()}~~`);
    if (this.#dialect.addresses)
      kinds.push(() => this.#pick(['https://example.org/a.', 'www.example.org', 'me@example.org']));
    if (this.#dialect.math)
      kinds.push(() => this.#pick(['$x_1$', '\\(a*b*c\\)', '$5 and $10', '$$e=mc^2$$']));
    if (this.#dialect.html)
      kinds.push(() => this.#pick(['<br>', '<b>x</b>', 'a < b', '<!-- c -->', '<a href="*x*">']));
    if (this.#dialect.footnotes) kinds.push(() => this.#note());
    return this.#pick(kinds)();
  }

  #words(): string {
    return Array.from({ length: 1 + this.#below(5) }, () =>
      this.#pick(this.#dialect.cjk ? words : otherWords),
    ).join(' ');
  }

  #reference(): string {
    const label = this.#pick(['one', 'Two words', 'three!', 'four *em*']);
    if (this.#chance(0.7) && !this.#labels.includes(label)) this.#labels.push(label);
    return this.#pick([`[${label}]`, `[${label}][]`, `[text][${label}]`, `![alt][${label}]`]);
  }

  #note(): string {
    const note = this.#pick(['1', '2', 'word']);
    if (this.#chance(0.8) && !this.#notes.includes(note)) this.#notes.push(note);
    return `[^${note}]`;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(from: readonly [T, ...T[]] | readonly T[]): T {
    return from[this.#below(from.length)] as T;
  }
}

function indent(text: string, by: number): string {
  return text.replaceAll(/\n(?!\n|$)/g, `\n${' '.repeat(by)}`);
}

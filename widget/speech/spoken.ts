/** What is read aloud of what is shown: its words, and no signs of how it is laid out. Pure. */

import type { Block, Inline, Item, Root } from '../markdown/tree.ts';

export interface SpokenWords {
  /** In place of what nobody wants to hear. */
  code(lines: number): string;
  formula: string;
  /** In place of its cells, where they are not to be heard. */
  table?(rows: number): string;
}

/** Each block is a line or several. */
export function toSpoken({ children }: Pick<Root, 'children'>, words: SpokenWords): string {
  return blocks(children, words);
}

function blocks(nodes: readonly Block[], words: SpokenWords): string {
  return nodes.map(node => block(node, words)).join('');
}

function block(node: Block, words: SpokenWords): string {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return line(inlines(node.children, words));
    case 'blockquote':
      return blocks(node.children, words);
    case 'list':
      return node.children.map((item: Item) => blocks(item.children, words)).join('');
    case 'code':
      return line(words.code(node.text.trimEnd().split('\n').length));
    case 'math-block':
      return line(words.formula);
    case 'table':
      if (words.table) return line(words.table(node.rows.length));
      return [node.head, ...node.rows]
        .map(row => line(row.children.map(cell => inlines(cell.children, words)).join(', ')))
        .join('');
    case 'break':
      return '';
    default:
      return node satisfies never;
  }
}

function line(text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  return words && `${words}\n`;
}

function inlines(nodes: readonly Inline[], words: SpokenWords): string {
  return nodes.map(node => inline(node, words)).join('');
}

function inline(node: Inline, words: SpokenWords): string {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'emphasis':
    case 'strong':
    case 'delete':
    case 'link':
      return inlines(node.children, words);
    case 'code-span':
      return node.text;
    case 'math':
      return words.formula;
    case 'image':
      return node.alt;
    case 'line-break':
      return ' ';
    case 'footnote-reference':
      return '';
    default:
      return node satisfies never;
  }
}

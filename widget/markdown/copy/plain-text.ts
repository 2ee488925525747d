/** Writes what is shown as text for programs that know no Markdown: what it says, in the order that one reads it. */

import type { Block, Footnote, Inline, Item, List, Root, Table } from '../tree.ts';

export function toPlainText({ children, footnotes }: Root): string {
  const notes = footnotes?.children.map(note).join('\n') ?? '';
  return [blocks(children, '\n\n', ''), notes].filter(Boolean).join('\n\n');
}

/** @param margin what each line begins with, but for lines of code and rows: both are to be pasted as they are */
function blocks(nodes: readonly Block[], gap: string, margin: string): string {
  return nodes
    .map(node => block(node, margin))
    .filter(Boolean)
    .join(within(gap, margin));
}

/** A blank line has a margin too, if there is something to see of it. */
function within(gap: string, margin: string): string {
  return gap.replace('\n\n', `\n${margin.trimEnd()}\n`);
}

function block(node: Block, margin: string): string {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return indent(inlines(node.children), margin);
    case 'blockquote':
      return blocks(node.children, '\n\n', `${margin}> `);
    case 'list':
      return list(node, margin);
    case 'code':
      return node.text.replace(/\n$/, '');
    case 'break':
      return indent('---', margin);
    case 'table':
      return table(node);
    case 'math-block':
      return indent(node.text, margin);
    default:
      return node satisfies never;
  }
}

function indent(text: string, margin: string): string {
  return text.replace(/^(?=.)/gm, margin);
}

function list({ ordered, start, tight, children }: List, margin: string): string {
  const gap = tight ? '\n' : '\n\n';
  return children
    .map((one, index) => item(one, ordered ? `${start + index}.` : '•', gap, margin))
    .join(within(gap, margin));
}

function item({ checked, children }: Item, mark: string, gap: string, margin: string): string {
  const begin = margin + (checked === undefined ? mark : `${mark} ${checked ? '[x]' : '[ ]'}`);
  const inner = `${margin}${' '.repeat(mark.length + 1)}`;
  const content = blocks(children, gap, inner);
  // What is not indented begins in the next line.
  return content.startsWith(inner)
    ? `${begin} ${content.slice(inner.length)}`
    : `${begin}\n${content}`.trimEnd();
}

/** Rows of cells with tabs between, as spreadsheets take them. */
function table({ head, rows }: Table): string {
  return [head, ...rows]
    .map(row => row.children.map(cell => inlines(cell.children).replace(/\s+/g, ' ')).join('\t'))
    .filter(row => row.trim() !== '')
    .join('\n');
}

function note({ number, children }: Footnote): string {
  return `[${number}] ${blocks(children, '\n\n', '')}`;
}

function inlines(nodes: readonly Inline[]): string {
  return nodes.map(inline).join('');
}

function inline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'emphasis':
    case 'strong':
    case 'delete':
      return inlines(node.children);
    case 'code-span':
    case 'math':
      return node.text;
    case 'image':
      return node.alt;
    case 'line-break':
      // One that is not hard shows as a space.
      return node.hard ? '\n' : ' ';
    case 'footnote-reference':
      return `[${node.number}]`;
    case 'link':
      return link(inlines(node.children), node.href);
    default:
      return node satisfies never;
  }
}

/** With the address in parentheses, unless it is what the text says. */
function link(text: string, href: string | undefined): string {
  if (!href || text === '') return text || (href ?? '');
  return plainAddress(href) === plainAddress(text) ? text : `${text} (${href.replace(/^mailto:/, '')})`;
}

function plainAddress(address: string): string {
  const plain = address.replace(/^(?:https?:\/\/(?:www\.)?|www\.|mailto:|tel:)/i, '').replace(/\/$/, '');
  try {
    return decodeURI(plain);
  } catch {
    return plain;
  }
}

/** Writes what is shown as Markdown that is read as the same again. */

import type { Block, Code, Footnote, Heading, Inline, Item, List, MathBlock, Root, Table } from '../tree.ts';
import { escapeName } from './escape.ts';
import { inlinesToMarkdown } from './markdown-inlines.ts';

export function toMarkdown({ children, footnotes }: Root): string {
  const notes = footnotes?.children.map(note) ?? [];
  return [blocks(children, '\n\n'), ...notes].filter(Boolean).join('\n\n');
}

function blocks(nodes: readonly Block[], gap: string, isInItem = false): string {
  let isOtherMark = false;
  return nodes
    .map((node, index) => {
      const before = nodes[index - 1];
      // A list with the same marks would be the same list.
      const isNext = node.type === 'list' && before?.type === 'list' && node.ordered === before.ordered;
      isOtherMark = isNext && !isOtherMark;
      return block(node, isInItem && index === 0, isOtherMark);
    })
    .join(gap);
}

function block(node: Block, isInItem: boolean, isOtherMark: boolean): string {
  switch (node.type) {
    case 'paragraph':
      return inlinesToMarkdown(node.children, { isInItem });
    case 'heading':
      return heading(node, isInItem);
    case 'blockquote':
      return blocks(node.children, '\n\n').replace(/^(?=(.?))/gm, (_, first) => (first ? '> ' : '>'));
    case 'list':
      return list(node, isOtherMark);
    case 'code':
      return code(node);
    case 'break':
      // Dashes could underline a heading, or belong to a list.
      return '***';
    case 'table':
      return table(node);
    case 'math-block':
      return math(node);
    default:
      return node satisfies never;
  }
}

function heading({ level, children }: Heading, isInItem: boolean): string {
  const hasLines = level < 3 && children.some(hasLineBreak);
  if (hasLines) return `${inlinesToMarkdown(children, { isInItem })}\n${level === 1 ? '===' : '---'}`;
  const text = inlinesToMarkdown(children, { isLine: true }).replace(/(^|[ \t])(#+)$/, '$1\\$2');
  return `${'#'.repeat(level)} ${text}`.trimEnd();
}

function hasLineBreak(node: Inline): boolean {
  return node.type === 'line-break' || ('children' in node && node.children.some(hasLineBreak));
}

function list({ ordered, start, tight, children }: List, isOtherMark: boolean): string {
  const gap = tight ? '\n' : '\n\n';
  const mark = (index: number) => {
    // More digits begin no list.
    if (ordered) return `${Math.min(start + index, 999_999_999)}${isOtherMark ? ')' : '.'}`;
    return isOtherMark ? '+' : '-';
  };
  return children.map((one, index) => item(one, mark(index), gap)).join(gap);
}

function item({ checked, children }: Item, mark: string, gap: string): string {
  const task = checked === undefined ? '' : checked ? '[x] ' : '[ ] ';
  const content = blocks(children, gap, task === '');
  return `${mark} ${task}${indent(content, mark.length + 1)}`.trimEnd();
}

function note({ label, children }: Footnote): string {
  return `[^${label}]: ${indent(blocks(children, '\n\n'), 4)}`.trimEnd();
}

/** All lines but the first. */
function indent(text: string, width: number): string {
  return text.replace(/\n(?=.)/g, `\n${' '.repeat(width)}`);
}

/** Between fences that are longer than any in it. */
function code({ info, text }: Code): string {
  const char = info.includes('`') ? '~' : '`';
  const runs = text.match(char === '~' ? /~{3,}/g : /`{3,}/g) ?? [];
  const fence = char.repeat(runs.reduce((length, run) => Math.max(length, run.length + 1), 3));
  const lines = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${fence}${escapeName(info)}\n${lines}${fence}`;
}

function math({ text }: MathBlock): string {
  const [opening, closing] = /\$\$[ \t]*$/m.test(text) ? ['\\[', '\\]'] : ['$$', '$$'];
  return `${opening}\n${text && `${text}\n`}${closing}`;
}

function table({ align, head, rows }: Table): string {
  const dashes = head.children.map((_, index) => {
    const side = align[index];
    return `${side === 'left' || side === 'center' ? ':' : ''}---${side === 'right' || side === 'center' ? ':' : ''}`;
  });
  return [cells(head), `| ${dashes.join(' | ')} |`, ...rows.map(cells)].join('\n');
}

function cells({ children }: Table['head']): string {
  const texts = children.map(cell =>
    inlinesToMarkdown(cell.children, { isLine: true }).replaceAll('|', '\\|'),
  );
  return `| ${texts.join(' | ')} |`;
}

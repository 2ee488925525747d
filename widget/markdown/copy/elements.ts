/** Makes elements of what was read, for programs that take text with its structure: nothing of the chat's own is in them. */

import { element } from '../patcher.ts';
import type { Block, Inline, Item, Root, Table } from '../tree.ts';

type Content = Array<Node | string>;

export function toElements({ children, footnotes }: Root): Content {
  const notes = (footnotes?.children ?? []).map(({ number, children: content }) =>
    filled('div', [`[${number}] `, ...(tightParagraph(content) ?? content.map(block))]),
  );
  return [...children.map(block), ...notes];
}

function block(node: Block): Node {
  switch (node.type) {
    case 'paragraph':
      return filled('p', inlines(node.children));
    case 'heading':
      return filled(`h${node.level as 1 | 2 | 3 | 4 | 5 | 6}`, inlines(node.children));
    case 'blockquote':
      return filled('blockquote', node.children.map(block));
    case 'list': {
      const list = filled(
        node.ordered ? 'ol' : 'ul',
        node.children.map(one => item(one, node.tight)),
      );
      if (node.ordered && node.start !== 1) list.setAttribute('start', String(node.start));
      return list;
    }
    case 'code':
      return filled('pre', [filled('code', [node.text])]);
    case 'break':
      return element('hr');
    case 'table':
      return table(node);
    case 'math-block':
      return filled('p', [node.text]);
    default:
      return node satisfies never;
  }
}

function item({ checked, children }: Item, isTight: boolean): Node {
  const box = checked === undefined ? [] : [checked ? '☑ ' : '☐ '];
  const content = isTight ? children.flatMap(child => tightParagraph([child]) ?? [block(child)]) : undefined;
  return filled('li', [...box, ...(content ?? children.map(block))]);
}

/** The words of a lone paragraph, which stand close to what is around them. */
function tightParagraph(blocks: readonly Block[]): Content | undefined {
  const [only] = blocks;
  return blocks.length === 1 && only?.type === 'paragraph' ? inlines(only.children) : undefined;
}

function table({ align, head, rows }: Table): Node {
  const isHeadless = head.children.every(cell => cell.children.length === 0);
  return filled(
    'table',
    (isHeadless ? rows : [head, ...rows]).map(row =>
      filled(
        'tr',
        row.children.map((cell, index) => {
          const made = filled(row === head ? 'th' : 'td', inlines(cell.children));
          if (align[index]) made.align = align[index];
          return made;
        }),
      ),
    ),
  );
}

function inlines(nodes: readonly Inline[]): Content {
  return nodes.map(inline);
}

function inline(node: Inline): Node | string {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'emphasis':
      return filled('em', inlines(node.children));
    case 'strong':
      return filled('strong', inlines(node.children));
    case 'delete':
      return filled('del', inlines(node.children));
    case 'code-span':
      return filled('code', [node.text]);
    case 'line-break':
      return node.hard ? element('br') : '\n';
    case 'link': {
      const link = filled('a', inlines(node.children));
      if (node.href) link.href = node.href;
      return link;
    }
    // It may be one that nobody has asked for yet, and must not be fetched.
    case 'image':
      return node.alt;
    case 'math':
      return node.text;
    case 'footnote-reference':
      return `[${node.number}]`;
    default:
      return node satisfies never;
  }
}

function filled<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  content: Content,
): HTMLElementTagNameMap[Name] {
  const made = element(name);
  made.append(...content);
  return made;
}

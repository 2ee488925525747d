/** What nodes say, without how. */

import type { Inline } from '../tree.ts';

export function plainText(nodes: Inline[]): string {
  return nodes.map(textOf).join('');
}

function textOf(node: Inline): string {
  switch (node.type) {
    case 'text':
      return node.value;
    case 'code-span':
      return node.text;
    case 'math':
      return node.source;
    case 'image':
      return node.alt;
    case 'line-break':
      return '\n';
    case 'footnote-reference':
      return `[${node.number}]`;
    case 'emphasis':
    case 'strong':
    case 'delete':
    case 'link':
      return plainText(node.children);
    default:
      return node satisfies never;
  }
}

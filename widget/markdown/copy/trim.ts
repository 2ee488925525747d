/** Makes of what a selection has cut something that one would write: no spaces at its edges, nothing empty. */

import type { Block, Inline, Root } from '../tree.ts';

export function trimInlines(nodes: readonly Inline[]): Inline[] {
  const kept = nodes.filter(isFilled);
  trim(kept, 'start');
  trim(kept, 'end');
  return kept;
}

type Side = 'start' | 'end';

function trim(nodes: Inline[], side: Side): void {
  for (;;) {
    const edge = nodes.at(side === 'start' ? 0 : -1);
    if (!edge || isLeft(edge, side)) return;
    if (side === 'start') nodes.shift();
    else nodes.pop();
  }
}

/** Trims a node; whether something is left of it. */
function isLeft(node: Inline, side: Side): boolean {
  if (node.type === 'line-break') return false;
  if (node.type === 'text') {
    node.value = side === 'start' ? node.value.trimStart() : node.value.trimEnd();
    return node.value !== '';
  }
  if (!('children' in node)) return true;
  trim(node.children, side);
  return node.children.length > 0;
}

function isFilled(node: Inline): boolean {
  if (node.type === 'text') return node.value !== '';
  if (node.type === 'code-span') return node.text !== '';
  if (!('children' in node)) return true;
  node.children = node.children.filter(isFilled);
  return node.children.length > 0;
}

/** Words of one heading, one item or one cell are words: not a list or a table of one. */
export function unwrapped(root: Root): Root {
  const notes = root.footnotes?.children ?? [];
  const blocks = [...root.children, ...notes.flatMap(note => note.children)];
  const lone = loneBlock(blocks);
  return lone ? { type: 'root', children: [lone], footnotes: undefined } : root;
}

function loneBlock(blocks: readonly Block[]): Block | undefined {
  const [block] = blocks;
  if (!block || blocks.length > 1) return undefined;
  switch (block.type) {
    case 'blockquote':
      return loneBlock(block.children);
    case 'list':
      return block.children.length === 1 ? loneBlock(block.children[0]!.children) : undefined;
    case 'table': {
      const cells = [block.head, ...block.rows].flatMap(row => row.children);
      const filled = cells.filter(cell => cell.children.length > 0);
      return filled.length === 1 ? { type: 'paragraph', children: filled[0]!.children } : undefined;
    }
    case 'heading':
      return { type: 'paragraph', children: block.children };
    case 'paragraph':
    case 'code':
    case 'break':
    case 'math-block':
      return block;
    default:
      return block satisfies never;
  }
}

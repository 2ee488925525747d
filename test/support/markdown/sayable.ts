/** What a tree says that Markdown cannot say, or that is not on screen: the written list. */

import type { Block, Inline, Root } from '../../../widget/markdown/tree.ts';

/**
 * - an emphasis that begins or ends with another, or stands next to one, in the middle of a word: whose delimiters pair up
 *   is decided by all of their run;
 * - a formula of its own line in a paragraph, or of several lines: alone on a line it is a block;
 * - a list of one block that is loose, by a definition that shows nothing.
 */
export function isSayable({ children, footnotes }: Root): boolean {
  return [...children, ...(footnotes?.children.flatMap(note => note.children) ?? [])].every(isSayableBlock);
}

function isSayableBlock(block: Block): boolean {
  switch (block.type) {
    case 'list': {
      const [first] = block.children;
      const isSingle = block.children.length === 1 && (first?.children.length ?? 0) < 2;
      return !(isSingle && !block.tight) && block.children.every(item => item.children.every(isSayableBlock));
    }
    case 'blockquote':
      return block.children.every(isSayableBlock);
    case 'paragraph':
      return isSayableText(block.children) && !hasFormulaLine(block.children);
    case 'heading':
      return isSayableText(block.children);
    case 'table':
      return [block.head, ...block.rows].every(row =>
        row.children.every(cell => isSayableText(cell.children)),
      );
    case 'code':
    case 'break':
    case 'math-block':
      return true;
    default:
      return block satisfies never;
  }
}

function isSayableText(nodes: readonly Inline[]): boolean {
  return nodes.every((node, index) => {
    if (!('children' in node)) return true;
    const edges = [node.children[0], node.children.at(-1), nodes[index + 1]];
    const touches = isEmphasis(node) && edges.some(edge => edge && isEmphasis(edge));
    return !touches && isSayableText(node.children);
  });
}

function isEmphasis({ type }: Inline): boolean {
  return type === 'emphasis' || type === 'strong' || type === 'delete';
}

function hasFormulaLine(nodes: readonly Inline[]): boolean {
  return nodes.some((node, index) => {
    const isFormula = node.type === 'math' && node.display;
    if (isFormula && node.text.includes('\n')) return true;
    const [before, after] = [nodes[index - 1], nodes[index + 1]];
    return isFormula && isEdge(before) && isEdge(after);
  });
}

function isEdge(node: Inline | undefined): boolean {
  return !node || node.type === 'line-break';
}

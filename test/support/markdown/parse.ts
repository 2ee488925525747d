/** Ways to parse a text, and a way to write down a tree so that two can be compared. */

import { MarkdownParser } from '../../../widget/markdown/parser.ts';
import type { Root } from '../../../widget/markdown/tree.ts';

export function parse(text: string): Root {
  return feed([text]).root;
}

/** A parser that was fed these pieces and then ended. */
export function feed(pieces: Iterable<string>): MarkdownParser {
  const parser = new MarkdownParser();
  for (const piece of pieces) parser.feed(piece);
  parser.end();
  return parser;
}

/** The text in pieces of the same length. */
export function* pieces(text: string, length: number): Generator<string> {
  for (let start = 0; start < text.length; start += length) yield text.slice(start, start + length);
}

/** Everything in a tree, one node a line. Equal trees have equal outlines; unequal ones differ where they do. */
export function outline(root: Root): string {
  const lines: string[] = [];
  write(root, '', lines);
  return lines.join('\n');
}

function write(node: object, indent: string, lines: string[]): void {
  const own: string[] = [];
  const below: Array<[name: string, nodes: object[]]> = [];
  for (const [name, value] of Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (name === 'type' || value === undefined) continue;
    if (Array.isArray(value) && (value.length === 0 || typeof value[0] === 'object'))
      below.push([name, value]);
    else if (typeof value === 'object' && value !== null) below.push([name, [value]]);
    else own.push(`${name}=${JSON.stringify(value)}`);
  }
  lines.push(`${indent}${(node as { type: string }).type} ${own.join(' ')}`);
  for (const [name, nodes] of below) {
    if (name !== 'children') lines.push(`${indent}.${name}`);
    for (const child of nodes) write(child, `${indent}  `, lines);
  }
}

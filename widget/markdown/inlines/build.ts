/** Makes nodes of tokens. */

import type { Image, Inline, Link } from '../tree.ts';
import type { Delimiter } from './delimiters.ts';
import type { Token } from './scan.ts';

/** Elements nest no deeper; what is deeper is shown without its own element. */
const deepest = 64;

interface Frame {
  children: Inline[];
  /** What the children become when the frame ends, if not simply the content of an element that is there already. */
  end?: () => void;
}

/** Appends the nodes of tokens to those that are there. What is still open at the end ends there. */
export function build(tokens: Token[], into: Inline[]): void {
  const frames: Frame[] = [{ children: into }];
  for (const token of tokens) {
    switch (token.kind) {
      case 'text':
        addText(top(frames), token.value);
        break;
      case 'node':
        add(top(frames), token.node);
        break;
      case 'close':
        close(frames);
        break;
      case 'open':
        if (token.container) openContainer(frames, token.container, token.isHidden);
        else addText(top(frames), token.isImage ? '![' : '[');
        break;
      case 'delimiter':
        addDelimiter(frames, token);
        break;
      default:
        token satisfies never;
    }
  }
  while (frames.length > 1) close(frames);
}

function top(frames: Frame[]): Inline[] {
  return frames.at(-1)!.children;
}

function add(children: Inline[], node: Inline): void {
  if (node.type === 'text') addText(children, node.value);
  else children.push(node);
}

export function addText(children: Inline[], value: string): void {
  const last = children.at(-1);
  if (value === '') return;
  if (last?.type === 'text') last.value += value;
  else children.push({ type: 'text', value });
}

function close(frames: Frame[]): void {
  frames.pop()?.end?.();
}

function addDelimiter(frames: Frame[], delimiter: Delimiter): void {
  for (let count = delimiter.closes; count > 0; count -= 1) close(frames);
  addText(top(frames), delimiter.char.repeat(delimiter.length));
  for (const type of [...delimiter.opens].reverse()) {
    const children: Inline[] = [];
    openElement(frames, children, () => ({ type, children }));
  }
}

function openElement(frames: Frame[], children: Inline[], node: () => Inline): void {
  const outer = top(frames);
  if (frames.length > deepest) {
    frames.push({ children: outer });
    return;
  }
  frames.push({
    children,
    end: () => {
      if (children.length > 0) outer.push(node());
    },
  });
}

function openContainer(frames: Frame[], container: Link | Image, isHidden: boolean): void {
  const outer = top(frames);
  if (isHidden) frames.push({ children: [] });
  else if (container.type === 'link') {
    const isShown = container.href !== undefined;
    frames.push({
      children: container.children,
      end: () => {
        if (isShown || container.children.length > 0) outer.push(container);
      },
    });
  } else {
    const children: Inline[] = [];
    frames.push({
      children,
      end: () => {
        container.alt = plainText(children);
        outer.push(container);
      },
    });
  }
}

/** What nodes say, without how. */
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

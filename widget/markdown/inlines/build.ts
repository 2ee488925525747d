/** Makes nodes of tokens. */

import type { Inline } from '../tree.ts';
import type { Delimiter } from './delimiters.ts';
import type { Token } from './scan.ts';

/** Elements nest no deeper; what is deeper is shown without its own element. */
const deepest = 64;

/** What is open around the next node. */
export interface Frame {
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
      case 'decoded':
        addText(top(frames), token.value);
        break;
      case 'node':
        top(frames).push(token.node);
        break;
      case 'edge':
        token.build(frames);
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

export function top(frames: Frame[]): Inline[] {
  return frames.at(-1)!.children;
}

export function addText(children: Inline[], value: string): void {
  const last = children.at(-1);
  if (value === '') return;
  if (last?.type === 'text') last.value += value;
  else children.push({ type: 'text', value });
}

export function close(frames: Frame[]): void {
  frames.pop()?.end?.();
}

function addDelimiter(frames: Frame[], { closes, char, length, opens }: Delimiter): void {
  for (let count = closes; count > 0; count -= 1) close(frames);
  addText(top(frames), char.repeat(length));
  for (const type of [...opens].reverse()) {
    const outer = top(frames);
    const children: Inline[] = [];
    frames.push(
      frames.length > deepest
        ? { children: outer }
        : {
            children,
            end: () => {
              if (children.length > 0) outer.push({ type, children });
            },
          },
    );
  }
}

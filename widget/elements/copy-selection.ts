/** What is selected of a transcript, as it goes to the clipboard: the text of messages, and no word of a button. */

import { selectedRange } from '../controllers/selected-range.ts';
import { toElements } from '../markdown/copy/elements.ts';
import { toPlainText } from '../markdown/copy/plain-text.ts';
import { childrenOf, readShown } from '../markdown/copy/read-shown.ts';
import { unwrapped } from '../markdown/copy/trim.ts';
import type { Root } from '../markdown/tree.ts';

/** The part of an answer that is selected, if the selection lies in it. */
export function selectedIn(answer: Element): Root | undefined {
  const range = rangeIn(answer.getRootNode());
  const isInside = range && answer.contains(range.startContainer) && answer.contains(range.endContainer);
  const texts = isInside ? textsOf(answer).filter(text => range.intersectsNode(text)) : [];
  const parts = texts.map(text => readShown(text, clipped(range!, text)));
  return parts.length > 0 ? unwrapped(joined(parts)) : undefined;
}

/** All of an answer's text, without what stands in it. */
export function shownIn(answer: Element): Root {
  return joined(textsOf(answer).map(text => readShown(text)));
}

/** The elements of its blocks. */
export function blocksIn(answer: Element): Element[] {
  return textsOf(answer).flatMap(childrenOf);
}

/** An answer has several where it calls functions of the page. */
function textsOf(answer: Element): Element[] {
  return [...answer.querySelectorAll('.text')];
}

function joined(parts: readonly Root[]): Root {
  return {
    type: 'root',
    children: parts.flatMap(({ children }) => children),
    footnotes: parts.findLast(({ footnotes }) => footnotes)?.footnotes,
  };
}

const followed = new WeakSet<Node>();

/** From now on what is copied of a transcript is its messages' text. Once is enough for a tree. */
export function followCopying(root: Node): void {
  if (followed.has(root)) return;
  followed.add(root);
  root.addEventListener('copy', event => onCopy(event as ClipboardEvent, root));
}

function onCopy(event: ClipboardEvent, root: Node): void {
  const [target] = event.composedPath();
  // It has a selection of its own.
  const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  const range = isField ? undefined : rangeIn(root);
  if (!range || !event.clipboardData || event.defaultPrevented) return;
  const parts = partsOf(range, root);
  const text = parts.map(part => toPlainText(part)).join('\n\n');
  if (text === '') return;
  event.clipboardData.setData('text/plain', text);
  event.clipboardData.setData('text/html', htmlOf(parts));
  event.preventDefault();
}

/** What is selected of each message. */
function partsOf(range: Range, root: Node): Root[] {
  const messages = root instanceof ShadowRoot ? [...root.querySelectorAll('.question > p, .text')] : [];
  const selected = messages.filter(message => range.intersectsNode(message));
  const parts = selected.map(message => {
    const part = clipped(range, message);
    return message.matches('.text') ? readShown(message, part) : questionOf(part);
  });
  const filled = parts.filter(part => toPlainText(part).trim() !== '');
  const [lone] = filled;
  return lone && filled.length === 1 ? [unwrapped(lone)] : filled;
}

/** A question is what was typed, with its line breaks. */
function questionOf(part: Range): Root {
  const children = part
    .toString()
    .split('\n')
    .flatMap((value, index) => [
      ...(index > 0 ? [{ type: 'line-break' as const, hard: true }] : []),
      { type: 'text' as const, value },
    ]);
  return { type: 'root', children: [{ type: 'paragraph', children }], footnotes: undefined };
}

function rangeIn(root: Node): Range | undefined {
  const selected = selectedRange(root);
  if (!selected || selected.collapsed || !root.contains(selected.startContainer)) return undefined;
  const range = document.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  range.setEnd(selected.endContainer, selected.endOffset);
  return range;
}

/** The part of a range that is in an element. */
function clipped(range: Range, element: Element): Range {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (element.contains(range.startContainer)) part.setStart(range.startContainer, range.startOffset);
  if (element.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset);
  return part;
}

function htmlOf(parts: readonly Root[]): string {
  const fragment = document.createDocumentFragment();
  for (const part of parts) fragment.append(...toElements(part));
  return new XMLSerializer().serializeToString(fragment);
}

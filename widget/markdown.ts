/**
 * `rivulet-chat/markdown`: the engine of the widget's answers by itself. In a browser it shows Markdown as it streams, node by
 * node and without HTML; anywhere else it reads it into a tree.
 */

import { enAnswer } from './locales/en-answer.ts';
import { MarkdownAnswer } from './markdown/patcher-answer.ts';
import type { AnswerRenderer } from './markdown/renderer.ts';
import type { Setting } from './markdown/view.ts';

/**
 * Shows Markdown in an element, which is empty: feed it piece by piece, cut anywhere, and end it. Nodes that are there are never
 * made again without need. HTML in it is text, and links are harmless.
 */
export function showMarkdown(
  container: HTMLElement,
  { imageOrigins = '', words = enAnswer.content }: Partial<Setting> = {},
): AnswerRenderer {
  return new MarkdownAnswer(container, { imageOrigins, words });
}

export { toMarkdown } from './markdown/copy/markdown.ts';
export { toPlainText } from './markdown/copy/plain-text.ts';
export { MarkdownParser } from './markdown/parser.ts';
export type { AnswerRenderer } from './markdown/renderer.ts';
export type * from './markdown/tree.ts';
export type { Setting } from './markdown/view.ts';

/**
 * Answers as Markdown, through the seam of renderer.ts. Whole and tested, but not yet what `createRenderer` gives: with it
 * what an answer needs is larger than its budget, also with `LazyAnswer` in its place, which loads half of it later.
 */

import { enAnswer } from '../locales/en-answer.ts';
import { extras } from './extras/index.ts';
import { MarkdownAnswer } from './patcher-answer.ts';
import type { Setting } from './patcher.ts';
import type { AnswerRenderer } from './renderer.ts';

/** What a page does not set stays as it is: no images without a click, and English. */
export function createMarkdownRenderer(
  container: HTMLElement,
  setting: Partial<Setting> = {},
): AnswerRenderer {
  return new MarkdownAnswer(container, { imageOrigins: [], words: enAnswer.content, ...setting }, extras);
}

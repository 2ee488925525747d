/** Shows an answer with all of the syntax from its first character on. */

import { enAnswer } from '../../../widget/locales/en-answer.ts';
import { loadExtras, MarkdownAnswer } from '../../../widget/markdown/patcher-answer.ts';
import type { Setting } from '../../../widget/markdown/view.ts';
import type { AnswerRenderer } from '../../../widget/markdown/renderer.ts';

await loadExtras();

export function fullRenderer(container: HTMLElement, setting: Partial<Setting> = {}): AnswerRenderer {
  return new MarkdownAnswer(container, { imageOrigins: [], words: enAnswer.content, ...setting });
}

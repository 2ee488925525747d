/** Raw HTML in CommonMark's examples: which have it, and what they give when it is shown as text. */

import MarkdownIt from 'markdown-it';
import { specExamples } from './corpora.ts';

const withHtml = new MarkdownIt('commonmark');
const withoutHtml = new MarkdownIt('commonmark', { html: false });

/** The numbers of the examples in which HTML stands. */
export const examplesWithHtml: ReadonlySet<number> = new Set(
  specExamples
    .filter(({ markdown }) => withHtml.render(markdown) !== withoutHtml.render(markdown))
    .map(({ number }) => number),
);

/** The text as if there were no HTML: tags are letters like any other, and Markdown between them counts. */
export function htmlAsText(markdown: string): string {
  return withoutHtml.render(markdown);
}

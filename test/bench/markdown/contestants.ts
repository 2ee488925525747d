/** Ways to show an answer as it arrives: ours, and those that others use. They run in the browser. */

import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { default_renderer, parser, parser_end, parser_write } from 'streaming-markdown';
import { fullRenderer } from '../../support/markdown/full-renderer.ts';
import type { AnswerRenderer } from '../../../widget/markdown/renderer.ts';

export type Start = (container: HTMLElement) => AnswerRenderer;

const markdownIt = new MarkdownIt();

export const rivulet: Start = container => {
  // The class that the style sheet of an answer speaks of.
  container.classList.add('text');
  return fullRenderer(container);
};

export const streamingMarkdown: Start = container => {
  const stream = parser(default_renderer(container));
  return { feed: delta => parser_write(stream, delta), end: () => parser_end(stream) };
};

export const plainAppend: Start = container => {
  const text = container.appendChild(document.createElement('p'));
  text.style.whiteSpace = 'pre-wrap';
  return { feed: delta => text.append(delta), end() {} };
};

export const markedAgain: Start = container =>
  again(container, text => DOMPurify.sanitize(marked.parse(text, { async: false })));

export const markdownItAgain: Start = container => again(container, text => markdownIt.render(text));

/** Parses and shows the whole text again for each delta. */
function again(container: HTMLElement, html: (text: string) => string): AnswerRenderer {
  let text = '';
  return {
    feed(delta) {
      text += delta;
      container.innerHTML = html(text);
    },
    end() {},
  };
}

/** Takes what has come in the meantime at most once per animation frame. */
export function perFrame(start: Start): Start {
  return gathered(start, flush => requestAnimationFrame(flush));
}

/** Takes what has come in the meantime at most once per so many milliseconds. */
export function perMs(ms: number, start: Start): Start {
  return gathered(start, flush => setTimeout(flush, ms));
}

function gathered(start: Start, later: (flush: () => void) => unknown): Start {
  return container => {
    const renderer = start(container);
    let waiting = '';
    const flush = () => {
      if (waiting !== '') renderer.feed(waiting);
      waiting = '';
    };
    return {
      feed(delta) {
        if (waiting === '') later(flush);
        waiting += delta;
      },
      end() {
        flush();
        renderer.end();
      },
    };
  };
}

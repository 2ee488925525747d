/**
 * The page of a chat that is not ours: it asks over the same wire, in the same width and type, and a scroller follows the
 * answer. It has less to do: it keeps nothing, tells no other tab, colours no code and has no button to copy it.
 */

import { createParser } from 'eventsource-parser';
import { markedAgain, perFrame, perMs, plainAppend, type Start, streamingMarkdown } from './contestants.ts';

interface Chat {
  readonly start: Start;
  /** Blocks that are finished are laid out only while they are on screen. */
  readonly containsFinished?: true;
  /** It asks how high it is for each token, and so has it laid out, as chats mostly do. */
  readonly measures?: true;
}

const chats: Record<string, Chat> = {
  'streaming-markdown, per 50 ms, content-visibility': {
    start: perMs(50, streamingMarkdown),
    containsFinished: true,
  },
  'streaming-markdown, per token': { start: streamingMarkdown },
  'plain append, per token': { start: plainAppend },
  'plain append, per token, measured each time': { start: plainAppend, measures: true },
  'marked + DOMPurify, per frame': { start: perFrame(markedAgain) },
};

export function names(): string[] {
  return Object.keys(chats);
}

const style = new CSSStyleSheet();
style.replaceSync(`
  body { margin: 0; font: 15px/1.6 system-ui, sans-serif; }
  #scroller { height: 640px; overflow-y: auto; }
  #answer { padding: 20px; }
  #answer > * { overflow-wrap: anywhere; }
  .contain > :not(:last-child) { content-visibility: auto; contain-intrinsic-size: auto 100px; }
  pre { overflow-x: auto; }
`);
document.adoptedStyleSheets = [style];

let done = false;
globalThis.isDone = () => done;

/** Makes the page ready, and returns what sends the question. */
export function open(name: string, model: string): () => void {
  const { start, containsFinished, measures } = chats[name]!;
  const scroller = document.createElement('div');
  scroller.id = 'scroller';
  const answer = scroller.appendChild(document.createElement('div'));
  answer.id = 'answer';
  if (containsFinished) answer.className = 'contain';
  // The question was typed here, and its cursor blinks.
  const composer = document.createElement('textarea');
  document.body.replaceChildren(scroller, composer);
  composer.focus();
  globalThis.shown = () => answer.textContent;
  if (!measures) new ResizeObserver(() => scroller.scrollTo(0, 1e9)).observe(answer);
  const renderer = start(answer);
  return () =>
    void ask(model, delta => {
      renderer.feed(delta);
      if (measures) scroller.scrollTop = scroller.scrollHeight;
    }).then(() => {
      renderer.end();
      done = true;
    });
}

export async function ask(model: string, feed: (delta: string) => void): Promise<void> {
  const response = await fetch('/v1/chat/completions', { method: 'POST', body: JSON.stringify({ model }) });
  const events = createParser({
    onEvent({ data }) {
      const content = data === '[DONE]' ? '' : JSON.parse(data).choices[0]?.delta.content;
      if (content) feed(content);
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read())
    events.feed(decoder.decode(read.value, { stream: true }));
}

/** The browser's half of the benchmark of giant blocks: one block that grows in a transcript that follows its end. */

import '../../../widget/elements/transcript.ts';
import { loadExtras } from '../../../widget/markdown/patcher-answer.ts';
import { tokens } from '../../../widget/styles/tokens.ts';
import { streamingMarkdown } from './contestants.ts';

export const names = ['rivulet', 'streaming-markdown'];

let feed: (delta: string) => void;

const style = new CSSStyleSheet();
style.replaceSync(`
  body { margin: 0; }
  #panel { container-type: size; display: flex; flex-direction: column; height: 640px; font: 15px/1.6 system-ui, sans-serif; }
  #scroller { overflow-y: auto; }
  #answer { padding: 20px; overflow-wrap: anywhere; }
  #answer pre { overflow-x: auto; }
  #answer > :not(:last-child) { content-visibility: auto; contain-intrinsic-size: auto 100px; }
`);

export async function begin(name: string): Promise<void> {
  const panel = document.createElement('div');
  panel.id = 'panel';
  document.body.replaceChildren(panel);
  const root = panel.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tokens];
  document.adoptedStyleSheets = [style];
  if (name === 'rivulet') {
    await loadExtras();
    const transcript = document.createElement('rivulet-transcript');
    root.append(transcript);
    const question = { id: '1', role: 'user', content: 'Please.' } as const;
    let content = '';
    feed = delta => {
      content += delta;
      transcript.messages = [
        question,
        { id: '2', role: 'assistant', content, reasoning: '', status: 'streaming' },
      ];
    };
    return;
  }
  root.adoptedStyleSheets = [tokens, style];
  const scroller = root.appendChild(document.createElement('div'));
  scroller.id = 'scroller';
  const answer = scroller.appendChild(document.createElement('div'));
  answer.id = 'answer';
  new ResizeObserver(() => scroller.scrollTo(0, 1e9)).observe(answer);
  const renderer = streamingMarkdown(answer);
  feed = delta => renderer.feed(delta);
}

/** Feeds so many characters a frame. */
export async function grow(text: string, perFrame: number): Promise<number> {
  let frames = 0;
  for (let start = 0; start < text.length; start += perFrame, frames += 1) {
    feed(text.slice(start, start + perFrame));
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  }
  return frames;
}

/** The browser's half of the benchmark of giant blocks: one block that grows in a transcript pinned to its end. */

import { markdownStyles } from '../../../widget/markdown/styles.ts';
import { rivulet, type Start, streamingMarkdown } from './contestants.ts';

const contestants: Record<string, Start> = { rivulet, 'streaming-markdown': streamingMarkdown };

let transcript: HTMLElement;
let feed: (delta: string) => void;

const style = new CSSStyleSheet();
style.replaceSync(`
  #transcript { height: 640px; overflow-y: scroll; font: 16px/1.5 sans-serif; }
  pre { overflow-x: auto; }
`);
document.adoptedStyleSheets = [markdownStyles, style];

export function begin(name: string): void {
  transcript = document.createElement('div');
  transcript.id = 'transcript';
  const container = transcript.appendChild(document.createElement('div'));
  document.body.replaceChildren(transcript);
  const renderer = (contestants[name] as Start)(container);
  feed = delta => renderer.feed(delta);
}

/** Feeds so many characters a frame, following the end in each frame. */
export async function grow(text: string, perFrame: number): Promise<number> {
  let frames = 0;
  for (let start = 0; start < text.length; start += perFrame, frames += 1) {
    feed(text.slice(start, start + perFrame));
    transcript.scrollTop = transcript.scrollHeight;
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  }
  return frames;
}

/** The browser's half of the benchmark of cost: a transcript that follows the answer that grows in it. */

import type { AnswerRenderer } from '../../../widget/markdown/renderer.ts';
import { markdownStyles } from '../../../widget/markdown/styles.ts';
import {
  markedAgain,
  perFrame,
  perMs,
  plainAppend,
  rivulet,
  type Start,
  streamingMarkdown,
} from './contestants.ts';

interface Contestant {
  readonly start: Start;
  /** Blocks that are finished are laid out only while they are on screen. */
  readonly containFinished?: true;
}

export const contestants: Record<string, Contestant> = {
  'rivulet, per 50 ms': { start: perMs(50, rivulet) },
  'rivulet, per token': { start: rivulet },
  'streaming-markdown, per token': { start: streamingMarkdown },
  'streaming-markdown, per 50 ms, content-visibility': {
    start: perMs(50, streamingMarkdown),
    containFinished: true,
  },
  'marked + DOMPurify, per frame': { start: perFrame(markedAgain) },
  'plain append, per token': { start: plainAppend },
};

export interface Run {
  /** Tokens that were shown before the time was over. */
  tokens: number;
  /** The longest time without a way for the page to answer, in ms. */
  longestTask: number;
  /** From the last token to the end of the work it made. */
  settledMs: number;
  /** Nodes added, removed or changed, with all that is in them; 0 unless they were counted. */
  touched: number;
  /** Characters on screen at the end: of the answer without its marks. */
  shown: number;
}

export function names(): string[] {
  return Object.keys(contestants);
}

const style = new CSSStyleSheet();
style.replaceSync(`
  #transcript { height: 640px; overflow-y: scroll; font: 16px/1.5 sans-serif; }
  .contain > :not(:last-child) { content-visibility: auto; contain-intrinsic-size: auto 100px; }
  pre { overflow-x: auto; }
`);
document.adoptedStyleSheets = [markdownStyles, style];

export interface Pace {
  tokensPerSecond: number;
  /** The answer is cut here, so that who is slow is not waited for. */
  limitMs: number;
  /** Counts the nodes that are touched, which takes time of its own. */
  counts: boolean;
}

let transcript: HTMLElement;
let container: HTMLElement;
let renderer: AnswerRenderer;

/** Makes the page ready for an answer. */
export function open(name: string): void {
  const { start, containFinished } = contestants[name] as Contestant;
  transcript = document.createElement('div');
  transcript.id = 'transcript';
  container = transcript.appendChild(document.createElement('div'));
  if (containFinished) container.className = 'contain';
  document.body.replaceChildren(transcript);
  renderer = start(container);
}

/** Feeds an answer in tokens of four characters, and waits until it is settled. */
export async function stream(text: string, { tokensPerSecond, limitMs, counts }: Pace): Promise<Run> {
  const watch = watchTasks();
  const follow = new ResizeObserver(() => transcript.scrollTo(0, 1e9));
  follow.observe(container);
  const touches = counts ? countTouches() : () => 0;
  const began = performance.now();
  let sent = 0;
  const isLate = () => performance.now() - began > limitMs;
  while (sent < text.length && !isLate()) {
    // As many as are due: a page that falls behind gets them together, as from a socket.
    const due = Math.min(text.length, 4 * Math.ceil(((performance.now() - began) * tokensPerSecond) / 1000));
    for (; sent < due && !isLate(); sent += 4) renderer.feed(text.slice(sent, sent + 4));
    await new Promise(resolve => setTimeout(resolve, 1000 / tokensPerSecond));
  }
  const last = performance.now();
  renderer.end();
  await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  const settledMs = performance.now() - last;
  follow.disconnect();
  return {
    tokens: Math.ceil(sent / 4),
    longestTask: watch(),
    settledMs,
    touched: touches(),
    shown: textShown().length,
  };
}

function textShown(): string {
  return (container.firstElementChild?.shadowRoot ?? container).textContent ?? '';
}

/** Counts what changes in the answer, also where that is in a shadow tree. */
function countTouches(): () => number {
  let touched = 0;
  const count = (records: MutationRecord[]) => {
    for (const { type, addedNodes, removedNodes } of records)
      touched += type === 'childList' ? nodesIn(addedNodes) + nodesIn(removedNodes) : 1;
  };
  const observer = new MutationObserver(count);
  for (const root of [container, container.firstElementChild?.shadowRoot])
    if (root)
      observer.observe(root, { childList: true, characterData: true, attributes: true, subtree: true });
  return () => {
    count(observer.takeRecords());
    observer.disconnect();
    return touched;
  };
}

function nodesIn(nodes: NodeList): number {
  return [...nodes].reduce((sum, node) => sum + 1 + nodesIn(node.childNodes), 0);
}

/** The longest task of the main thread. The browser tells of those over 50 ms; a shorter one is the gap of a clock. */
function watchTasks(): () => number {
  let longest = 0;
  const observer = new PerformanceObserver(list => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const channel = new MessageChannel();
  let before = performance.now();
  let running = true;
  channel.port1.onmessage = () => {
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
    // Between two ticks of this clock the thread rests, so that the clock costs little.
    if (running) setTimeout(tick, 4);
  };
  const tick = () => {
    before = performance.now();
    channel.port2.postMessage(0);
  };
  tick();
  return () => {
    running = false;
    observer.disconnect();
    return longest;
  };
}

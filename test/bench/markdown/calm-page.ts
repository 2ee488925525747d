/** The browser's half of the benchmark of calm. */

import { randomCuts, seededRandom } from '../../support/random.ts';
import { markdownItAgain, markedAgain, rivulet, type Start, streamingMarkdown } from './contestants.ts';
import { isRestless, type Sight, see, showsRawMarker } from '../../support/markdown/shown.ts';

export interface Calm {
  frames: number;
  restless: number;
  /** Frames with a marker that the same renderer does not show in the end. */
  raw: number;
  /** Frames with a marker that we do not show in the end, which is what the specifications say. */
  wrong: number;
  /** Characters that a renderer holds back, and that would show if the answer ended there; some frames are asked. */
  behind: number[];
  /** The frames of each kind, to look at. */
  examples: string[];
}

const contestants: Record<string, Start> = {
  rivulet,
  'streaming-markdown': streamingMarkdown,
  'marked, again per delta': markedAgain,
  'markdown-it, again per delta': markdownItAgain,
};

/** Of so many frames one is asked how far it is behind: that costs a whole parse. */
const everyBehind = 5;

export function names(): string[] {
  return Object.keys(contestants);
}

/** Shows one answer, cut by a seed, and looks after every delta. */
export function watch(name: string, text: string, seed: number): Calm {
  const container = document.body.appendChild(document.createElement('div'));
  const renderer = (contestants[name] as Start)(container);
  const sights: Sight[] = [];
  const arrived: string[] = [''];
  for (const delta of randomCuts(text, seededRandom(seed))) {
    renderer.feed(delta);
    arrived.push(arrived.at(-1) + delta);
    sights.push(see(container));
  }
  renderer.end();
  const final = see(container);
  container.remove();
  const right = finished(text);

  const calm: Calm = { frames: sights.length, restless: 0, raw: 0, wrong: 0, behind: [], examples: [] };
  const tail = (index: number) => JSON.stringify(arrived[index + 1]?.slice(-40));
  const end = ({ characters }: Sight) => characters.slice(-24).join('');
  for (const [index, sight] of sights.entries()) {
    const next = sights[index + 1] ?? final;
    if (isRestless(sight, next)) {
      calm.restless += 1;
      calm.examples.push(`restless after ${tail(index)}: ${end(sight)} → ${end(next)}`);
    }
    if (showsRawMarker(sight, final)) {
      calm.raw += 1;
      calm.examples.push(`raw at ${tail(index)}: ${end(sight)}`);
    }
    if (showsRawMarker(sight, right)) calm.wrong += 1;
    if (index % everyBehind === 0) {
      const arrivedNow = finished(arrived[index + 1] as string).characters.length;
      const held = Math.max(0, arrivedNow - sight.characters.length);
      calm.behind.push(held);
      if (held > 40) calm.examples.push(`${held} behind at ${tail(index)}: ${end(sight)}`);
    }
  }
  return calm;
}

function finished(text: string): Sight {
  const container = document.createElement('div');
  const renderer = rivulet(container);
  renderer.feed(text);
  renderer.end();
  return see(container);
}

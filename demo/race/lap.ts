/** What is known of one model in a race, from its place in the queue to its end. Times are in milliseconds. */

import type { StreamedEvent } from 'rivulet-chat/client';
import type { AnswerFigures } from '../../server/protocol.ts';

export interface Racer {
  id: string;
  label: string;
}

export type Failed = Extract<StreamedEvent, { type: 'failed' }>['failure'];

export type Stage =
  | { type: 'queued' }
  /** Asked, and nothing has come. */
  | { type: 'waiting' }
  | { type: 'streaming' }
  | { type: 'complete'; isCut: boolean }
  | { type: 'stopped' }
  | { type: 'failed'; failure: Failed };

export interface Lap {
  racer: Racer;
  stage: Stage;
  /** When it was asked, by the clock of the page; from there on all else is counted. */
  askedAt: number;
  firstMs: number | null;
  /** Up to the latest token. */
  lastMs: number;
  tokens: number;
  /** Tokens are guessed from the text until the model has counted them. */
  isCounted: boolean;
  /** How many tokens there were at which time. */
  course: Array<readonly [ms: number, tokens: number]>;
  cost: AnswerFigures['cost'];
}

export function newLap(racer: Racer): Lap {
  return {
    racer,
    stage: { type: 'queued' },
    askedAt: 0,
    firstMs: null,
    lastMs: 0,
    tokens: 0,
    isCounted: false,
    course: [],
    cost: null,
  };
}

export function isOver({ stage }: Lap): boolean {
  return stage.type === 'complete' || stage.type === 'stopped' || stage.type === 'failed';
}

/** Null until there is something to divide. */
export function tokensPerSecond({ firstMs, lastMs, tokens }: Lap): number | null {
  if (firstMs === null || lastMs <= firstMs || tokens < 2) return null;
  // The first token has come when the time begins.
  return ((tokens - 1) / (lastMs - firstMs)) * 1000;
}

/** Changes the lap by what has come. */
export function take(lap: Lap, event: StreamedEvent, now: number): void {
  const ms = now - lap.askedAt;
  switch (event.type) {
    case 'delta': {
      const text = (event.reasoning ?? '') + (event.content ?? '');
      if (!text) return;
      lap.stage = { type: 'streaming' };
      lap.firstMs ??= ms;
      lap.lastMs = ms;
      lap.tokens += guessTokens(text);
      lap.course.push([ms, lap.tokens]);
      return;
    }
    case 'extra':
      lap.cost = costIn(event.json) ?? lap.cost;
      return;
    case 'usage':
      count(lap, event.usage.completion_tokens);
      return;
    case 'finish':
      if (event.reason === 'length') lap.stage = { type: 'complete', isCut: true };
      return;
    case 'done':
      if (lap.stage.type !== 'complete') lap.stage = { type: 'complete', isCut: false };
      return;
    case 'failed':
      lap.stage =
        event.failure.code === 'stopped' ? { type: 'stopped' } : { type: 'failed', failure: event.failure };
      return;
    case 'opened':
    case 'reconnecting':
      return;
    default:
      event satisfies never;
  }
}

/** A sign of Chinese, Japanese or Korean is about one, of other scripts four are. */
function guessTokens(text: string): number {
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return dense + (text.length - dense) / 4;
}

/** What was guessed on the way was wrong by the same factor all the time. */
function count(lap: Lap, tokens: number): void {
  if (lap.tokens === 0 || tokens === 0) return;
  const factor = tokens / lap.tokens;
  lap.course = lap.course.map(([ms, guessed]) => [ms, guessed * factor]);
  lap.tokens = tokens;
  lap.isCounted = true;
}

function costIn(json: unknown): AnswerFigures['cost'] | undefined {
  return (json as { rivulet?: Partial<AnswerFigures> } | null)?.rivulet?.cost;
}

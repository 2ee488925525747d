/** Asks all models the same, as many at once as the proxy lets one client. */

import { streamAnswer } from 'rivulet-chat/client';
import { authorization } from '../proxy.ts';
import { isOver, type Lap, take } from './lap.ts';

/** What the proxy gives a client where nobody has set another number (`limits.streamsPerClient`). */
const PLACES = 3;

/** How often one that is refused for want of a place asks again while no other of this race runs. */
const PATIENCE = 3;
/** For so long at most, in milliseconds, whatever the proxy says. */
const LONGEST_MS = 10_000;

export interface RaceOptions {
  endpoint: string;
  prompt: string;
  laps: readonly Lap[];
  /** Something of a lap has changed; `text` is what came of its answer. */
  onChange(lap: Lap, text?: string): void;
}

export interface Race {
  stop(lap: Lap): void;
  stopAll(): void;
  /** Fulfilled when all laps are over. Never rejects: who fails, fails alone. */
  ended: Promise<void>;
}

export function startRace({ endpoint, prompt, laps, onChange }: RaceOptions): Race {
  const aborts = new Map(laps.map(lap => [lap, new AbortController()]));
  const queue = [...laps];
  const running = new Set<Promise<void>>();
  const refusals = new Map<Lap, number>();
  let places = PLACES;

  async function run(headers: Record<string, string>): Promise<void> {
    while (queue.length > 0 || running.size > 0) {
      while (queue.length > 0 && running.size < places) {
        const lap = queue.shift()!;
        if (isOver(lap)) continue;
        const answering = answer(lap, headers).finally(() => running.delete(answering));
        running.add(answering);
      }
      // Nothing is left where all that waited were stopped.
      if (running.size > 0) await Promise.race(running);
    }
  }

  async function answer(lap: Lap, headers: Record<string, string>): Promise<void> {
    const { signal } = aborts.get(lap)!;
    lap.stage = { type: 'waiting' };
    lap.askedAt = performance.now();
    onChange(lap);
    const events = streamAnswer({
      endpoint,
      model: lap.racer.id,
      messages: [{ role: 'user', content: prompt }],
      signal,
      send: (url, init) => fetch(url, { ...init, headers: { ...(init.headers as object), ...headers } }),
    });
    for await (const event of events) {
      if (event.type === 'failed' && event.failure.code === 'too_many_streams' && mayWait(lap)) {
        places = Math.max(1, running.size - 1);
        lap.stage = { type: 'queued' };
        queue.unshift(lap);
        onChange(lap);
        // The proxy takes a moment to free the place of who has just ended, or another page has it.
        if (running.size === 1) await pause((event.failure.retryAt ?? Date.now()) - Date.now(), signal);
        return;
      }
      take(lap, event, performance.now());
      onChange(lap, event.type === 'delta' ? event.content : undefined);
    }
    if (signal.aborted && !isOver(lap)) end(lap);
  }

  /** Somebody else's end gives a place; where nobody else runs, patience may. */
  function mayWait(lap: Lap): boolean {
    const count = (refusals.get(lap) ?? 0) + (running.size > 1 ? 0 : 1);
    refusals.set(lap, count);
    return count <= PATIENCE;
  }

  function end(lap: Lap): void {
    lap.stage = { type: 'stopped' };
    onChange(lap);
  }

  function stop(lap: Lap): void {
    if (isOver(lap)) return;
    aborts.get(lap)!.abort();
    if (lap.stage.type === 'queued') end(lap);
  }

  return {
    stop,
    stopAll: () => laps.forEach(stop),
    // Without a word of the proxy's each lap fails by itself, and says why.
    ended: authorization()
      .catch(() => ({}))
      .then(run),
  };
}

/** Ends early where the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, Math.min(Math.max(ms, 200), LONGEST_MS));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

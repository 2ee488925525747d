/** What the main thread of a page does, from the browser's own counters and its trace. */

import type { CDPSession, Page } from 'playwright-core';

export interface Spent {
  /** All of it, and its parts, in milliseconds of the thread's own clock: waiting and other programs do not count. */
  allMs: number;
  scriptMs: number;
  styleMs: number;
  layoutMs: number;
  layouts: number;
  /** The longest task, by the wall's clock and by the thread's: others on the machine lengthen only the first. */
  longestMs: number;
  longestOwnMs: number;
  /** What is kept after a garbage collection, more than before. */
  heapKB: number;
  nodes: number;
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
}

/** Does something with a page, and tells what that cost its main thread. */
export async function spentOn(page: Page, act: () => Promise<void>): Promise<Spent> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await devtools.send('HeapProfiler.collectGarbage');
  const browser = page.context().browser()!;
  // More categories, and a file, to look into it by hand.
  const { TRACE = '', TRACE_FILE: path } = process.env;
  const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', ...TRACE.split(',')];
  await browser.startTracing(page, { categories, ...(path && { path }) });
  const before = await counters(devtools);
  await act();
  const after = await counters(devtools);
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  await devtools.send('HeapProfiler.collectGarbage');
  const kept = await counters(devtools);
  const grown = (counter: string, then = after) => (then.get(counter) ?? 0) - (before.get(counter) ?? 0);
  const tasks = mainThreadTasks(trace.traceEvents);
  return {
    allMs: 1000 * grown('TaskDuration'),
    scriptMs: 1000 * grown('ScriptDuration'),
    styleMs: 1000 * grown('RecalcStyleDuration'),
    layoutMs: 1000 * grown('LayoutDuration'),
    layouts: grown('LayoutCount'),
    longestMs: longest(tasks, 'dur'),
    longestOwnMs: longest(tasks, 'tdur'),
    heapKB: grown('JSHeapUsedSize', kept) / 1000,
    nodes: grown('Nodes', kept),
  };
}

async function counters(devtools: CDPSession): Promise<Map<string, number>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return new Map(metrics.map(({ name, value }) => [name, value]));
}

/**
 * Of all threads that a page's process may have, the busiest main one. Where a response has come to its end, the developer
 * tools that measure make a text of all of it, to keep it for whoever asks: that task is theirs.
 */
function mainThreadTasks(events: TraceEvent[]): TraceEvent[] {
  const threads = new Map<string, { tasks: TraceEvent[]; ends: number[] }>();
  for (const event of events as Array<TraceEvent & { args?: { name?: string } }>)
    if (event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      threads.set(`${event.pid} ${event.tid}`, { tasks: [], ends: [] });
  for (const event of events) {
    const thread = threads.get(`${event.pid} ${event.tid}`);
    if (event.name === 'RunTask') thread?.tasks.push(event);
    if (event.name === 'ResourceFinish') thread?.ends.push(event.ts);
  }
  const { tasks, ends } = [...threads.values()].reduce((most, thread) =>
    thread.tasks.length > most.tasks.length ? thread : most,
  );
  return tasks.filter(({ ts, dur = 0 }) => !ends.some(end => end >= ts && end <= ts + dur));
}

function longest(tasks: TraceEvent[], clock: 'dur' | 'tdur'): number {
  return tasks.reduce((most, task) => Math.max(most, task[clock] ?? 0), 0) / 1000;
}

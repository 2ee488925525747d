/** Code spans. */

import type { Scan } from './scan.ts';

export function codeSpan(scan: Scan): void {
  const { position, text } = scan;
  const length = scan.runAt(position);
  const start = position + length;
  // The run may grow: nothing of it is shown yet.
  if (start === text.length && scan.waits()) return scan.addDecoded('', start);
  const closer = findCloser(scan, start, length);
  if (closer !== undefined) {
    const end = closer + length;
    // A run at the end may grow, and then closes nothing.
    if (end === text.length) scan.waits();
    scan.add({ type: 'code-span', text: codeText(text.slice(start, closer)) }, end);
  } else if (scan.waits()) {
    scan.add({ type: 'code-span', text: codeText(text.slice(start)).replace(/`{1,99}$/, '') }, text.length);
  } else {
    scan.addText(start);
  }
}

/**
 * The next run of backticks of one length. Where the last run of each length is, is noted by the first search that
 * reaches the end, so that there is one such search.
 */
function findCloser(scan: Scan, start: number, length: number): number | undefined {
  const { last, text } = scan;
  if (last.has('`') && (last.get(length) ?? -1) < start) return undefined;
  for (let index = start; index < text.length; ) {
    const tick = text.indexOf('`', index);
    scan.shared.examined += (tick < 0 ? text.length : tick) - index;
    if (tick < 0) break;
    const run = scan.runAt(tick);
    if (run === length) return tick;
    last.set(run, tick);
    index = tick + run;
  }
  last.set('`', 0);
  return undefined;
}

function codeText(source: string): string {
  const text = source.replaceAll('\n', ' ');
  const isPadded = text.length > 2 && text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
  return isPadded ? text.slice(1, -1) : text;
}

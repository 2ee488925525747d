/** Tasks: items that begin with a box. */

import type { Line } from '../blocks/line.ts';

/** `[ ]` or `[x]`, before the text of a task. */
export function readTask(line: Line): boolean | 'wait' | undefined {
  if (line.char !== '[' || line.indent > 3) return undefined;
  const box = line.rest.slice(0, 4);
  const isTask = /^\[[ xX]\][ \t]$/.test(box);
  if (isTask && line.rest.slice(3).trim() !== '') {
    line.pass(3);
    return box[1] !== ' ';
  }
  if (line.isComplete) return undefined;
  return isTask || /^\[(?:[ xX]\]?)?$/.test(box) ? 'wait' : undefined;
}

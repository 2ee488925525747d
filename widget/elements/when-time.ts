/** Work that can wait: what came last is done first, some of it before the next frame, the rest between frames. */

const waiting: Array<() => void> = [];

/** How long it goes on before the first frame, and then at a time, in milliseconds. */
const firstMs = 16;
const sliceMs = 8;

export function whenTime(work: () => void): void {
  if (waiting.push(work) === 1) requestAnimationFrame(() => workFor(firstMs));
}

function workFor(ms: number): void {
  const end = performance.now() + ms;
  while (waiting.length > 0 && performance.now() < end) waiting.pop()!();
  if (waiting.length > 0) setTimeout(() => workFor(sliceMs), sliceMs);
}

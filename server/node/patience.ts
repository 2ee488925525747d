/**
 * Waiting for an answer of another process, in time in which this one has run. One that stood still (a long garbage
 * collection, a machine that is moved) has read nothing meanwhile: on waking, its timers go off before it looks into its
 * sockets, where the answer may lie.
 */

/** However long it stands still, one of these parts of the wait is all that it loses. */
const PARTS = 4;

/** Calls `over` after so many milliseconds, unless the returned function was called before. */
export function patience(ms: number, over: () => void): () => void {
  let parts = PARTS;
  let timer: ReturnType<typeof setTimeout>;
  let heard = false;
  const next = () => {
    if (parts-- > 0) timer = setTimeout(next, ms / PARTS);
    // Comes after one look into all sockets.
    else setImmediate(() => heard || over());
  };
  next();
  return () => {
    heard = true;
    clearTimeout(timer);
  };
}

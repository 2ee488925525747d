/** What a page is asked while an answer arrives: when its bytes came and when they showed. Runs before the page's code. */

export interface Probe {
  /** When the first bytes of the answer came, on the page's clock. */
  first: number;
  /** Frames from the first bytes to the one that shows something of them, and how long that took. */
  frames: number;
  visibleMs: number;
  /** When the answer was complete and its last frame was made, in milliseconds since 1970. */
  settled: number;
}

declare global {
  var probe: Probe;
  /** The text of the answer in the page, wherever that is. */
  var shown: () => string;
  /** Whether the answer is complete. */
  var isDone: () => boolean;
}

/** Given to the page as text: it uses nothing from outside itself. */
export function installProbe(): void {
  const probe: Probe = { first: 0, frames: 0, visibleMs: 0, settled: 0 };
  globalThis.probe = probe;
  const { read } = ReadableStreamDefaultReader.prototype;
  ReadableStreamDefaultReader.prototype.read = function (this: ReadableStreamDefaultReader) {
    const result = read.call(this);
    // Whoever asked hears of it after this.
    void result.then(
      ({ value, done }) => {
        if (done) waitForEnd();
        if (value === undefined || probe.first > 0) return;
        probe.first = performance.now();
        requestAnimationFrame(look);
      },
      () => {},
    );
    return result;
  };

  function look(): void {
    probe.frames += 1;
    if (globalThis.shown().trim() === '') {
      requestAnimationFrame(look);
      return;
    }
    // Behind the frame that shows it.
    setTimeout(() => (probe.visibleMs = performance.now() - probe.first));
  }

  function waitForEnd(): void {
    if (globalThis.isDone()) requestAnimationFrame(() => setTimeout(() => (probe.settled = Date.now())));
    else setTimeout(waitForEnd, 5);
  }
}

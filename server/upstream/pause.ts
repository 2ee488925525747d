/** Waits, but no longer than `signal` lets it: for ever, where `ms` is infinite. @throws the signal's reason when it aborts */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const timer = Number.isFinite(ms) ? setTimeout(settle, ms) : undefined;
    signal.addEventListener('abort', settle, { once: true });
    function settle(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', settle);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    }
  });
}

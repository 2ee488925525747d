/** Waits for what a reader has not come to yet. */

const near = '50%';

/** Fulfilled when the element is on screen or near it. */
export async function seen(element: Element, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const observer = new IntersectionObserver(
      entries => {
        if (!entries.some(entry => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      // The root's margin says nothing of the scrollers between, and theirs is not known to every browser.
      { rootMargin: near, scrollMargin: near },
    );
    observer.observe(element);
    signal?.addEventListener('abort', () => {
      observer.disconnect();
      reject(signal.reason);
    });
  });
}

/** Waits for what a reader has not come to yet. */

const near = '50%';

/** Fulfilled when the element is on screen or near it. */
export function seen(element: Element): Promise<void> {
  return new Promise(resolve => {
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
  });
}

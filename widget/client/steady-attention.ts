/** Attention where there is no page, as in Node: somebody is always there, and times are just waited for. */

import type { Attention } from './attention.ts';

export const steadyAttention: Attention = {
  async awake() {},

  async pause(ms, signal) {
    if (signal.aborted) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  },

  onDoubt() {},
};

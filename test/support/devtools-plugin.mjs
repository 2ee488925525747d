// @ts-check
/** A plugin of @web/test-runner that lets a browser test ask the browser's own tools: see devtools.ts. */

/** @returns {import('@web/test-runner').TestRunnerPlugin<{ method: string }>} */
export function devtoolsPlugin() {
  return {
    name: 'devtools',
    async executeCommand({ command, payload, session }) {
      if (command !== 'devtools' || !payload) return;
      const { browser, id } = session;
      // Not every driver has them. What nobody answers is an error in the page.
      if (browser.type !== 'puppeteer') return;
      const page = /** @type {import('@web/test-runner-chrome').ChromeLauncher} */ (browser).getPage(id);
      const client = await page.createCDPSession().catch(() => null);
      if (!client) return;
      try {
        const method = /** @type {'HeapProfiler.collectGarbage'} */ (payload.method);
        // Many answer nothing, which would look as if nobody had.
        return (await client.send(method)) ?? true;
      } finally {
        await client.detach();
      }
    },
  };
}

// @ts-check
/** A plugin of @web/test-runner that lets a browser test ask the browser's own tools: see devtools.ts. */

/** @returns {import('@web/test-runner').TestRunnerPlugin<{ method: string }>} */
export function devtoolsPlugin() {
  return {
    name: 'devtools',
    async executeCommand({ command, payload, session }) {
      if (command !== 'devtools' || !payload) return;
      const { browser, id } = session;
      // The launcher of Chrome has pages of Puppeteer's, and its interface does not say so.
      const page = /** @type {import('@web/test-runner-chrome').ChromeLauncher} */ (browser).getPage(id);
      const client = await page.createCDPSession();
      try {
        return await client.send(/** @type {'HeapProfiler.collectGarbage'} */ (payload.method));
      } finally {
        await client.detach();
      }
    },
  };
}

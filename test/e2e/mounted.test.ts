/** A chat that a page puts in and takes out again and again leaves nothing behind. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser, openPage } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy } from '../support/proxy.ts';
import { startSite } from '../support/site.ts';

test('after 100 times there are no more nodes and listeners than after the first ones', async () => {
  const [browser, proxy] = await Promise.all([launchBrowser(), startProxy()]);
  const html = `<!doctype html><html lang="en"><title>Site</title><body><main><rivulet-chat></rivulet-chat></main><script src="${proxy.url}/widget.js" async></script>`;
  const site = await startSite({ '/': html });
  try {
    const { page, problems } = await openPage(browser);
    await page.goto(site.origin);
    await page.locator('rivulet-composer textarea').fill('Hello');
    await page.locator('rivulet-composer textarea').press('Enter');
    await page.locator('rivulet-answer article[aria-busy=false]').waitFor();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const kept = async () => {
      // What one collection lets go of, the next one frees.
      for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const value = (name: string) => metrics.find(metric => metric.name === name)!.value;
      return { nodes: value('Nodes'), listeners: value('JSEventListeners') };
    };
    /** Each comes back to the conversation that is kept. As text: it names functions. */
    const mount = (times: number) =>
      page.evaluate(`(async () => {
        const main = document.querySelector('main');
        for (let time = 0; time < ${times}; time += 1) {
          const chat = document.createElement('rivulet-chat');
          main.replaceChildren(chat);
          while (!chat.shadowRoot?.querySelector('rivulet-transcript'))
            await new Promise(resolve => setTimeout(resolve, 5));
        }
        main.replaceChildren();
        // What screen readers are told of the last ones stays for three seconds, and its chat with it.
        await new Promise(resolve => setTimeout(resolve, 4000));
      })()`);
    await mount(5);
    const before = await kept();
    await mount(100);
    const after = await kept();
    // One chat is some hundred nodes and dozens of listeners; what a library keeps for a while is a few.
    assert.ok(after.nodes < before.nodes + 100, `nodes: ${before.nodes}, then ${after.nodes}`);
    assert.ok(
      after.listeners < before.listeners + 50,
      `listeners: ${before.listeners}, then ${after.listeners}`,
    );
    assert.deepEqual(problems, []);
  } finally {
    site.close();
    await browser.close();
    await proxy.close();
  }
});

test('a new chat lets go of all answers of the one before', async () => {
  const [browser, proxy] = await Promise.all([launchBrowser(), startProxy()]);
  const html = `<!doctype html><html lang="en"><title>Site</title><rivulet-chat feedback voice="reading"></rivulet-chat><script src="${proxy.url}/widget.js" async></script>`;
  const site = await startSite({ '/': html });
  try {
    const { page, problems } = await openPage(browser);
    await page.goto(site.origin);
    for (const [index, question] of ['/markdown', '/sources', '/think'].entries()) {
      await page.locator('rivulet-composer textarea').fill(question);
      await page.locator('rivulet-composer textarea').press('Enter');
      await page.locator('rivulet-answer article[aria-busy=false]').nth(index).waitFor();
      await page
        .locator('rivulet-feedback button')
        .nth(2 * index)
        .waitFor();
    }
    const devtools = await page.context().newCDPSession(page);
    /** Those in the page and those that something still has hold of. Looking for them collects garbage. */
    const answers = async () => {
      const expression = `customElements.get('rivulet-answer').prototype`;
      const { result } = await devtools.send('Runtime.evaluate', { expression, objectGroup: 'count' });
      const { objects } = await devtools.send('Runtime.queryObjects', {
        ...{ prototypeObjectId: result.objectId!, objectGroup: 'count' },
      });
      const { result: count } = await devtools.send('Runtime.callFunctionOn', {
        ...{ objectId: objects.objectId!, returnByValue: true },
        functionDeclaration: 'function () { return this.length }',
      });
      await devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'count' });
      return count.value as number;
    };
    assert.equal(await answers(), 3);
    await page.evaluate(() => document.querySelector('rivulet-chat')!.newChat());
    // What screen readers are told of the last one stays for three seconds.
    assert.equal(await eventually(answers, count => count === 0, 15_000), 0);
    assert.deepEqual(problems, []);
  } finally {
    site.close();
    await browser.close();
    await proxy.close();
  }
});

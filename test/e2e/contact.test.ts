/** A form from a visitor to the operator's webhook, on a page of another origin and under a strict policy. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { ContactRequest } from '../../server/protocol.ts';
import { launchBrowser } from '../support/browser.ts';
import { ask, isComplete } from '../support/kept-chat.ts';
import { startProxy, type TestProxy, upstreamSettings } from '../support/proxy.ts';
import { type Site, startSite } from '../support/site.ts';
import { startUpstream, type Upstream } from '../support/start-upstream.ts';
import { strictPolicy } from '../support/strict-policy.ts';
import { startWebhook, WEBHOOK_SECRET, type Webhook } from '../support/webhook.ts';

let upstream: Upstream;
let webhook: Webhook;
let proxy: TestProxy;
let site: Site;
let browser: Browser;
before(async () => {
  upstream = await startUpstream();
  // Fails before it takes the first form, and refuses the second one.
  webhook = await startWebhook(number => ({ status: [503, 204, 400][number - 1] ?? 204 }));
  const settings = {
    contact: { webhookUrl: webhook.url, webhookSecret: WEBHOOK_SECRET },
    session: { secret: 'a secret that is long enough for tests', required: true },
  };
  proxy = await startProxy(upstreamSettings(upstream.url, ['ok'], settings));
  const html = `<!doctype html><html lang="en"><title>Site</title><rivulet-chat></rivulet-chat><script src="${proxy.url}/widget.js" async></script>`;
  site = await startSite({ '/': { html, headers: strictPolicy(proxy) } });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  site.close();
  await proxy.close();
  webhook.close();
  await upstream.close();
});

test('it arrives with the conversation; what is refused can be sent again as it was', async () => {
  const page = await browser.newPage();
  const violations: string[] = [];
  page.on(
    'console',
    message => message.text().includes('Content Security Policy') && violations.push(message.text()),
  );
  await page.goto(site.origin);
  await ask(page, 'Why?');
  await isComplete(page);
  const fill = async (message: string) => {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('button', { name: 'Talk to a person' }).click();
    await page.getByLabel('Email').fill('ann@example.com');
    await page.getByLabel('Message', { exact: true }).fill(message);
  };
  await fill('Call me.');
  await page.getByLabel('Send this conversation along').check();
  await page.locator('form').getByRole('button', { name: 'Send' }).click();
  await page.getByText('Sent. Thank you.').waitFor();
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await fill('And write.');
  await page.locator('form').getByRole('button', { name: 'Send' }).click();
  await page.getByText('This could not be sent. What you wrote is still here.').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Sent. Thank you.').waitFor();

  const forms = webhook.received.map(({ body }) => (JSON.parse(body) as { data: ContactRequest }).data);
  const messages = forms.map(({ fields }) => fields.message);
  assert.deepEqual(messages, ['Call me.', 'Call me.', 'And write.', 'And write.']);
  const said = forms[0]!.conversation!.messages.map(({ role, content }) => [role, content.slice(0, 6)]);
  assert.deepEqual(said, [
    ['user', 'Why?'],
    ['assistant', 'Hello,'],
  ]);
  assert.equal(forms[2]!.conversation, undefined);
  const ids = webhook.received.map(({ headers }) => headers['webhook-id']);
  assert.equal(ids[0], ids[1]);
  assert.equal(ids[2], ids[3]);
  assert.notEqual(ids[0], ids[2]);
  assert.deepEqual(violations, []);
  await page.close();
});

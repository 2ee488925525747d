/** A real browser for end-to-end tests, and all that went wrong in its pages. */

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumFlags, ensureBrowser, ensureHeadlessBrowser } from './system.mjs';

export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: ensureHeadlessBrowser(), args: [...chromiumFlags, ...flags] });
}

/** With windows, although nobody sees them: it paints letters as on a screen. */
export function launchBrowserWithWindows(): Promise<Browser> {
  return chromium.launch({ executablePath: ensureBrowser(), args: chromiumFlags });
}

export interface WatchedPage {
  page: Page;
  /** Errors on the console, exceptions, and violations of the page's policy. */
  problems: string[];
  /** The URL of every request. */
  requests: string[];
}

/** A page in a profile of its own. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', error => problems.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', request => requests.push(request.url()));
  return { page, problems, requests };
}

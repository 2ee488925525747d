/** For the tests of a file: a site whose chats keep, and in each test a visitor who was never there. */

import assert from 'node:assert/strict';
import { after, before, beforeEach } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { eventually } from './eventually.ts';
import { isWhole, type KeptChat, startKeptChat } from './kept-chat.ts';

export interface Visitor {
  /** Their browser's, of this test. */
  readonly context: BrowserContext;
  readonly chat: KeptChat;
  open(path: string): Promise<Page>;
  /** See kept-chat.ts. */
  isWhole(page: Page): Promise<void>;
  /** So many requests, and so many of them ended by their client. */
  upstreamSees(requests: number, aborted: number): Promise<void>;
  /** Somebody else comes, and nothing was asked yet. */
  change(options?: BrowserContextOptions): Promise<void>;
}

export function useVisitor(): Visitor {
  let browser: Browser;
  let context: BrowserContext;
  let chat: KeptChat;

  const change = async (options?: BrowserContextOptions) => {
    await context?.close();
    context = await browser.newContext(options);
    await chat.upstream.reset();
  };
  before(async () => {
    browser = await launchBrowser();
    chat = await startKeptChat();
  });
  after(async () => {
    await browser.close();
    await chat.close();
  });
  beforeEach(() => change());

  return {
    get context() {
      return context;
    },
    get chat() {
      return chat;
    },
    change,
    isWhole: page => isWhole(page, chat.upstream),
    upstreamSees: async (requests, aborted) => {
      const stats = await eventually(
        () => chat.upstream.stats(),
        stats => stats.requests === requests && stats.aborted === aborted,
      );
      assert.deepEqual([stats.requests, stats.aborted], [requests, aborted]);
    },
    open: async path => {
      const page = await context.newPage();
      await page.goto(`${chat.origin}${path}`);
      return page;
    },
  };
}

/** A page with nothing but the built chat, as the proxy serves it, and its demo model behind it. */

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { type ProxyProcess, startProxyProcess } from '../support/proxy-process.ts';
import type { State } from './states.ts';

export const themes = ['default', 'paper', 'ink', 'soft'] as const;
export type Theme = (typeof themes)[number];

export interface Look {
  theme: Theme;
  scheme: 'light' | 'dark';
  /** Text is drawn as boxes, which look the same on every machine. */
  boxes?: boolean;
}

/** One shape for all characters: without it, every machine has other fonts, and so other lines. */
const boxes = new URL('../fixtures/visual/boxes.ttf', import.meta.url);

export class Stage {
  readonly #browser: Browser;
  readonly #proxy: ProxyProcess;

  private constructor(browser: Browser, proxy: ProxyProcess) {
    this.#browser = browser;
    this.#proxy = proxy;
  }

  static async open(browser: Browser): Promise<Stage> {
    return new Stage(
      browser,
      await startProxyProcess({
        widget: {
          title: 'Ask Rivulet',
          greeting: 'Hello! What would you like to know?',
          suggestions: ['What do you cost?', '用中文介绍一下你们的产品'],
        },
        contact: {
          webhookUrl: 'http://127.0.0.1:9/',
          webhookSecret: 'whsec_' + Buffer.alloc(32).toString('base64'),
          fields: [
            { name: 'email', kind: 'email', required: true },
            { name: 'message', kind: 'textarea' },
          ],
        },
      }),
    );
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }

  /** A picture of a state, when nothing in it moves any more. */
  async shoot(state: State, look: Look): Promise<Buffer> {
    const { width = 420, height = 700, touch = false, forced = false } = state;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
      forcedColors: forced ? 'active' : 'none',
      hasTouch: touch,
      isMobile: touch,
    });
    try {
      const page = await context.newPage();
      // What runs TypeScript here calls it.
      await page.addInitScript('globalThis.__name = value => value');
      await page.route(`${this.#proxy.url}/stage`, route =>
        route.fulfill({ contentType: 'text/html', body: html(state, look) }),
      );
      await page.goto(`${this.#proxy.url}/stage`);
      if (look.boxes) await drawBoxes(page);
      await state.play?.(page);
      await page.mouse.move(0, 0);
      return await page.screenshot({ animations: 'disabled', caret: 'hide' });
    } finally {
      await context.close();
    }
  }
}

function html({ chat = '', tag = '', page = '' }: State, { theme }: Look): string {
  const sheet = theme === 'default' ? '' : `<link rel="stylesheet" href="/widget/themes/${theme}.css">`;
  const element = tag ? '' : `<rivulet-chat persist="none" ${chat}></rivulet-chat>`;
  return `<!doctype html><html lang="en" ${page}><meta name="viewport" content="width=device-width, initial-scale=1">${sheet}
    <style>
      html { color-scheme: light dark; background: light-dark(#eef1f3, #0b0d10) }
      body { margin: 0 }
      rivulet-chat:not([mode=popup]) { block-size: 100dvh }
    </style>
    <body>${element}<script src="/widget.js" async data-persist="none" ${tag}></script>`;
}

async function drawBoxes(page: Page): Promise<void> {
  await page.evaluate(
    async font => {
      const face = new FontFace('Boxes', `url(data:font/ttf;base64,${font})`);
      document.fonts.add(await face.load());
      for (const name of ['font', 'font-mono'])
        document.documentElement.style.setProperty(`--rivulet-${name}`, 'Boxes');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'rivulet-chat { --rivulet-font: Boxes !important; --rivulet-font-mono: Boxes !important }',
      );
      document.adoptedStyleSheets = [sheet];
    },
    (await readFile(boxes)).toString('base64'),
  );
}

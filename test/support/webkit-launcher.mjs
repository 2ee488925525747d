// @ts-check
/** A launcher of @web/test-runner for WebKitGTK: over plain WebDriver, one page, on a screen that nobody sees. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Names of keys that WebDriver has numbers for: https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  F2: '\uE032',
  F6: '\uE036',
  Meta: '\uE03D',
};

/** @param {string} name @returns {string} */
const keyOf = name => KEYS[/** @type {keyof typeof KEYS} */ (name)] ?? name;

/** @param {string} value */
const pressed = value => [
  { type: 'keyDown', value },
  { type: 'keyUp', value },
];

/** @typedef {import('@web/test-runner').BrowserLauncher} BrowserLauncher */
/** @typedef {{ width: number, height: number }} Size */

/** @implements {BrowserLauncher} */
export class WebKitLauncher {
  name = 'WebKit';
  // Its commands are those of this kind, see getPage.
  type = 'playwright';
  // A page behind another is not drawn.
  concurrency = 1;
  /** @type {string | undefined} */
  #active;
  #address = '';
  /** @type {import('node:child_process').ChildProcess[]} */
  #programs = [];
  /** @type {Promise<void> | undefined} */
  #started;

  /** @param {{ driver: string, screen: string, windows: string }} paths of WebKitWebDriver, Xvfb and openbox */
  constructor(paths) {
    this.paths = paths;
  }

  /** @param {string} id @param {string} url */
  async startSession(id, url) {
    await (this.#started ??= this.#start());
    this.#active = id;
    await this.#setViewport({ width: 800, height: 600 });
    await this.#send('POST', '/url', { url });
  }

  /** @param {string} id */
  isActive(id) {
    return this.#active === id;
  }

  getBrowserUrl() {
    return this.#send('GET', '/url');
  }

  async stopSession() {
    this.#active = undefined;
    // Ends what still runs in the page.
    await this.#send('POST', '/url', { url: 'about:blank' });
    return {};
  }

  async startDebugSession() {
    throw new Error('WebKitGTK is driven without anybody looking on.');
  }

  async stop() {
    if (this.#address) await this.#send('DELETE', '');
    for (const program of this.#programs) program.kill();
  }

  /** What the commands of @web/test-runner-commands use of a page of Playwright's. */
  getPage() {
    return {
      keyboard: {
        type: (/** @type {string} */ text) => this.#type([...text].flatMap(pressed)),
        press: (/** @type {string} */ key) => this.#type(pressed(keyOf(key))),
        down: (/** @type {string} */ key) => this.#type([{ type: 'keyDown', value: keyOf(key) }]),
        up: (/** @type {string} */ key) => this.#type([{ type: 'keyUp', value: keyOf(key) }]),
      },
      mouse: { click: (/** @type {number} */ x, /** @type {number} */ y) => this.#click(x, y) },
      setViewportSize: (/** @type {Size} */ size) => this.#setViewport(size),
    };
  }

  /** @param {object[]} actions */
  #type(actions) {
    return this.#send('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions }] });
  }

  /** @param {number} x @param {number} y */
  #click(x, y) {
    const actions = [
      { type: 'pointerMove', x, y },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    return this.#send('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** @param {Size} size of what the page sees */
  async #setViewport({ width, height }) {
    const script = 'return [outerWidth - innerWidth, outerHeight - innerHeight]';
    const [beside, above] = await this.#send('POST', '/execute/sync', { script, args: [] });
    await this.#send('POST', '/window/rect', { width: width + beside, height: height + above });
  }

  async #start() {
    const screen = spawn(this.paths.screen, ['-displayfd', '1', '-screen', '0', '1600x1200x24'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#programs.push(screen);
    const [display] = await once(screen.stdout, 'data');
    const env = { ...process.env, DISPLAY: `:${String(display).trim()}` };
    const port = await freePort();
    this.#programs.push(
      // Without somebody who manages windows, none ever has the focus.
      spawn(this.paths.windows, ['--sm-disable'], { stdio: 'ignore', env }),
      spawn(this.paths.driver, [`--port=${port}`], { stdio: 'ignore', env }),
    );
    const sessions = `http://127.0.0.1:${port}/session`;
    const session = await untilItListens(() =>
      call('POST', sessions, { capabilities: { alwaysMatch: { pageLoadStrategy: 'none' } } }),
    );
    this.#address = `${sessions}/${session.sessionId}`;
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  #send(method, path, body) {
    return call(method, this.#address + path, body);
  }
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<any>} what the driver says
 */
async function call(method, url, body) {
  const response = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (response.ok) return value;
  throw new Error(`WebKitWebDriver: ${value.error}: ${value.message}`);
}

/**
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
async function untilItListens(act) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      // Fetch's own word for a connection that there is not.
      if (!(error instanceof TypeError) || tries === 100) throw error;
      await wait(100);
    }
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

// @ts-check
/** The programs that tests need and no package brings: browsers, a redis-server and an nginx. Found, else installed, else named. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const require = createRequire(import.meta.url);

/** What makes Chromium quiet, offline and able to run as root in a container. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Of what pages are written in that tests show. */
const fonts = ['fonts-noto-cjk', 'fonts-noto-color-emoji'];

const browserNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];

const browserPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(folder =>
    folder
      ? [
          join(folder, 'Google\\Chrome\\Application\\chrome.exe'),
          join(folder, 'Microsoft\\Edge\\Application\\msedge.exe'),
        ]
      : [],
  ),
];

/** @returns {string} the path of a browser of the Chromium family, installed now if there was none */
export function ensureBrowser() {
  const found = () => onPath(browserNames) ?? browserPlaces.find(path => starts(path)) ?? playwrightBrowser();
  return (
    named('CHROME_PATH') ??
    found() ??
    (aptInstall('chromium', ...fonts) ? found() : null) ??
    (playwrightInstall() ? found() : null) ??
    missing('a browser: install Chromium or Chrome, or set CHROME_PATH to one')
  );
}

/** @returns {string} the path of the same browser without windows, which takes a third less of the processor; where there is none, one with windows */
export function ensureHeadlessBrowser() {
  const found = () => onPath(['chromium-headless-shell', 'chrome-headless-shell']);
  return (
    named('HEADLESS_PATH') ??
    found() ??
    (aptInstall('chromium-headless-shell', ...fonts) ? found() : null) ??
    ensureBrowser()
  );
}

/** @returns {string} the path of a Firefox, installed now if there was none */
export function ensureFirefox() {
  const found = () => onPath(['firefox-esr', 'firefox']);
  return (
    named('FIREFOX_PATH') ??
    found() ??
    (aptInstall('firefox-esr') ? found() : null) ??
    missing('Firefox: install it, or set FIREFOX_PATH to one')
  );
}

/** @returns {{ driver: string, screen: string, windows: string }} the paths of WebKitGTK's driver, which starts its browser, and of what gives it a screen and the focus */
export function ensureWebKit() {
  const found = () => {
    const [driver, screen, windows] = [
      onPath(['WebKitWebDriver'], '--help'),
      onPath(['Xvfb'], '-help'),
      onPath(['openbox']),
    ];
    return driver && screen && windows ? { driver, screen, windows } : null;
  };
  return (
    found() ??
    (aptInstall('webkit2gtk-driver', 'xvfb', 'openbox') ? found() : null) ??
    missing(
      'WebKitWebDriver, Xvfb and openbox: install them (in Debian, webkit2gtk-driver, xvfb and openbox)',
    )
  );
}

/** @returns {string} the path of a redis-server, installed now if there was none */
export function ensureRedis() {
  return (
    named('REDIS_SERVER') ??
    onPath(['redis-server']) ??
    (aptInstall('redis-server') ? onPath(['redis-server']) : null) ??
    missing('redis-server: install Redis, or set REDIS_SERVER to the path of a redis-server')
  );
}

/** @returns {string} the path of an nginx, installed now if there was none */
export function ensureNginx() {
  // A Debian user who is not root has no sbin in the path.
  const found = () => onPath(['nginx'], '-v') ?? ['/usr/sbin/nginx'].find(path => starts(path, '-v')) ?? null;
  return (
    named('NGINX', '-v') ??
    found() ??
    (aptInstall('nginx-light') ? found() : null) ??
    missing('nginx: install it, or set NGINX to the path of an nginx')
  );
}

/**
 * A program named in the environment: the right one or an error, never another one in its place.
 * @param {string} variable
 * @param {string} [flag]
 */
function named(variable, flag) {
  const path = process.env[variable];
  if (!path) return null;
  if (starts(path, flag)) return path;
  throw new Error(`${variable} is ${path}, which does not start.`);
}

/**
 * @param {string[]} names
 * @param {string} [flag]
 */
function onPath(names, flag) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const paths = names.flatMap(name => folders.map(folder => join(folder, name + suffix)));
  return paths.find(path => starts(path, flag)) ?? null;
}

/**
 * Whether a program is there and works: Ubuntu's chromium-browser only says that it is a snap.
 * @param {string} path
 * @param {string} [flag] what makes it say its version and end
 */
function starts(path, flag = '--version') {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  // On Windows `--version` would open a browser window.
  if (process.platform === 'win32') return true;
  return spawnSync(path, [flag], { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

/** @param {string[]} packages */
function aptInstall(...packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing ${packages.join(', ')} with apt-get …`);
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-q');
  return apt('install', '-yq', '--no-install-recommends', ...packages).status === 0;
}

/** The browser that Playwright has downloaded earlier, if any. */
function playwrightBrowser() {
  const path = playwright()?.chromium.executablePath();
  return path && starts(path) ? path : null;
}

function playwrightInstall() {
  if (!playwright()) return false;
  console.log('Downloading Chromium with Playwright …');
  const cli = join(require.resolve('playwright-core/package.json'), '../cli.js');
  return spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' }).status === 0;
}

/** @returns {typeof import('playwright-core') | null} null while the packages are not installed */
function playwright() {
  try {
    return require('playwright-core');
  } catch {
    return null;
  }
}

/**
 * @param {string} what
 * @returns {never}
 */
function missing(what) {
  throw new Error(`The tests need ${what}.`);
}

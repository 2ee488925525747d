// @ts-check
/** The browsers that browser tests run in, and what the drivers of some cannot do. */

import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { chromiumFlags, ensureBrowser, ensureFirefox, ensureWebKit } from './system.mjs';
import { WebKitLauncher } from './webkit-launcher.mjs';

const launchers = {
  chromium: () => chromeLauncher({ launchOptions: { executablePath: ensureBrowser(), args: chromiumFlags } }),
  // The launcher of Chrome drives what Puppeteer can.
  firefox: () =>
    chromeLauncher({ puppeteer, launchOptions: { browser: 'firefox', executablePath: ensureFirefox() } }),
  webkit: () => new WebKitLauncher(ensureWebKit()),
};

/**
 * @param {string} names as in `chromium,firefox`
 * @returns {import('@web/test-runner').BrowserLauncher[]}
 */
export function browsersOf(names) {
  return names.split(',').map(name => {
    if (!Object.hasOwn(launchers, name))
      throw new Error(`There is no browser ${name}; there are ${Object.keys(launchers).join(', ')}.`);
    return launchers[/** @type {keyof typeof launchers} */ (name)]();
  });
}

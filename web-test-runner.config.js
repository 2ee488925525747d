// @ts-check
/** How the browser tests run: in real browsers, against real servers. `BROWSERS=firefox,webkit` says in which; Chromium otherwise. */

import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { browsersOf } from './test/support/browsers.mjs';
import { commonjsPlugin } from './test/support/commonjs-plugin.mjs';
import { countBrowserTests, tellBrowsers } from './test/support/count-browser-tests.mjs';
import { devtoolsPlugin } from './test/support/devtools-plugin.mjs';
import { playedAnswers } from './test/support/played-answers.mjs';
import { realServersPlugin } from './test/support/real-servers-plugin.mjs';

const countsFile = process.env.COUNTS_FILE;

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/widget/**/*.test.ts'],
  nodeResolve: { exportConditions: ['browser', 'development'] },
  middleware: [playedAnswers()],
  plugins: [
    realServersPlugin(),
    devtoolsPlugin(),
    commonjsPlugin(),
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)),
    }),
  ],
  browsers: browsersOf(process.env.BROWSERS || 'chromium'),
  concurrency: 1,
  // Axe alone can take more than 5 s on a busy machine.
  testFramework: { config: { timeout: 20_000 } },
  testsFinishTimeout: 10 * 60_000,
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter(), tellBrowsers(), ...(countsFile ? [countBrowserTests(countsFile)] : [])],
};

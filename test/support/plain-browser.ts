/**
 * A browser spoken to without Playwright, which keeps every page awake and shown: here pages are hidden behind each
 * other, can be frozen, and are put away when a visitor goes to another one.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumFlags, ensureBrowser } from './system.mjs';

type Params = Record<string, unknown>;

export interface PlainPage {
  /** A call of the DevTools protocol. */
  send(method: string, params?: Params): Promise<Params>;
  /** The value of an expression, waited for if it is a promise. */
  evaluate(expression: string): Promise<unknown>;
}

export interface PlainBrowser {
  /** In a tab of its own, in front of the others. */
  open(url: string): Promise<PlainPage>;
  close(): Promise<void>;
}

export async function launchPlainBrowser(): Promise<PlainBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'rivulet-browser-'));
  const flags = ['--headless=new', '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'];
  const program = spawn(ensureBrowser(), [...chromiumFlags, ...flags], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const send = devtools(program.stdio[3] as Writable, program.stdio[4] as Readable);
  return {
    open: async url => {
      const { targetId } = await send('Target.createTarget', { url });
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      const call = (method: string, params: Params = {}) => send(method, params, sessionId);
      return { send: call, evaluate: expression => evaluate(call, expression) };
    },
    close: async () => {
      program.kill();
      await once(program, 'exit');
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Calls are JSON with a zero byte at the end, and so are answers. */
function devtools(input: Writable, output: Readable) {
  const waiting = new Map<number, (answer: { result: Params; error?: { message: string } }) => void>();
  let unread = '';
  output.setEncoding('utf8').on('data', (text: string) => {
    const whole = (unread + text).split('\0');
    unread = whole.pop() ?? '';
    for (const json of whole) {
      const answer = JSON.parse(json);
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    }
  });
  let calls = 0;
  return (method: string, params: Params = {}, sessionId?: unknown): Promise<Params> =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      );
      input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
}

async function evaluate(call: PlainPage['send'], expression: string): Promise<unknown> {
  const options = { expression, returnByValue: true, awaitPromise: true };
  const { result, exceptionDetails } = await call('Runtime.evaluate', options);
  if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
  return (result as { value?: unknown }).value;
}

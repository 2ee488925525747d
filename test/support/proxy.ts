/** A real proxy on a free port, in this process, with a log that tests can read. */

import { loadConfig } from '../../server/config/load.ts';
import { type ServerOptions, startServer } from '../../server/node.ts';
import { webConnect } from '../../server/responses/connection.ts';
import { fetchTransport } from '../../server/upstream/transport.ts';
import { demoTransport } from '../../server/upstream/demo-model.ts';

/** The two ways a response is written and an upstream is read: Node's own, and any web-standard runtime's. */
export const runtimes = ['node', 'web'] as const;
export type Runtime = (typeof runtimes)[number];

export interface TestProxy {
  /** Base URL without a slash at the end. */
  url: string;
  /** Every log line so far, as its fields and message. */
  logs: Array<Record<string, unknown> & { level: string; msg: string }>;
  drain(): Promise<void>;
  close(): Promise<void>;
}

export interface TestProxyOptions {
  runtime?: Runtime;
  verbose?: boolean;
  environment?: Record<string, string>;
}

/** The key that the proxy sends to the test upstream; it may appear nowhere else. */
export const UPSTREAM_KEY = 'sk-test-0123456789abcdef';

/** Tests ask more in a minute than visitors do. */
export function withoutRate(settings: { limits?: object }): object {
  return { ...settings, limits: { requestsPerMinute: 0, ...settings.limits } };
}

/** Settings of a proxy for the upstream at `url` (with its version path), which offers `models`. */
export function upstreamSettings(
  url: string,
  models: readonly (string | object)[],
  settings: object = {},
): object {
  return { providers: { upstream: { baseUrl: url, apiKey: UPSTREAM_KEY, models } }, ...settings };
}

export async function startProxy(settings: object = {}, options: TestProxyOptions = {}): Promise<TestProxy> {
  const file = { name: 'test.config.json', text: JSON.stringify({ port: 0, ...withoutRate(settings) }) };
  const config = loadConfig(file, options.environment ?? {});
  const logs: TestProxy['logs'] = [];
  const write = (level: string) => (fields: object, msg: string) => void logs.push({ ...fields, level, msg });
  const log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const server = await startServer(config, {
    log,
    verbose: options.verbose ?? false,
    ...runtime(options.runtime),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    logs,
    drain: () => server.drain(),
    close: () => server.close(),
  };
}

function runtime(name: Runtime = 'node'): Partial<ServerOptions> {
  if (name === 'node') return {};
  const transports = { 'http:': fetchTransport, 'https:': fetchTransport, 'demo:': demoTransport };
  return { connect: webConnect, transports };
}

/** The proxy as a function from requests to responses, for runtimes that have the web's standards and no more. */

import { createApp, type Parts } from './app.ts';
import { newAppState } from './app-state.ts';
import type { Config } from './config/config.ts';
import { ConfigError, type Environment } from './config/config-error.ts';
import { loadConfig } from './config/load.ts';
import { ApiError } from './errors.ts';
import { Generations } from './generations/generations.ts';
import { pauseSwitch } from './generations/pause-switch.ts';
import { memoryBudgets } from './limits/memory-budgets.ts';
import { MemoryLeases } from './limits/memory-leases.ts';
import { webConnect } from './responses/connection.ts';
import { consoleLog } from './telemetry/console-log.ts';
import { demoTransport } from './upstream/demo-model.ts';
import { fetchTransport, type Transports } from './upstream/transport.ts';

/** The settings' other half: what the runtime knows, and parts of your own in place of those that every runtime has. */
export interface FetchHandlerOptions extends Partial<Omit<Parts, 'generations' | 'socketAddress'>> {
  /** Variables such as `DEEPSEEK_API_KEY`, with the meaning that they have for the command; default: none. */
  environment?: Environment;
}

export interface FetchHandler {
  /**
   * Answers a request, whatever its path.
   * @param address who sent it, as the runtime tells; with null all clients without a session count as one
   */
  fetch(request: Request, address: string | null): Promise<Response>;
  /** Takes no new answers, lets the running ones finish for `timeouts.drainMs`, and settles when they have. */
  drain(): Promise<void>;
}

/** The ways to upstreams that every runtime has. */
const transports: Transports = {
  'http:': fetchTransport,
  'https:': fetchTransport,
  'demo:': demoTransport,
};

/**
 * Answers, limits and figures are in the memory of the handler: make one, and give it all requests.
 * @param settings what `rivulet.config.json` has; `host` and `port` are the runtime's affair
 * @throws ConfigError, one sentence that names the field
 */
export function createFetchHandler(
  settings: object,
  { environment = {}, state = newAppState(), ...parts }: FetchHandlerOptions = {},
): FetchHandler {
  const config = loadConfig({ name: 'settings', text: JSON.stringify(settings) }, environment);
  refuseNodeOnly(config);
  const generations = new Generations(config.resume.keepSeconds * 1_000);
  pauseSwitch(generations)('settings', config.paused);
  const app = createApp(config, {
    log: consoleLog,
    verbose: false,
    leases: new MemoryLeases(config.limits),
    transports,
    connect: webConnect,
    budgets: memoryBudgets(),
    ...parts,
    state,
    generations,
    socketAddress: c => (c.env as { address: string | null }).address,
  });
  return {
    fetch: async (request, address) => app.fetch(request, { address }),
    drain: async () => {
      const end = () => {
        generations.endAll(new ApiError('interrupted'));
        state.deliveries.endAll();
      };
      const deadline = setTimeout(end, config.timeouts.drainMs);
      await Promise.all([generations.drain(), state.deliveries.drain()]);
      clearTimeout(deadline);
    },
  };
}

/** What would silently not happen is an error. */
function refuseNodeOnly({ redisUrl, audit }: Config): void {
  const name = redisUrl ? 'redisUrl' : audit ? 'audit' : null;
  if (name) throw new ConfigError(`${name}: only the command rivulet-chat can do this; leave it out.`);
}

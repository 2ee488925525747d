/** The process: settings to an app, the app to a listening server, and its end without cutting anybody off. */

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { createApp, type Parts } from './app.ts';
import { newAppState } from './app-state.ts';
import type { Config } from './config/config.ts';
import { reload } from './config/reload.ts';
import { ApiError } from './errors.ts';
import { pauseSwitch } from './generations/pause-switch.ts';
import { Agents } from './node/agents.ts';
import { assets } from './node/assets.ts';
import { openAudit } from './node/audit.ts';
import { nodeConnect } from './node/connection.ts';
import { prometheus } from './node/prometheus.ts';
import { connectRedis } from './node/redis.ts';
import { openStores } from './node/stores.ts';
import { nodeTransport } from './node/transport.ts';
import { watchPause } from './redis/pause-flag.ts';
import type { Connect } from './responses/connection.ts';
import type { Log } from './telemetry/log.ts';
import { demoTransport } from './upstream/demo-model.ts';
import type { Transports } from './upstream/transport.ts';

export interface ServerOptions {
  log: Log;
  verbose?: boolean;
  /** The way to clients and upstreams; other ones than Node's own for those who want to see them work here. */
  connect?: Connect;
  transports?: Transports;
}

export interface RunningServer {
  port: number;
  /**
   * Goes on with other settings; answers that are running, with those that they began with.
   * @returns the names of changed settings that have to wait for the next start
   */
  reload(config: Config): string[];
  /** Begins its files anew, after they were moved away. */
  reopenFiles(): void;
  /** Takes no new answers, lets the running ones finish for `timeouts.drainMs`, then ends. */
  drain(): Promise<void>;
  /** Ends at once. */
  close(): Promise<void>;
}

/** Node's default of 511 waiting connections drops some of a burst of 3,000. */
const BACKLOG = 8_192;
/** Longer than the reverse proxies in front keep theirs, so that none of them takes one that is just closing. */
const KEEP_ALIVE_MS = 75_000;

/** How long the start waits for Redis. */
const REDIS_MS = 2_000;

/** A whole request is there by then, or it is one that only holds a connection. */
const REQUEST_MS = 30_000;

/** @throws when the port cannot be listened on, or a file of the settings cannot be written */
export async function startServer(settings: Config, options: ServerOptions): Promise<RunningServer> {
  let config = settings;
  const audit = config.audit && openAudit(config.audit, options.log);
  const redis = config.redisUrl ? connectRedis(config.redisUrl.reveal(), options.log) : null;
  const stores = openStores(() => config, redis);
  const { generations, leases } = stores;
  const setPause = pauseSwitch(generations);
  const endWatch = redis && watchPause(redis, words => setPause('redis', words));
  // The first answers are to be shared already; but a Redis that is away keeps nobody from starting.
  if (redis) await Promise.race([new Promise<void>(resolve => redis.onUp(resolve)), pause(REDIS_MS)]);
  const gauges = { running: () => generations.running, leases: () => leases.held };
  const metrics = config.metrics.token && prometheus(gauges);
  const state = newAppState();
  const parts: Parts = {
    log: options.log,
    verbose: options.verbose ?? false,
    ...stores,
    transports: options.transports ?? nodeTransports(config),
    connect: options.connect ?? nodeConnect,
    socketAddress: c => getConnInfo(c).remote.address ?? null,
    assets: assets(),
    observers: [metrics, audit].filter(observer => observer !== undefined),
    ...(metrics ? { metrics } : {}),
    state,
  };
  let app: ReturnType<typeof createApp>;
  const goOnWith = (next: Config) => {
    config = next;
    app = createApp(config, parts);
    setPause('settings', config.paused);
  };
  goOnWith(config);
  const server = createAdaptorServer({
    fetch: (request, env) => app.fetch(request, env),
    overrideGlobalObjects: false,
  }) as Server;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.requestTimeout = REQUEST_MS;
  await listen(server, config.host, config.port);

  const close = async () => {
    endWatch?.();
    await new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
      redis?.close();
    });
    await audit?.close();
  };
  return {
    port: (server.address() as AddressInfo).port,
    close,
    reload: read => {
      const { config: next, waiting } = reload(config, read);
      goOnWith(next);
      return waiting;
    },
    reopenFiles: () => audit?.reopen(),
    drain: async () => {
      const deadline = setTimeout(() => {
        generations.endAll(new ApiError('interrupted'));
        state.deliveries.endAll();
      }, config.timeouts.drainMs);
      // The port stays open meanwhile: probes are told that the process is not ready, in place of finding it gone.
      await Promise.all([generations.drain(), state.deliveries.drain()]);
      clearTimeout(deadline);
      await finishResponses(server);
      await close();
    },
  };
}

/**
 * The ways to upstreams that Node has, each with connections of its own.
 * @throws ConfigError when the environment names an HTTP proxy that is none
 */
export function nodeTransports({ models }: Config): Transports {
  const agents = new Agents();
  // What is wrong with a proxy is said at the start, and not to the first visitor.
  for (const { provider } of models.values()) {
    if (/^https?:/.test(provider.baseUrl)) agents.of(new URL(provider.baseUrl));
  }
  const upstream = nodeTransport(agents);
  return { 'http:': upstream, 'https:': upstream, 'demo:': demoTransport };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The terminal events are written; gives them a moment to leave. */
function finishResponses(server: Server): Promise<void> {
  return new Promise(resolve => {
    const giveUp = setTimeout(resolve, 1_000);
    server.close(() => {
      clearTimeout(giveUp);
      resolve();
    });
    server.closeIdleConnections();
  });
}

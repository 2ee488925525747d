/** `rivulet-chat/server`: the proxy for programs that bring a server of their own, on any runtime. */

export { ConfigError } from './config/config-error.ts';
export { createFetchHandler, type FetchHandler, type FetchHandlerOptions } from './fetch-handler.ts';
export type { Log } from './telemetry/log.ts';
export type { EndedAnswer, Observer } from './telemetry/observer.ts';

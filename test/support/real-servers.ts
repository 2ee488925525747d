/**
 * The real proxy that browser tests talk to, and the real upstream behind it: a process of its own, started by the test
 * runner. Sends its address to that, and ends with it.
 */

import { readdirSync } from 'node:fs';
import type { RealServers } from './endpoints.ts';
import { startProxy, upstreamSettings } from './proxy.ts';
import { startUpstream } from './start-upstream.ts';

const recordings = readdirSync(new URL('../fixtures/streams/', import.meta.url))
  .filter(name => name.endsWith('.sse'))
  .map(name => name.replace(/\.sse$/, ''));
const models = recordings.flatMap(name => [`replay:${name}`, `replay-bytes:${name}`]);

const upstream = await startUpstream();
const proxy = await startProxy(upstreamSettings(upstream.url, models));

const servers: RealServers = { proxy: proxy.url, recordings };
process.send?.(servers);
process.on('disconnect', () => void upstream.close().finally(() => process.exit()));

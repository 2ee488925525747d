/** The connections to Redis: one for commands, one for the read that waits. Both come back by themselves. */

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Entry, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import type { Log } from '../telemetry/log.ts';
import { Link, LONGEST_PAUSE_MS, PATIENCE_MS } from './redis-link.ts';

/** Connects in the background, and for as long as it takes. */
export function connectRedis(url: string, log: Log): Redis {
  const listeners = new Set<() => void>();
  let warned = false;
  const commands = new Link(url, {
    up: () => {
      if (warned) log.info({}, 'Redis is back');
      warned = false;
      for (const listener of listeners) listener();
    },
    away: reason => {
      if (!warned) log.warn({ reason }, 'Redis is away: each process has its answers and limits for itself');
      warned = true;
    },
  });
  const reads = new Link(url, { up: () => {}, away: () => {} });

  return {
    get up() {
      return commands.up;
    },
    send: command => commands.send(command, PATIENCE_MS),
    run: async (script, keys, args) => {
      const rest = [String(keys.length), ...keys, ...args.map(String)];
      try {
        return await commands.send(['EVALSHA', shaOf(script), ...rest], PATIENCE_MS);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
        return commands.send(['EVAL', script.lua, ...rest], PATIENCE_MS);
      }
    },
    read: async (after, waitMs) => {
      while (await reads.untilUp()) {
        const streams = after();
        const command = ['XREAD', 'BLOCK', String(waitMs), 'STREAMS', ...streams.keys(), ...streams.values()];
        try {
          return entriesOf(await reads.send(command, waitMs + PATIENCE_MS));
        } catch (error) {
          if (!(error instanceof RedisAway)) throw error;
          // It may be there and refuse: then there is no hurry.
          await pause(LONGEST_PAUSE_MS, undefined, { ref: false });
        }
      }
      return null;
    },
    onUp: listener => void listeners.add(listener),
    close: () => {
      commands.close();
      reads.close();
    },
  };
}

const shas = new WeakMap<Script, string>();

function shaOf(script: Script): string {
  let sha = shas.get(script);
  if (sha === undefined) shas.set(script, (sha = createHash('sha1').update(script.lua).digest('hex')));
  return sha;
}

/** XREAD's reply: `[[key, [[id, [field, value, …]], …]], …]`, or null when nothing has come. */
function entriesOf(reply: unknown): ReadonlyMap<string, Entry[]> {
  const streams = (reply ?? []) as Array<[string, Array<[string, string[]]>]>;
  return new Map(
    streams.map(([key, entries]) => [key, entries.map(([id, flat]) => ({ id, fields: fieldsOf(flat) }))]),
  );
}

function fieldsOf(flat: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let at = 0; at < flat.length; at += 2) fields[flat[at]!] = flat[at + 1]!;
  return fields;
}

/** The connections to Redis: one for commands, one for the read that waits. Both come back by themselves. */

import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { type Entry, type Redis, RedisAway, type Script } from '../redis/redis.ts';
import type { Log } from '../telemetry/log.ts';

/** A Redis that has not answered for so long is as good as away: it hangs, or what is between has gone. */
const PATIENCE_MS = 3_000;
const LONGEST_PAUSE_MS = 1_000;

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
      if (!warned) log.warn({ reason }, 'Redis is away: answers cannot be resumed on other processes');
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

interface LinkListener {
  up(): void;
  away(reason: string): void;
}

class Link {
  readonly #url: string;
  readonly #listener: LinkListener;
  #client: ReturnType<typeof newClient>;
  /** It has answered since it was connected: one that hangs takes connections all the same. */
  #answered = false;
  #closed = false;
  #waiting: Array<(up: boolean) => void> = [];

  constructor(url: string, listener: LinkListener) {
    this.#url = url;
    this.#listener = listener;
    this.#client = this.#open();
  }

  get up(): boolean {
    return this.#answered && this.#client.isReady;
  }

  /** Resolves to true when it is up, to false when it was closed. */
  untilUp(): Promise<boolean> {
    if (this.#closed || this.up) return Promise.resolve(!this.#closed);
    return new Promise(resolve => this.#waiting.push(resolve));
  }

  send(command: readonly string[], patienceMs: number): Promise<unknown> {
    return this.up ? this.#send(command, patienceMs) : Promise.reject(new RedisAway());
  }

  #send(command: readonly string[], patienceMs: number): Promise<unknown> {
    const client = this.#client;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new RedisAway());
        if (client !== this.#client || this.#closed) return;
        this.#listener.away(`no answer within ${patienceMs} ms`);
        this.#reopen();
      }, patienceMs);
      client
        .sendCommand(command)
        .then(resolve, (error: Error) => {
          // A full or a loading Redis, and one that may only be read, is as good as none.
          const unusable = client.isReady && !error.message.startsWith('NOSCRIPT');
          if (unusable && client === this.#client) this.#listener.away(error.message);
          reject(error.message.startsWith('NOSCRIPT') ? error : new RedisAway());
        })
        .finally(() => clearTimeout(timer));
    });
  }

  close(): void {
    this.#closed = true;
    this.#client.destroy();
    this.#settle(false);
  }

  #reopen(): void {
    const hung = this.#client;
    this.#answered = false;
    this.#client = this.#open();
    hung.destroy();
  }

  #open(): ReturnType<typeof newClient> {
    const client = newClient(this.#url);
    client.on('error', error => {
      if (client === this.#client && !this.#closed)
        this.#listener.away(error?.code ?? String(error?.message));
    });
    client.on('ready', async () => {
      this.#answered = false;
      try {
        await this.#send(['PING'], PATIENCE_MS);
      } catch {
        const again = () => client === this.#client && !this.#closed && client.isReady && this.#reopen();
        setTimeout(again, LONGEST_PAUSE_MS).unref();
        return;
      }
      if (client !== this.#client || this.#closed) return;
      this.#answered = true;
      this.#settle(true);
      this.#listener.up();
    });
    // What goes wrong was told to the listener of errors.
    client.connect().catch(() => {});
    return client;
  }

  #settle(up: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(up);
  }
}

function newClient(url: string) {
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    // The time that a command may take is counted above: the client's own stops when it has been sent.
    commandOptions: { timeout: 0 },
    socket: {
      connectTimeout: PATIENCE_MS,
      reconnectStrategy: tries => Math.min(2 ** tries * 20, LONGEST_PAUSE_MS),
    },
  });
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

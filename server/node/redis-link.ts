/** One connection to Redis, that comes back by itself, and on which nothing is waited for in vain. */

import { createClient } from '@redis/client';
import { RedisAway } from '../redis/redis.ts';
import { patience } from './patience.ts';

/** A Redis that has not answered for so long is as good as away: it hangs, or what is between has gone. */
export const PATIENCE_MS = 3_000;
export const LONGEST_PAUSE_MS = 1_000;

export interface LinkListener {
  up(): void;
  away(reason: string): void;
}

export class Link {
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
      const heard = patience(patienceMs, () => {
        reject(new RedisAway());
        if (client !== this.#client || this.#closed) return;
        this.#listener.away(`no answer within ${patienceMs} ms`);
        this.#reopen();
      });
      client
        .sendCommand(command)
        .then(resolve, (error: Error) => {
          // A full or a loading Redis, and one that may only be read, is as good as none.
          const unusable = client.isReady && !error.message.startsWith('NOSCRIPT');
          if (unusable && client === this.#client) this.#listener.away(error.message);
          reject(error.message.startsWith('NOSCRIPT') ? error : new RedisAway());
        })
        .finally(heard);
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

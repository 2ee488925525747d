/** A wire between a client and a server that breaks where it is told to: on raw sockets, at any byte of a response. */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Where a response of the connection is cut: the number of its bytes that pass; -1 when they all do, so far. */
export type Cut = (response: Buffer) => number;

export interface CuttingProxy {
  /** Base URL without a slash at the end. */
  url: string;
  /** Sets the cuts of the connections to come, in their order; those after them are left alone. */
  cutNext(...cuts: Cut[]): void;
  /** Sets how each connection to come is cut. */
  cutEach(next: () => Cut): void;
  /** Breaks all connections that there are, at once. */
  cutAll(): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const { port } = new URL(target);
  const sockets = new Set<Socket>();
  let nextCut = (): Cut => nowhere;

  const server = createServer(client => {
    const cut = nextCut();
    const upstream = connect({ port: Number(port), host: '127.0.0.1', noDelay: true });
    let passed = 0;
    let seen = Buffer.alloc(0);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream);
    upstream.on('data', bytes => {
      seen = Buffer.concat([seen, bytes]);
      const at = cut(seen);
      client.write(seen.subarray(passed, at < 0 ? undefined : at));
      passed = seen.length;
      // What was written before it still arrives: it is the end of the connection that comes unasked for.
      if (at >= 0) client.destroySoon();
    });
  });
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutNext: (...cuts) => {
      nextCut = () => cuts.shift() ?? nowhere;
    },
    cutEach: next => {
      nextCut = next;
    },
    cutAll,
    close: async () => {
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
}

/** Does something for each number, some side by side, each on a wire of its own: one after the other would take minutes. */
export async function onWires(
  target: string,
  numbers: Iterable<number>,
  act: (wire: CuttingProxy, n: number) => Promise<void>,
): Promise<void> {
  const wires = await Promise.all(Array.from({ length: 20 }, () => startCuttingProxy(target)));
  const next = numbers[Symbol.iterator]();
  await Promise.all(
    wires.map(async wire => {
      for (let n = next.next(); !n.done; n = next.next()) await act(wire, n.value);
    }),
  );
  for (const wire of wires) await wire.close();
}

const nowhere: Cut = () => -1;

export const beforeHeaders: Cut = () => 0;

/** Wherever that is: in the headers, an event, a character. */
export function afterByte(n: number): Cut {
  return response => (response.length >= n ? n : -1);
}

/** After the headers, before all else. */
export const beforeFirstEvent: Cut = response => after(response, '\r\n\r\n', 0);

/** After event `n` and before all that follows. */
export function afterEvent(n: number): Cut {
  return response => after(response, '\n\n', response.indexOf(`id: ${n}\n`));
}

/** In the middle of the text of event `n`. */
export function insideEvent(n: number): Cut {
  return response => after(response, '"choices"', response.indexOf(`id: ${n}\n`));
}

/** Between two bytes of the first character of event `n` or a later one that has several. */
export function insideCharacter(n: number): Cut {
  return response => {
    const start = response.indexOf(`id: ${n}\n`);
    if (start < 0) return -1;
    const at = response.findIndex((byte, index) => index > start && byte >= 0xc0);
    return at < 0 || at + 1 >= response.length ? -1 : at + 1;
  };
}

function after(response: Buffer, text: string, from: number): number {
  if (from < 0) return -1;
  const at = response.indexOf(text, from);
  return at < 0 ? -1 : at + text.length;
}

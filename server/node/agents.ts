/**
 * The pools of connections to upstreams: one for each origin, straight to it or through the HTTP proxy that the environment
 * names (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, less `NO_PROXY`).
 */

import http from 'node:http';
import https from 'node:https';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { ConfigError } from '../config/config-error.ts';

// Without a limit on sockets: a stream holds one, and the limit on streams is the one that counts. Lifo, so that those
// which are not needed any more grow old.
const pool: http.AgentOptions = { keepAlive: true, scheduling: 'lifo' };

/** Where all connections to upstreams are read into, one after the other. */
const readBuffer = Buffer.allocUnsafeSlow(65_536);

export class Agents {
  readonly #agents = new Map<string, http.Agent>();

  /** @throws ConfigError when the environment names a proxy of another kind than HTTP */
  of(target: URL): http.Agent {
    let agent = this.#agents.get(target.origin);
    if (!agent) this.#agents.set(target.origin, (agent = newAgent(target)));
    return agent;
  }
}

function newAgent(target: URL): http.Agent {
  const secure = target.protocol === 'https:';
  const proxy = getProxyForUrl(target.href);
  if (proxy === '') return intoOneBuffer(secure ? new https.Agent(pool) : new http.Agent(pool));
  if (!URL.canParse(proxy) || !/^https?:/.test(proxy)) {
    // Not the URL: it may have a password in it.
    throw new ConfigError(
      `${secure ? 'HTTPS_PROXY' : 'HTTP_PROXY'} or ALL_PROXY: must be an http or https URL; with NO_PROXY=${target.hostname} none is used.`,
    );
  }
  return secure ? new HttpsProxyAgent(proxy, pool) : new HttpProxyAgent(proxy, pool);
}

/**
 * Node takes 64 kB of new memory for every read, which costs more than the few bytes of an event do. A read is over, and
 * copied from by the parser of HTTP, before the next one begins: one buffer is enough for all.
 */
function intoOneBuffer(agent: http.Agent): http.Agent {
  const connect = agent.createConnection;
  agent.createConnection = (options, onCreate) => {
    const onread = {
      buffer: readBuffer,
      callback: (length: number) => {
        socket.emit('data', readBuffer.subarray(0, length));
        return true;
      },
    };
    const socket = connect.call(agent, { ...options, onread } as typeof options, onCreate)!;
    return socket;
  };
  return agent;
}

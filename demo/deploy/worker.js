/**
 * The proxy on Cloudflare Workers. All of it is in one Durable Object: what one request began, only the same object can
 * go on with, and an answer is resumed and stopped by other requests than the one that asked for it.
 */

import { DurableObject } from 'cloudflare:workers';
import { createFetchHandler } from 'rivulet-chat/server';

export class RivuletChat extends DurableObject {
  // Keys are secrets of the worker, and so in its environment.
  #chat = createFetchHandler(this.env.SETTINGS, { environment: this.env });

  fetch(request) {
    return this.#chat.fetch(request, request.headers.get('CF-Connecting-IP'));
  }
}

export default {
  fetch: (request, env) => env.RIVULET.getByName('chat').fetch(request),
};

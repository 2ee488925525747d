/** Headers of the page's own, which go with each request to the server. Loaded where there are some. */

import type { PageHeaders } from './send.ts';

/** What a request says itself is not changed. Where the page fails it goes without; its developers hear why. */
export async function withHeaders(given: PageHeaders, init: RequestInit): Promise<RequestInit> {
  try {
    const headers = new Headers(typeof given === 'function' ? await given() : given);
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    return { ...init, headers: Object.fromEntries(headers) };
  } catch (error) {
    console.error(error);
    return init;
  }
}

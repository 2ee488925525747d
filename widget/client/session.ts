/**
 * Requests that say whose they are: with each goes a token of the visitor's session, which is renewed quietly before its
 * end. Loaded where there are sessions.
 */

import { callUrl } from './endpoint.ts';
import { toJson } from '../conversation/to-json.ts';
import type { FromPage, Send, Visit } from './send.ts';

/** A token is renewed in the last half minute of its time. */
const RENEWAL_MS = 30_000;
/** How long the server may take for a token. */
const PATIENCE_MS = 15_000;
/** How often one is asked for before it is needed. */
const PREPARATION_MS = 30_000;

/** What pages have given, by conversation: it is for this page alone, and kept nowhere. */
const given = new Map<string, string>();
/** On their way, by conversation: two requests of it are of one visitor. */
const asked = new Map<string, Promise<string | Response>>();
let preparedAt = -Infinity;

export function signed(visit: Visit): Send {
  return async (url, init) => {
    const left = msLeft(tokenOf(visit));
    // Nothing is awaited where it is not needed: what is sent while the page is left would not be sent any more.
    const refusal = left < RENEWAL_MS ? await renew(visit) : undefined;
    if (refusal && left <= 0) return refusal;
    const response = await sendWith(tokenOf(visit), url, init);
    // The server is to be believed: its clock is another one, or its secret was changed.
    if (response.status !== 401) return response;
    return (await renew(visit)) ?? sendWith(tokenOf(visit), url, init);
  };
}

/** Never rejects: what fails here fails again, and is told, when it is needed. */
export async function prepare(visit: Visit): Promise<void> {
  if (msLeft(tokenOf(visit)) >= RENEWAL_MS || performance.now() - preparedAt < PREPARATION_MS) return;
  preparedAt = performance.now();
  await renew(visit).catch(() => {});
}

/** Gives the response of whoever refuses. */
async function renew(visit: Visit): Promise<Response | undefined> {
  const { id, session } = visit.conversation();
  let asking = asked.get(id);
  if (!asking) {
    asking = ask(visit).finally(() => asked.delete(id));
    asked.set(id, asking);
  }
  const token = await asking.catch(error => {
    if (visit.hasSessions) throw error;
    // It never said so: its 401 was about something else, and so is this.
    return unauthorized();
  });
  if (typeof token !== 'string') return token.clone();
  if (visit.getToken) given.set(id, token);
  else visit.keep({ endpoint: visit.endpoint, token }, session);
  return undefined;
}

async function ask(visit: Visit): Promise<string | Response> {
  if (visit.getToken) return (await fromPage(visit.getToken)) ?? unauthorized();
  const post = (proof?: string) =>
    sendWith(tokenOf(visit), callUrl(visit.endpoint, '/v1/session'), {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      ...(proof && { headers: { 'content-type': 'application/json' }, body: toJson({ proof }) }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  let response = await post();
  // Whoever goes on with a session has shown it before.
  if (response.status === 401 && visit.getProof) response = await post(await fromPage(visit.getProof));
  if (!response.ok) return response.status === 404 ? unauthorized() : response;
  const session: unknown = await response.json();
  const token = typeof session === 'object' && session !== null && 'token' in session && session.token;
  return typeof token === 'string' ? token : unauthorized();
}

/** Where the page fails there is no session; its own developers hear why. */
async function fromPage(give: FromPage): Promise<string | undefined> {
  try {
    return await give();
  } catch (error) {
    console.error(error);
    return undefined;
  }
}

function tokenOf({ getToken, endpoint, conversation }: Visit): string | undefined {
  const { id, session } = conversation();
  if (getToken) return given.get(id);
  return session?.endpoint === endpoint ? session.token : undefined;
}

/** Less than nothing without a token; NaN for one that does not say when it ends. */
function msLeft(token: string | undefined): number {
  if (!token) return -Infinity;
  try {
    // RFC 7519: the second part is JSON in base64url.
    const { exp } = JSON.parse(atob(token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/')));
    return exp * 1000 - Date.now();
  } catch {
    return NaN;
  }
}

function sendWith(token: string | undefined, url: string, init: RequestInit): Promise<Response> {
  const headers = {
    ...(init.headers as Record<string, string>),
    ...(token && { authorization: `Bearer ${token}` }),
  };
  return fetch(url, { ...init, headers });
}

/** As the server says it, for whom the page or another server has no session. */
function unauthorized(): Response {
  return new Response(null, { status: 401 });
}

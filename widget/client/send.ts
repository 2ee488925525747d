/** Sends requests as they are, until a server wants to know whose they are: what that takes is loaded then. */

import type { Conversation, Session } from '../conversation/conversation.ts';

export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A text that the page gives when it is asked. */
export type FromPage = () => string | Promise<string>;

/** Headers of the page's own, or what gives them before each request. */
export type PageHeaders = HeadersInit | (() => HeadersInit | Promise<HeadersInit>);

export interface SessionSettings {
  /** Base URL of the proxy. */
  endpoint: string;
  /** The server has said that its visitors have sessions. */
  hasSessions?: boolean | undefined;
  /** A token of the visitor's session, in place of the server's. */
  getToken?: FromPage | undefined;
  /** What a captcha of the page's has given, where the server wants to see that before it gives a token. */
  getProof?: FromPage | undefined;
  headers?: PageHeaders | undefined;
}

/** A visitor's session, as their conversation has it: where that goes on, so does the session. */
export interface Visit extends SessionSettings {
  conversation(): Conversation;
  /** Takes a session, or the token that it has now, in place of another. */
  keep(session: Session, instead: Session | undefined): void;
}

/** A server that knows no sessions is asked without; one that says 401 is asked again with one. */
export function sender(visit: Visit): Send {
  let signed: Send | undefined;
  return async (url, plain) => {
    const { headers } = visit;
    const init = headers ? await (await import('./page-headers.ts')).withHeaders(headers, plain) : plain;
    if (!signed && !isInSession(visit)) {
      const response = await fetch(url, init);
      if (response.status !== 401) return response;
    }
    signed ??= (await import('./session.ts')).signed(visit);
    return signed(url, init);
  };
}

/** Gets a token while the visitor types, so that their question does not wait for it. Never rejects. */
export async function prepareSession(visit: Visit): Promise<void> {
  if (isInSession(visit))
    await import('./session.ts').then(
      ({ prepare }) => prepare(visit),
      () => {},
    );
}

/** After a reload what is kept says so, before the server has. */
function isInSession({ hasSessions, getToken, endpoint, conversation }: Visit): unknown {
  return hasSessions || getToken || conversation().session?.endpoint === endpoint;
}

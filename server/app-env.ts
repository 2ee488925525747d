/** What the parts of a request's way leave for each other in Hono's context. */

import type { RequestIdVariables } from 'hono/request-id';
import type { Client } from './clients/client.ts';

/** What the log line of a request says besides what every request has. */
export interface RequestRecord {
  model?: string;
  stream?: string;
  /** The model that answered in place of the one asked for. */
  answeredBy?: string;
  /** Requests to upstreams, where there was more than one. */
  attempts?: number;
  /** Why the others of them failed; shown as `reason` is. */
  failed?: string[];
  ttftMs?: number;
  promptTokens?: number;
  completionTokens?: number;
  /** The code of the error that the client was told, in the response or in the stream. */
  error?: string;
  /** It is the operator's and not a visitor's: it comes every few seconds, and is worth no line unless it fails. */
  operator?: true;
  /** Why, in the upstream's words or with a stack; shown only when the operator asks for it. */
  reason?: string;
}

export interface AppEnv {
  Variables: RequestIdVariables & {
    /** Who sends, of requests to the API: first an address, then by a token of theirs a visitor. */
    client: Client;
    record: RequestRecord;
    /** Settles when a response that goes on after the route has ended. */
    responseEnded?: Promise<unknown>;
  };
}

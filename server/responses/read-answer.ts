/** A response that reads an answer, whole or as a stream from any event on. It comes and goes; the answer stays. */

import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { AppEnv } from '../app-env.ts';
import { type ApiError, asRefusal, hasStatus } from '../errors.ts';
import type { Answer } from '../generations/answer.ts';
import type { EventLog } from '../generations/event-log.ts';
import { MODEL_HEADER, STREAM_HEADER } from '../protocol.ts';
import type { Connection } from './connection.ts';
import { EventStream, eventStreamHeaders } from './event-stream.ts';
import { jsonAnswer, untilEnd } from './json-answer.ts';

export interface Reading {
  /** The number of the last event that the client has. */
  after: number;
  stream: boolean;
  /** Whether the client resumes when its connection ends without a terminal event. */
  resumes: boolean;
  /** How long the status waits for the first event, and the client for a sign of life. */
  pingMs: number;
}

/** What nginx made the custom: the client closed its request. Only the log ever sees it. */
const CLIENT_GONE = 499 as StatusCode;

/** @throws ApiError for an answer that has failed before its first event and before any header has gone out */
export async function readAnswer(
  c: Context<AppEnv>,
  connection: Connection,
  answer: Answer,
  { after, stream, resumes, pingMs }: Reading,
): Promise<Response> {
  // Before anything is waited for: a client may go away before the first token.
  const leave = answer.join(resumes ? () => events.letGo() : undefined);
  // An answer of another process has its log here for those who have joined.
  const { log } = answer;
  const events = new EventStream(log, after, pingMs);
  connection.onGone(leave);
  if (connection.gone) leave();
  c.get('record').stream = answer.id;

  if (!stream) {
    await untilEnd(log, connection);
    leave();
    if (connection.gone) return c.body(null, CLIENT_GONE);
    if (log.terminal && !log.terminal.done) throw asRefusal(log.terminal.error);
    return c.json(jsonAnswer(log), 200, { ...answerHeaders(answer), 'Cache-Control': 'no-store' });
  }

  connection.onGone(() => events.gone());
  // A refusal keeps its status as long as no header has gone out; but a silent connection is soon cut by what is on
  // the way, so that after a while the headers go out with a ping, and errors are in the stream from then on.
  if (after === 0 && !connection.gone) await events.untilBegun();
  if (connection.gone) return c.body(null, CLIENT_GONE);
  const refusal = log.last === 0 ? refusalOf(log) : null;
  if (refusal) {
    leave();
    throw refusal;
  }
  const out = connection.stream({ ...eventStreamHeaders, ...answerHeaders(answer) });
  const ended = events.write(out).then(leave);
  c.set('responseEnded', Promise.all([c.get('responseEnded'), ended]));
  return out.response;
}

function answerHeaders({ id, model }: Answer): Record<string, string> {
  return { [STREAM_HEADER]: id, ...(model !== null && { [MODEL_HEADER]: headerText(model) }) };
}

/** The ids of models are the operator's, who may write them in any script; a header has only Latin letters. */
function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, encodeURIComponent);
}

/** What a status can say. That an answer was stopped is said in a stream, also when nothing has come before. */
function refusalOf({ terminal }: EventLog): ApiError | null {
  return terminal && !terminal.done && hasStatus(terminal.error) ? terminal.error : null;
}

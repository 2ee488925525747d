/** `POST /v1/chat/completions`: checks what is asked, takes a place, starts a generation and reads its log. */

import type { Context } from 'hono';
import type { StatusCode } from 'hono/utils/http-status';
import type { AppEnv, RequestRecord } from '../app-env.ts';
import type { Config } from '../config/config.ts';
import type { Model } from '../config/models.ts';
import { ApiError, asRefusal } from '../errors.ts';
import type { EventLog } from '../generations/event-log.ts';
import type { Generation, Outcome } from '../generations/generation.ts';
import type { Generations } from '../generations/generations.ts';
import { MemoryEventLog } from '../generations/memory-event-log.ts';
import type { Lease, Leases } from '../limits/leases.ts';
import { STREAM_HEADER } from '../protocol.ts';
import type { Connect } from '../responses/connection.ts';
import { eventStreamHeaders, streamEvents } from '../responses/event-stream.ts';
import { jsonAnswer, untilEnd } from '../responses/json-answer.ts';
import type { TtftRecord } from '../telemetry/ttft.ts';
import { type CompletionRequest, completionSchema } from '../upstream/request.ts';
import type { Transports } from '../upstream/transport.ts';
import { requestAnswer } from '../upstream/upstream.ts';
import { parseBody } from './parse-body.ts';

export interface CompletionParts {
  generations: Generations;
  leases: Leases;
  transports: Transports;
  connect: Connect;
  ttft: TtftRecord;
}

/** What nginx made the custom: the client closed its request. Only the log ever sees it. */
const CLIENT_GONE = 499 as StatusCode;

export function completions(config: Config, parts: CompletionParts) {
  const schema = completionSchema(config.limits, config.allowSystemMessages);
  return async (c: Context<AppEnv>): Promise<Response> => {
    const record = c.get('record');
    const request = await parseBody(c, schema);
    const model = chooseModel(config, request.model);
    record.model = model.id;
    if (parts.generations.draining) throw new ApiError('overloaded', { reason: 'draining' });
    const lease = await takePlace(parts.leases, c.get('client'));

    const connection = parts.connect(c);
    const generation = startGeneration(config, parts, model, request, lease);
    record.stream = generation.id;
    const recorded = generation.ended.then(outcome => {
      describeOutcome(record, outcome);
      if (outcome.ttftMs !== null) parts.ttft.add(model.id, outcome.ttftMs);
    });
    // Before anything is waited for: a client may go away before the first token.
    const leave = generation.join();
    connection.gone.addEventListener('abort', leave);
    if (connection.gone.aborted) leave();

    const headers = { [STREAM_HEADER]: generation.id };
    c.set('responseEnded', recorded);
    if (!request.stream) {
      await untilEnd(generation.log, connection.gone);
      if (connection.gone.aborted) return c.body(null, CLIENT_GONE);
      throwFailure(generation.log);
      return c.json(jsonAnswer(generation.log), 200, { ...headers, 'Cache-Control': 'no-store' });
    }

    // A refusal keeps its status as long as no header has gone out; but a silent connection is soon cut by what is on
    // the way, so that after a while the headers go out with a ping, and errors are in the stream from then on.
    const { pingMs } = config.timeouts;
    await untilFirstEvent(generation.log, connection.gone, pingMs);
    if (connection.gone.aborted) return c.body(null, CLIENT_GONE);
    if (generation.log.last === 0) throwFailure(generation.log);
    const out = connection.stream({ ...eventStreamHeaders, ...headers });
    const written = streamEvents(generation.log, 0, out, pingMs, connection.gone).then(leave);
    c.set(
      'responseEnded',
      written.then(() => recorded),
    );
    return out.response;
  };
}

function chooseModel(config: Config, id: string | null | undefined): Model {
  const model = config.models.get(id || config.defaultModel);
  if (!model) throw new ApiError('model_not_allowed', { param: 'model' });
  return model;
}

async function takePlace(leases: Leases, client: string): Promise<Lease> {
  const result = await leases.acquire(client);
  if (result.granted) return result.lease;
  throw new ApiError(result.full === 'client' ? 'too_many_streams' : 'overloaded');
}

function startGeneration(
  config: Config,
  parts: CompletionParts,
  model: Model,
  request: CompletionRequest,
  lease: Lease,
): Generation {
  const options = {
    transports: parts.transports,
    timeouts: config.timeouts,
    maxOutputTokens: config.limits.maxOutputTokens,
    systemPrompt: config.systemPrompt,
  };
  return parts.generations.start({
    id: crypto.randomUUID(),
    log: new MemoryEventLog(),
    lease,
    answer: abort => requestAnswer(model, request, options, abort),
  });
}

function describeOutcome(record: RequestRecord, { ttftMs, usage, error }: Outcome): void {
  if (ttftMs !== null) record.ttftMs = ttftMs;
  if (usage) {
    record.promptTokens = usage.prompt_tokens;
    record.completionTokens = usage.completion_tokens;
  }
  if (error) Object.assign(record, { error: error.code, reason: error.reason });
}

/** Settles at the first event, the end, the client's leaving, or after `ms`. */
function untilFirstEvent(log: EventLog, gone: AbortSignal, ms: number): Promise<void> {
  return new Promise(resolve => {
    const settle = () => {
      clearTimeout(timer);
      unsubscribe();
      gone.removeEventListener('abort', settle);
      resolve();
    };
    const timer = setTimeout(settle, ms);
    const unsubscribe = log.subscribe(settle);
    gone.addEventListener('abort', settle);
    if (log.last > 0 || log.terminal || gone.aborted) settle();
  });
}

function throwFailure({ terminal }: EventLog): void {
  if (terminal && !terminal.done) throw asRefusal(terminal.error);
}

/** `POST /v1/chat/completions`: checks what is asked, takes a place, starts a generation and reads its log. */

import type { Context } from 'hono';
import type { AppEnv } from '../app-env.ts';
import type { Config } from '../config/config.ts';
import type { Model } from '../config/models.ts';
import { ApiError, asRefusal } from '../errors.ts';
import type { EventLog } from '../generations/event-log.ts';
import type { Generation } from '../generations/generation.ts';
import type { Generations } from '../generations/generations.ts';
import { MemoryEventLog } from '../generations/memory-event-log.ts';
import type { Lease, Leases } from '../limits/leases.ts';
import { STREAM_HEADER } from '../protocol.ts';
import type { Connect, Connection } from '../responses/connection.ts';
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

export function completions(config: Config, parts: CompletionParts) {
  const schema = completionSchema(config.limits, config.allowSystemMessages);
  return async (c: Context<AppEnv>): Promise<Response> => {
    const request = await parseBody(c, schema);
    const model = chooseModel(config, request.model);
    const record = c.get('record');
    record.model = model.id;
    if (parts.generations.draining) throw new ApiError('overloaded', { reason: 'draining' });
    const lease = await takePlace(parts.leases, c.get('client'));

    const connection = parts.connect(c);
    const generation = startGeneration(config, parts, model, request, lease);
    record.stream = generation.id;
    // Before anything is waited for: a client may go away before the first token.
    const leave = generation.join();
    connection.gone.addEventListener('abort', leave);
    if (connection.gone.aborted) leave();

    const recorded = generation.ended.then(({ ttftMs, usage, error }) => {
      if (ttftMs !== null) {
        record.ttftMs = ttftMs;
        parts.ttft.add(model.id, ttftMs);
      }
      record.promptTokens = usage?.prompt_tokens;
      record.completionTokens = usage?.completion_tokens;
      if (error) Object.assign(record, { error: error.code, reason: error.reason });
    });
    if (request.stream) return streamAnswer(c, config, connection, generation, leave, recorded);
    await untilEnd(generation.log, connection.gone);
    await recorded;
    throwFailure(generation.log);
    return c.json(jsonAnswer(generation.log), 200, {
      'Cache-Control': 'no-store',
      [STREAM_HEADER]: generation.id,
    });
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

async function streamAnswer(
  c: Context<AppEnv>,
  config: Config,
  connection: Connection,
  generation: Generation,
  leave: () => void,
  recorded: Promise<void>,
): Promise<Response> {
  const { log } = generation;
  const { pingMs } = config.timeouts;
  // A refusal keeps its status as long as no header has gone out; but a silent connection is soon cut by what is on
  // the way, so that after a while the headers go out with a ping, and errors are in the stream from then on.
  await untilFirstEvent(log, connection.gone, pingMs);
  if (log.last === 0) throwFailure(log);
  const out = connection.stream({ ...eventStreamHeaders, [STREAM_HEADER]: generation.id });
  const ended = streamEvents(log, 0, out, pingMs, connection.gone).then(leave);
  c.set(
    'responseEnded',
    Promise.all([ended, recorded]).then(() => {}),
  );
  return out.response;
}

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

/** `POST /v1/chat/completions`: checks what is asked, takes a place, starts a generation and reads its log. */

import type { Context } from 'hono';
import type { AppEnv, RequestRecord } from '../app-env.ts';
import { type Client, ownerOf } from '../clients/client.ts';
import type { Config } from '../config/config.ts';
import type { Model } from '../config/models.ts';
import { ApiError } from '../errors.ts';
import type { Claim } from '../generations/claims.ts';
import type { Outcome } from '../generations/generation.ts';
import type { Generations } from '../generations/generations.ts';
import { holdersOf } from '../limits/holders.ts';
import type { Lease, LeaseLimits, Leases } from '../limits/leases.ts';
import { IDEMPOTENCY_HEADER, RESUME_HEADER } from '../protocol.ts';
import type { Connect } from '../responses/connection.ts';
import { readAnswer } from '../responses/read-answer.ts';
import type { Observer } from '../telemetry/observer.ts';
import type { Pseudonyms } from '../telemetry/pseudonyms.ts';
import { requestAnswer } from '../upstream/attempts.ts';
import { Keys } from '../upstream/keys.ts';
import { type CompletionRequest, completionSchema } from '../upstream/request.ts';
import type { Transports } from '../upstream/transport.ts';
import { parseBody } from './parse-body.ts';

export interface CompletionParts {
  generations: Generations;
  leases: Leases;
  transports: Transports;
  connect: Connect;
  observer: Required<Observer>;
  pseudonyms: Pseudonyms;
}

const MAX_KEY_CHARACTERS = 255;

export function completions(config: Config, parts: CompletionParts) {
  const schema = completionSchema(config.limits, config.allowSystemMessages);
  const { generations, observer } = parts;
  const upstream = {
    transports: parts.transports,
    timeouts: config.timeouts,
    keys: new Keys(),
    retries: config.retries,
    maxOutputTokens: config.limits.maxOutputTokens,
    systemPrompt: config.systemPrompt,
  };
  return async (c: Context<AppEnv>): Promise<Response> => {
    const connection = parts.connect(c);
    // What goes on after this holds these, and nothing else of the request: streams are many, and last.
    const record = c.get('record');
    const client = c.get('client');
    const requestId = c.get('requestId');
    const owner = ownerOf(client);
    const request = await parseBody(c, schema, config.limits.maxBodyBytes);
    const model = chooseModel(config, request.model);
    const models = [model, ...(config.fallbacks.get(model.id) ?? [])];
    record.model = model.id;
    const claim = await readClaim(c, owner, request);
    const resumes = c.req.header(RESUME_HEADER) === '1' && config.resume.graceSeconds > 0;

    const id = crypto.randomUUID();
    let recorded: Promise<void> | undefined;
    const answer = await generations.once(claim, id, async () => {
      if (generations.draining) throw new ApiError('overloaded', { reason: 'draining' });
      const lease = await takePlace(parts, client, config.limits, id);
      const generation = generations.start({
        id,
        owner,
        claim,
        keep: resumes,
        graceMs: resumes ? config.resume.graceSeconds * 1_000 : 0,
        lease,
        answer: (signal, attempts, hear) => requestAnswer(models, request, upstream, signal, attempts, hear),
      });
      observer.answerStarted();
      const asked = { models, request, requestId, origin: client.origin };
      // Made now: at the end of a drain nothing but what is there already is waited for.
      const pseudonym = parts.pseudonyms(client);
      recorded = generation.ended.then(async outcome => {
        describeOutcome(record, outcome);
        observer.answerEnded({ ...asked, asker: await pseudonym, outcome, log: generation.log });
      });
      return generation;
    });
    if (recorded) c.set('responseEnded', recorded);
    const { pingMs } = config.timeouts;
    return readAnswer(c, connection, answer, { after: 0, stream: request.stream === true, resumes, pingMs });
  };
}

function chooseModel(config: Config, id: string | null | undefined): Model {
  const model = config.models.get(id || config.defaultModel);
  if (!model) throw new ApiError('model_not_allowed', { param: 'model' });
  return model;
}

async function readClaim(
  c: Context<AppEnv>,
  owner: string,
  request: CompletionRequest,
): Promise<Claim | null> {
  const key = c.req.header(IDEMPOTENCY_HEADER);
  if (!key) return null;
  if (key.length > MAX_KEY_CHARACTERS) {
    const message = `${IDEMPOTENCY_HEADER}: must have at most ${MAX_KEY_CHARACTERS} characters`;
    throw new ApiError('invalid_request', { message, param: IDEMPOTENCY_HEADER });
  }
  const text = new TextEncoder().encode(JSON.stringify(request));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const digest = Array.from(hash, byte => byte.toString(16).padStart(2, '0')).join('');
  return { owner, key, digest };
}

async function takePlace(
  { leases, generations }: CompletionParts,
  client: Client,
  limits: LeaseLimits,
  id: string,
): Promise<Lease> {
  const result = await leases.acquire(holdersOf(client, limits), id);
  if (!result.granted) throw new ApiError(result.full === 'holder' ? 'too_many_streams' : 'overloaded');
  if (result.takenFrom !== null) void endAbandoned(generations, result.takenFrom, ownerOf(client));
  return result.lease;
}

/** Nobody waits for it: one that cannot be reached now ends with its grace. */
async function endAbandoned(generations: Generations, id: string, owner: string): Promise<void> {
  try {
    await (await generations.find(id, owner))?.end(new ApiError('abandoned'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function describeOutcome(record: RequestRecord, { model, failed, ttftMs, usage, error }: Outcome): void {
  const attempts = failed.length + (model === null ? 0 : 1);
  if (attempts > 1) {
    record.attempts = attempts;
    record.failed = failed.map(({ model, error }) => `${model}: ${error.code}, ${error.reason}`);
  }
  if (model !== null && model !== record.model) record.answeredBy = model;
  if (ttftMs !== null) record.ttftMs = ttftMs;
  if (usage) {
    record.promptTokens = usage.prompt_tokens;
    record.completionTokens = usage.completion_tokens;
  }
  if (error) Object.assign(record, { error: error.code, reason: error.reason });
}

/** `POST /v1/chat/completions`: checks what is asked, takes a place, starts a generation and reads its log. */

import type { Context } from 'hono';
import type { AppEnv, RequestRecord } from '../app-env.ts';
import { ownerOf } from '../clients/client.ts';
import type { Config } from '../config/config.ts';
import type { Model } from '../config/models.ts';
import { ApiError } from '../errors.ts';
import type { Claim } from '../generations/claims.ts';
import type { Outcome } from '../generations/generation.ts';
import type { Generations } from '../generations/generations.ts';
import { hexDigest } from '../hex-digest.ts';
import { admit, type Limiters } from '../limits/admission.ts';
import { promptTokens } from '../limits/tokens.ts';
import { usedTokens } from '../limits/used-tokens.ts';
import { RESUME_HEADER } from '../protocol.ts';
import type { Connect } from '../responses/connection.ts';
import { readAnswer } from '../responses/read-answer.ts';
import { figuresOf } from '../telemetry/figures.ts';
import type { Observer } from '../telemetry/observer.ts';
import type { Pseudonyms } from '../telemetry/pseudonyms.ts';
import { requestAnswer } from '../upstream/attempts.ts';
import { imageBytes, withoutImages } from '../upstream/content.ts';
import { Keys } from '../upstream/keys.ts';
import { type CompletionRequest, completionSchema, outputLimit } from '../upstream/request.ts';
import type { Transports } from '../upstream/transport.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { type Besides, parseBody } from './parse-body.ts';

export interface CompletionParts extends Limiters {
  generations: Generations;
  transports: Transports;
  connect: Connect;
  observer: Required<Observer>;
  pseudonyms: Pseudonyms;
}

export function completions(config: Config, parts: CompletionParts) {
  const schema = completionSchema(config.limits, config);
  const images: Besides<CompletionRequest> = {
    maxBytes: [...config.models.values()].some(({ vision }) => vision) ? config.limits.maxImageBytes : 0,
    bytesOf: ({ messages }) => imageBytes(messages),
  };
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
    const request = await parseBody(c, schema, config.limits.maxBodyBytes, images);
    const models = chooseModels(config, request);
    const [model] = models;
    record.model = model.id;
    const claim = await readClaim(c, owner, request);
    const resumes = c.req.header(RESUME_HEADER) === '1' && config.resume.graceSeconds > 0;

    const id = crypto.randomUUID();
    const prompt = () => promptTokens(request, config.systemPrompt);
    const mostTokens = () => prompt() + outputLimit(request, config.limits.maxOutputTokens);
    const letIn = () => admit(parts, client, config.limits, id, mostTokens);
    let recorded: Promise<void> | undefined;
    const answer = await generations.once(claim, id, letIn, ({ lease, takenFrom, settle }) => {
      if (takenFrom !== null) void endAbandoned(generations, takenFrom, owner);
      const generation = generations.start({
        id,
        owner,
        claim,
        keep: resumes,
        graceMs: resumes ? config.resume.graceSeconds * 1_000 : 0,
        lease,
        figures: outcome => figuresOf(outcome, models),
        answer: (signal, attempts, hear) => requestAnswer(models, request, upstream, signal, attempts, hear),
      });
      observer.answerStarted();
      const recordable = { ...request, messages: withoutImages(request.messages) };
      const asked = { models, request: recordable, requestId, key: claim?.key, origin: client.origin };
      // Made now: at the end of a drain nothing but what is there already is waited for.
      const pseudonym = parts.pseudonyms(client);
      recorded = generation.ended.then(async outcome => {
        settle(() => usedTokens(outcome, generation.log, prompt()));
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

/** The one that is asked for, and those that may stand in for it. */
function chooseModels(
  { models, defaultModel, fallbacks }: Config,
  { model: id, messages }: CompletionRequest,
): [Model, ...Model[]] {
  const model = models.get(id || defaultModel);
  if (!model) throw new ApiError('model_not_allowed', { param: 'model' });
  const others = fallbacks.get(model.id) ?? [];
  if (imageBytes(messages) === 0) return [model, ...others];
  if (!model.vision) {
    const message = `messages: ${model.id} cannot see images; leave them out, or ask a model that GET /v1/models says can.`;
    throw new ApiError('invalid_request', { message, param: 'messages' });
  }
  return [model, ...others.filter(({ vision }) => vision)];
}

async function readClaim(
  c: Context<AppEnv>,
  owner: string,
  request: CompletionRequest,
): Promise<Claim | null> {
  const key = idempotencyKey(c);
  if (!key) return null;
  return { owner, key, digest: await hexDigest(JSON.stringify(request)) };
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

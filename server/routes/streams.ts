/** `GET /v1/streams/:id` resumes an answer after the last event that its client has; `DELETE` stops it, for all readers. */

import type { Context } from 'hono';
import type { AppEnv } from '../app-env.ts';
import { ownerOf } from '../clients/client.ts';
import { ApiError } from '../errors.ts';
import type { Answer } from '../generations/answer.ts';
import type { Generations } from '../generations/generations.ts';
import { LAST_EVENT_HEADER } from '../protocol.ts';
import type { Connect } from '../responses/connection.ts';
import { readAnswer } from '../responses/read-answer.ts';
import type { Observer } from '../telemetry/observer.ts';

export interface StreamParts {
  observer: Required<Observer>;
  generations: Generations;
  connect: Connect;
}

export function resumeStream({ generations, connect, observer }: StreamParts, pingMs: number) {
  return async (c: Context<AppEnv>): Promise<Response> => {
    const connection = connect(c);
    const after = lastEvent(c);
    const answer = await findAnswer(c, generations);
    if (!answer.reaches(after)) throw badNumber();
    observer.answerResumed();
    return readAnswer(c, connection, answer, { after, stream: true, resumes: true, pingMs });
  };
}

export function stopStream(generations: Generations) {
  return async (c: Context<AppEnv>): Promise<Response> => {
    const answer = await findAnswer(c, generations);
    c.get('record').stream = answer.id;
    await answer.end(new ApiError('stopped'));
    return c.body(null, 204);
  };
}

async function findAnswer(c: Context<AppEnv>, generations: Generations): Promise<Answer> {
  const answer = await generations.find(c.req.param('id') ?? '', ownerOf(c.get('client')));
  if (!answer)
    throw new ApiError('not_found', { message: 'There is no such answer, or it is no longer kept.' });
  return answer;
}

function lastEvent(c: Context): number {
  const text = c.req.header(LAST_EVENT_HEADER);
  if (!text) return 0;
  if (!/^\d{1,9}$/.test(text)) throw badNumber();
  return Number(text);
}

function badNumber(): ApiError {
  const message = `${LAST_EVENT_HEADER}: must be the number of an event of this answer`;
  return new ApiError('invalid_request', { message, param: LAST_EVENT_HEADER });
}

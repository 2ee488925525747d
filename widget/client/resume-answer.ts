/**
 * Goes on with an answer whose connection broke: one attempt at a time, farther and farther apart, and only while the
 * visitor is there and has a network.
 */

import type { Failure } from '../conversation/message.ts';
import { type AnswerStreamEvent, type Course, isLost, type StreamPlace } from './answer-events.ts';
import type { AnswerEvent } from './answer-parser.ts';
import { Connection } from './connection.ts';
import type { Attention } from './attention.ts';
import { streamUrl } from './endpoint.ts';
import { readEvents } from './request-answer.ts';
import { watch } from './watch.ts';

/** After so many attempts that brought nothing, about a minute, the visitor is asked. */
const mostAttempts = 10;
/** What the server has not begun to answer is asked for again at once or not at all. */
const mostAttemptsToAsk = 3;
const firstWaitMs = 500;
const longestWaitMs = 10_000;

export async function* resumeAnswer(
  course: Course,
  attention: Attention,
): AsyncGenerator<AnswerStreamEvent, void> {
  const { signal } = course;
  for (let attempt = 0; attempt < (course.place ? mostAttempts : mostAttemptsToAsk); attempt += 1) {
    if (attempt > 0) await attention.pause(waitMs(attempt), signal);
    await attention.awake(signal);
    if (signal.aborted) return;
    course.connection = new Connection();
    watch(course.connection, signal, attention);
    let isOpen = false;
    for await (const event of course.place ? resumed(course, course.place) : course.ask()) {
      if (event.type === 'opened') {
        isOpen = true;
        if (event.streamId) course.place ??= { id: event.streamId, last: 0 };
      }
      if (signal.aborted) return;
      if ('number' in event && course.place) {
        course.place.last = event.number ?? course.place.last;
        attempt = 0;
      }
      if (event.type === 'failed') {
        if (isLost(event) || (!isOpen && isBusy(event.failure))) break;
        const isGone = !isOpen && course.place && event.failure.code === 'not_found';
        yield isGone ? { type: 'failed', failure: { code: 'forgotten' } } : event;
        return;
      }
      yield event;
      if (event.type === 'done') return;
    }
    if (isOpen) yield { type: 'reconnecting' };
  }
  yield { type: 'failed', failure: { code: 'disconnected' } };
}

function resumed(
  { endpoint, send, connection }: Course,
  place: StreamPlace,
): AsyncGenerator<AnswerEvent, void> {
  return readEvents(connection, {
    url: streamUrl(endpoint, place.id),
    init: { headers: { 'last-event-id': String(place.last), accept: 'text/event-stream' } },
    after: place.last,
    send,
  });
}

/** A server that is about to be back, or has too much to do. */
function isBusy({ code }: Failure): boolean {
  return ['overloaded', 'rate_limited', 'upstream_error', 'upstream_timeout', 'internal_error'].includes(
    code,
  );
}

/** Twice as long each time, and not the same for all who lost the same server. */
function waitMs(attempt: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** (attempt - 1)) * (0.5 + Math.random() / 2);
}

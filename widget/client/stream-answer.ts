/** An answer for whoever has an interface of their own: streamed, resumed when its connection breaks, and stopped. */

import type { ChatMessage } from '../../server/protocol.ts';
import { newId } from '../conversation/new-id.ts';
import { answerEvents, type AnswerStreamEvent, type Resuming, type StreamPlace } from './answer-events.ts';
import type { Attention } from './attention.ts';
import { LEFT } from './left.ts';
import { resumeAnswer } from './resume-answer.ts';
import type { Send } from './send.ts';
import { stopAnswer } from './stop-answer.ts';
import { watch } from './watch.ts';

export interface StreamOptions {
  /** Base URL of the proxy, or of any OpenAI-compatible server. */
  endpoint: string;
  /** Absent: the server's default. */
  model?: string | undefined;
  /** What else is in the request's body, as OpenAI's API names it: `temperature`, `tools` … */
  fields?: object | undefined;
  /** Aborted, the answer is stopped, at the server too. Aborted with the reason `LEFT` it goes on there for a while, to be come back to. */
  signal?: AbortSignal | undefined;
  /** Sends the requests in place of `fetch`, for headers of your own. */
  send?: Send | undefined;
  /** False for a server that is not our proxy: what it does not know is not sent, and a lost connection is a failure. */
  resumes?: boolean | undefined;
}

export interface AnswerOptions extends StreamOptions {
  messages: ChatMessage[];
  /** The request's name: who asks again under it gets the same answer, paid once. Absent, it has a new one. */
  key?: string | undefined;
  /** How far an answer is that goes on: the `streamId` of its event `opened`, and the last `number` that there was. */
  stream?: StreamPlace | undefined;
}

/** `extra`: an event that says more than text, such as calls of tools, as its upstream wrote it. */
export type StreamedEvent = Exclude<AnswerStreamEvent, { type: 'read' }>;

/**
 * Never throws: every failure is an event. Exactly one `done` or `failed` is the last, unless it was aborted. Whoever leaves the
 * loop over it stops the answer.
 */
export async function* streamAnswer(
  { messages, endpoint, model, fields, signal, send, resumes = true, key, stream }: AnswerOptions,
  attention: Attention,
): AsyncGenerator<StreamedEvent, void> {
  const own = new AbortController();
  const events = answerEvents({
    endpoint,
    messages,
    fields,
    ...(model && { model }),
    ...(resumes && { key: key ?? newId() }),
    ...(stream && { stream: { ...stream } }),
    ...(send && { send }),
    signal: signal ? AbortSignal.any([own.signal, signal]) : own.signal,
    loadResuming: async () => resuming(attention),
  });
  let hasEnded = false;
  try {
    for (;;) {
      const { value: event, done } = await events.next();
      if (done) return;
      hasEnded = event.type === 'done' || event.type === 'failed';
      if (event.type !== 'read') yield event;
    }
  } finally {
    // Before the answer lets go of its signal; and nothing watches a connection for longer.
    own.abort(hasEnded ? LEFT : undefined);
    await events.return();
  }
}

function resuming(attention: Attention): Resuming {
  return {
    watch: (connection, signal) => watch(connection, signal, attention),
    resume: course => resumeAnswer(course, attention),
    stop: (url, send) => stopAnswer(url, send, attention),
  };
}

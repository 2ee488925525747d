/** What is said of an answer that did not end well, in English. */

import type { AssistantMessage, Failure } from '../conversation/message.ts';

const failures: Record<Failure['code'], string> = {
  invalid_request: 'The server could not read this question.',
  model_not_allowed: 'This model is not available here.',
  length_exceeded: 'The conversation has become too long.',
  unauthorized: 'This chat is not allowed to answer here.',
  origin_not_allowed: 'This chat is not set up for this site.',
  not_found: 'There is no chat at this address.',
  payload_too_large: 'The conversation has become too long.',
  too_many_streams: 'Several answers are being written for you already.',
  rate_limited: 'That was a lot of questions in a short time.',
  budget_exhausted: 'The limit for now is used up.',
  upstream_rate_limited: 'The model has too much to do right now.',
  internal_error: 'Something went wrong on the server.',
  upstream_unauthorized: 'The chat is not set up right: its model refused the connection.',
  upstream_error: 'The model had a problem.',
  overloaded: 'Too many people are asking right now.',
  paused: 'This chat is paused.',
  upstream_timeout: 'The model took too long.',
  interrupted: 'The answer was interrupted.',
  stopped: 'Stopped.',
  abandoned: 'The answer was interrupted.',
  offline: 'You seem to be offline.',
  disconnected: 'The connection was lost.',
  forgotten: 'The rest of this answer is no longer there.',
  bad_answer: 'The answer could not be read.',
  empty_answer: 'No answer came.',
  refused: 'This page does not let that be asked.',
};

export const enNote = {
  stopped: 'Stopped.',
  cut: 'The answer was cut at its length limit.',
  filtered: 'The answer was held back by the model’s content filter.',
  /** After a failure when a part of the answer is there. */
  kept: (failure: string) => `${failure} What arrived is kept.`,
  failures,
  retry: 'Retry',
  continue: 'Continue',
  newChat: 'New chat',
  /** On a button that has to wait. */
  retryIn: (seconds: number) => {
    if (seconds < 120) return `Try again in ${seconds} s`;
    if (seconds < 7200) return `Try again in ${Math.ceil(seconds / 60)} min`;
    return `Try again in ${Math.ceil(seconds / 3600)} h`;
  },
};

export type NoteWords = typeof enNote;

/** Puts a failed answer into words. */
export function failureText({ failure, content }: AssistantMessage, words: NoteWords): string {
  const what = failure?.said ?? words.failures[failure?.code ?? 'internal_error'];
  return content ? words.kept(what) : what;
}

/**
 * Who is told what happens here: metrics, the last hour, the audit. They are told when an answer begins and when it has
 * ended, never of its events, so that watching costs the stream nothing.
 */

import type { Model } from '../config/models.ts';
import type { EventLog } from '../generations/event-log.ts';
import type { Outcome } from '../generations/generation.ts';
import type { ErrorCode, Feedback } from '../protocol.ts';
import type { CompletionRequest } from '../upstream/request.ts';
import type { Pseudonym } from './pseudonyms.ts';

export interface EndedAnswer {
  /** The id of the request that began it, as the log has it. */
  requestId: string;
  /** The request's `Idempotency-Key`. */
  key?: string | undefined;
  /** Who asked, as the log names them. */
  asker: Pseudonym;
  /** The site whose page asked; null for other programs. */
  origin: string | null;
  /** The one that was asked for, and those that stand in for it. */
  models: readonly Model[];
  request: CompletionRequest;
  outcome: Outcome;
  /** What was said. */
  log: EventLog;
}

export interface GivenFeedback extends Feedback, Pick<EndedAnswer, 'requestId' | 'asker' | 'origin'> {}

export interface Observer {
  answerStarted?(): void;
  answerEnded?(answer: EndedAnswer): void;
  /** A client has come back to an answer. */
  answerResumed?(): void;
  /** A visitor says what they think of an answer. */
  feedbackGiven?(feedback: GivenFeedback): void;
  /** A request got an error and no answer was begun for it. */
  requestRefused?(code: ErrorCode): void;
}

/** The model that answered; where none did, the one that was asked for. */
export function answeringModel({ models, outcome }: Pick<EndedAnswer, 'models' | 'outcome'>): Model {
  return models.find(({ id }) => id === outcome.model) ?? models[0]!;
}

/** Several as one. */
export function observers(all: readonly Observer[]): Required<Observer> {
  return {
    answerStarted: () => all.forEach(one => one.answerStarted?.()),
    answerEnded: answer => all.forEach(one => one.answerEnded?.(answer)),
    answerResumed: () => all.forEach(one => one.answerResumed?.()),
    feedbackGiven: feedback => all.forEach(one => one.feedbackGiven?.(feedback)),
    requestRefused: code => all.forEach(one => one.requestRefused?.(code)),
  };
}

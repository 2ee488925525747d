/** The audit: one JSON line for each answer, and for what visitors think of them, in a file of the operator's choice. */

import { closeSync, openSync } from 'node:fs';
import pino from 'pino';
import { ConfigError } from '../config/config-error.ts';
import { ApiError } from '../errors.ts';
import type { EventLog } from '../generations/event-log.ts';
import { jsonAnswer } from '../responses/json-answer.ts';
import { costOf, usedBy } from '../telemetry/cost.ts';
import type { Log } from '../telemetry/log.ts';
import type { EndedAnswer, GivenFeedback, Observer } from '../telemetry/observer.ts';

export interface AuditSettings {
  /** Is appended to; made where it is not there. */
  file: string;
  /** Whether what was asked and what was answered stands in it. */
  content: boolean;
}

export interface Audit extends Observer {
  /** Goes on in a new file, after the old one was moved away. */
  reopen(): void;
  /** Settles when all lines are written, or cannot be. */
  close(): Promise<void>;
}

/** What waits in memory while the disk takes nothing; more than that is lost. */
const MAX_WAITING_BYTES = 10_000_000;
/** It is about visitors: only its owner reads it. */
const MODE = 0o600;

/** @throws ConfigError when the file cannot be written */
export function openAudit({ file, content }: AuditSettings, log: Log): Audit {
  tryToOpen(file);
  // Pino's own sink writes in order, waits for nobody and keeps what could not be written for the next time.
  const sink = pino.destination({ dest: file, sync: false, mode: MODE, maxLength: MAX_WAITING_BYTES });
  let failing = false;
  let closed = false;
  const onFailure = (error?: NodeJS.ErrnoException) => {
    if (failing) return;
    failing = true;
    const reason = error?.code ?? 'more is waiting than is kept in memory';
    log.warn({ file, reason }, 'The audit cannot be written. Answers go on; lines may be lost.');
  };
  sink.on('error', onFailure);
  sink.on('drop', () => onFailure());
  sink.on('write', () => {
    if (failing) log.info({ file }, 'The audit is written again.');
    failing = false;
  });

  const write = (line: object) => {
    // An answer may end after a close that did not wait for it.
    if (!closed) sink.write(`${JSON.stringify({ time: new Date().toISOString(), ...line })}\n`);
  };

  return {
    answerEnded: answer => write(lineOf(answer, content)),
    feedbackGiven: feedback => write(feedbackLine(feedback)),
    reopen: () => sink.reopen(),
    close: () =>
      new Promise(resolve => {
        closed = true;
        sink.once('close', resolve);
        // It would go on trying, and keep the process from its end.
        sink.once('error', () => {
          sink.destroy();
          resolve();
        });
        sink.end();
      }),
  };
}

/** A bad file is to be known before the first visitor comes. */
function tryToOpen(file: string): void {
  try {
    closeSync(openSync(file, 'a', MODE));
  } catch (error) {
    throw new ConfigError(
      `audit.file: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}

function lineOf(
  { requestId, key, asker, origin, models, request, outcome, log }: EndedAnswer,
  content: boolean,
) {
  const { model, ttftMs, durationMs, usage, failed, error } = outcome;
  return {
    ...{ requestId, key, ...asker, origin, model: models[0]!.id, answeredBy: model },
    outcome: error ? error.code : 'complete',
    promptTokens: usage?.prompt_tokens ?? null,
    completionTokens: usage?.completion_tokens ?? null,
    // Attempts that failed have their cost too, each in the currency of its model.
    costs: usedBy(models, outcome).map(({ model, usage }) => ({
      model: model.id,
      ...costOf(usage, model.price),
    })),
    failed: failed.map(({ model, error }) => ({ model, error: error.code })),
    ttftMs: ttftMs === null ? null : Math.round(ttftMs),
    durationMs: Math.round(durationMs),
    ...(content ? { messages: request.messages, answer: said(log) } : {}),
  };
}

/** It names the answer by its key. */
function feedbackLine({ requestId, key, asker, origin, ...feedback }: GivenFeedback) {
  return { requestId, key, ...asker, origin, feedback };
}

/** As OpenAI's `choices`; null where an upstream has sent what is no JSON. */
function said(log: EventLog): unknown {
  try {
    return jsonAnswer(log).choices;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

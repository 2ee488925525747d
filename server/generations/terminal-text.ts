/** The end of an answer as a text, for other processes: what clients are told of it, and no more. */

import { ApiError } from '../errors.ts';
import type { AnswerFigures, ErrorCode } from '../protocol.ts';
import type { Terminal } from './event-log.ts';

interface Written {
  error?: { code: ErrorCode; message: string };
  figures?: AnswerFigures | undefined;
}

export function writeTerminal(terminal: Terminal): string {
  const { figures } = terminal;
  if (terminal.done) return JSON.stringify({ figures } satisfies Written);
  const { code, message } = terminal.error;
  return JSON.stringify({ error: { code, message }, figures } satisfies Written);
}

export function readTerminal(text: string): Terminal {
  const { error, figures } = JSON.parse(text) as Written;
  const told = figures && { figures };
  if (!error) return { done: true, ...told };
  const { code, message } = error;
  return { done: false, error: new ApiError(code, { message }), ...told };
}

/** The end of an answer as a text, for other processes: what clients are told of it, and no more. */

import { ApiError } from '../errors.ts';
import type { ErrorCode } from '../protocol.ts';
import type { Terminal } from './event-log.ts';

interface Written {
  code: ErrorCode;
  message: string;
}

export function writeTerminal(terminal: Terminal): string {
  if (terminal.done) return 'done';
  const { code, message } = terminal.error;
  return JSON.stringify({ code, message } satisfies Written);
}

export function readTerminal(text: string): Terminal {
  if (text === 'done') return { done: true };
  return { done: false, error: readError(text) };
}

export function readError(text: string): ApiError {
  const { code, message } = JSON.parse(text) as Written;
  return new ApiError(code, { message });
}

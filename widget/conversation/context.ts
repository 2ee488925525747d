/** What of a long conversation is sent with a question: all that fits, the oldest turns left out first. Pure. */

import type { ChatMessage } from '../../server/protocol.ts';
import { jsonBytes } from './json-bytes.ts';
import type { Message } from './message.ts';
import { said } from './said.ts';

export interface ContextLimits {
  /** Most messages. */
  messages: number;
  /** Most bytes of the messages, as UTF-8 JSON. */
  bodyBytes: number;
}

export interface Context {
  messages: ChatMessage[];
  /** How many of the oldest messages were left out. */
  omitted: number;
}

/**
 * Turns are kept or left out whole. The last one, with `closing` at its end, is always sent: where it alone
 * is over a limit, the answer is `'too_long'` and the visitor has to shorten.
 */
export function fitContext(
  messages: readonly Message[],
  limits: ContextLimits,
  closing: readonly ChatMessage[] = [],
): Context | 'too_long' {
  const turns = turnsOf([...said(messages), ...closing], closing.length);
  let count = 0;
  let bytes = '[]'.length;
  let first = turns.length;
  for (const turn of turns.toReversed()) {
    count += turn.length;
    bytes += turn.reduce((sum, message) => sum + jsonBytes(message) + ','.length, 0);
    // The first message of all has no comma before it.
    if (count > limits.messages || bytes - ','.length > limits.bodyBytes) break;
    first -= 1;
  }
  if (turns.length > 0 && first === turns.length) return 'too_long';
  return { messages: turns.slice(first).flat(), omitted: turns.slice(0, first).flat().length };
}

/** A question begins a turn; the closing messages belong to the turn before them. */
function turnsOf(messages: readonly ChatMessage[], closing: number): ChatMessage[][] {
  const turns: ChatMessage[][] = [];
  messages.forEach((message, index) => {
    const turn = turns.at(-1);
    const opens = message.role === 'user' && index < messages.length - closing;
    if (turn === undefined || opens) turns.push([message]);
    else turn.push(message);
  });
  return turns;
}

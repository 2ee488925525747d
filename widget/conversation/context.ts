/** What of a long conversation is sent with a question: all that fits, the oldest turns left out first. Pure. */

import type { ChatMessage, ContentPart } from '../../server/protocol.ts';
import { jsonBytes } from './json-bytes.ts';

export interface ContextLimits {
  /** Most messages. */
  messages: number;
  /** Most bytes of the messages, as UTF-8 JSON, without their images. */
  bodyBytes: number;
}

export interface Context {
  /** The one that the page wants asked, in place of another. */
  model?: string | undefined;
  messages: ChatMessage[];
  /** How many of the oldest messages were left out, and of the oldest images. */
  omitted: number;
}

/**
 * Turns are kept or left out whole. The last one, with `closing` at its end, is always sent: where it alone
 * is over a limit, the answer is `'length_exceeded'` and the visitor has to shorten.
 * @param messages all that the model could be told
 */
export function fitContext(
  messages: readonly ChatMessage[],
  limits: ContextLimits,
  closing: readonly ChatMessage[] = [],
): Context | 'length_exceeded' {
  const turns = turnsOf([...messages, ...closing], closing.length);
  let count = 0;
  let bytes = '[]'.length;
  let first = turns.length;
  for (const turn of turns.toReversed()) {
    count += turn.length;
    bytes += turn.reduce((sum, message) => sum + textBytes(message) + ','.length, 0);
    // The first message of all has no comma before it.
    if (count > limits.messages || bytes - ','.length > limits.bodyBytes) break;
    first -= 1;
  }
  if (turns.length > 0 && first === turns.length) return 'length_exceeded';
  return { messages: turns.slice(first).flat(), omitted: turns.slice(0, first).flat().length };
}

/** Images have a limit of their own. */
function textBytes({ content, ...message }: ChatMessage): number {
  return jsonBytes({ ...message, content: Array.isArray(content) ? content.map(withoutImage) : content });
}

function withoutImage(part: ContentPart): ContentPart {
  return part.type === 'text' ? part : { ...part, image_url: { url: '' } };
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

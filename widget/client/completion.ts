/** What the JSON of one event, or of a whole answer, says. Nothing of it is trusted: each type is checked by hand. */

import type { Usage } from '../../server/protocol.ts';

export interface Completion {
  content: string;
  reasoning: string;
  /** Whether a tool is called: an answer that says nothing else is not an empty one. */
  callsTool: boolean;
  model?: string;
  finishReason?: string;
  usage?: Usage;
  /** The `error` of an event that is one, whatever it is. */
  error?: unknown;
}

export function readCompletion(json: unknown): Completion {
  // The usage event has no choice, Azure's first event neither; more than one is never asked for.
  const choice = at(at(json, 'choices'), 0);
  // A server that ignores `stream: true` sends a message where a stream has deltas.
  const delta = at(choice, 'delta') ?? at(choice, 'message');
  const model = text(at(json, 'model'));
  const finishReason = text(at(choice, 'finish_reason'));
  const usage = readUsage(at(json, 'usage'));
  const error = at(json, 'error') ?? undefined;
  return {
    content: text(at(delta, 'content')),
    reasoning: text(at(delta, 'reasoning_content')) || text(at(delta, 'reasoning')),
    callsTool: at(at(delta, 'tool_calls'), 0) !== undefined,
    ...(model && { model }),
    ...(finishReason && { finishReason }),
    ...(usage && { usage }),
    ...(error !== undefined && { error }),
  };
}

/** What JSON has under a key: an own property, so that nothing of a prototype is ever read. */
export function at(json: unknown, key: string | number): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, key)
    ? (json as Record<string | number, unknown>)[key]
    : undefined;
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readUsage(usage: unknown): Usage | undefined {
  const prompt_tokens = at(usage, 'prompt_tokens');
  const completion_tokens = at(usage, 'completion_tokens');
  const total_tokens = at(usage, 'total_tokens');
  return typeof prompt_tokens === 'number' &&
    typeof completion_tokens === 'number' &&
    typeof total_tokens === 'number'
    ? { prompt_tokens, completion_tokens, total_tokens }
    : undefined;
}

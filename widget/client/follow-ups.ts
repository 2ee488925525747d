/** Asks a model for questions that could come next: a small request, without a stream. */

import type { ChatMessage } from '../../server/protocol.ts';
import { completionsUrl } from './endpoint.ts';
import { toJson } from '../conversation/to-json.ts';
import type { Send } from './send.ts';
import { isObject, isText } from './settings.ts';

const MOST = 3;
const MOST_CHARACTERS = 120;
const LIMIT_MS = 20_000;

/** Some models think before they write. */
const MAX_TOKENS = 300;

const REQUEST: ChatMessage = {
  role: 'user',
  content:
    'Suggest three short follow-up questions that I could ask you next, in the language of this conversation. ' +
    'One on each line, and nothing else.',
};

export interface FollowUpRequest {
  /** Base URL of the proxy, or of any OpenAI-compatible server. */
  endpoint: string;
  /** Absent: the server's default. */
  model: string | undefined;
  /** What was said last. */
  messages: readonly ChatMessage[];
  send: Send;
}

/** Rejects where no answer came; empty where nothing in it can be read. */
export async function fetchFollowUps({
  endpoint,
  model,
  messages,
  send,
}: FollowUpRequest): Promise<string[]> {
  const response = await send(completionsUrl(endpoint), {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: toJson({
      ...(model && { model }),
      messages: [...messages, REQUEST],
      max_tokens: MAX_TOKENS,
    }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  return response.ok ? readFollowUps(contentOf(await response.json())) : [];
}

/** One on each line, with or without what makes a list of them. */
export function readFollowUps(text: string): string[] {
  const questions = text
    .replace(/^[^]*<\/think>/, '')
    .split('\n')
    .map(line =>
      line
        .replace(/^\s*(?:[-*•–]|\d{1,2}[.)、])\s*/, '')
        .replace(/^[*_"“]+|[*_"”]+$/g, '')
        .trim(),
    )
    .filter(line => line !== '' && line.length <= MOST_CHARACTERS && !line.endsWith(':'));
  return [...new Set(questions)].slice(0, MOST);
}

function contentOf(completion: unknown): string {
  const choices = isObject(completion) ? completion.choices : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = isObject(choice) ? choice.message : undefined;
  const content = isObject(message) ? message.content : undefined;
  return isText(content) ? content : '';
}

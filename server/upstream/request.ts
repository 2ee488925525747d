/** What a client may ask for, and the request that goes to the upstream: built anew, so that nothing else passes. */

import { z } from 'zod';
import type { Model } from '../config/models.ts';
import type { Secret } from '../config/secret.ts';

const textParts = z.array(z.object({ type: z.literal('text'), text: z.string() })).min(1);
const content = z.union([z.string(), textParts], { error: 'must be a text, or a list of text parts' });

const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});

const systemMessage = z.object({ role: z.literal('system'), content });
const userMessage = z.object({ role: z.literal('user'), content });
const toolMessage = z.object({ role: z.literal('tool'), content, tool_call_id: z.string() });
const assistantMessage = z.object({
  role: z.literal('assistant'),
  content: content.nullish(),
  tool_calls: z.array(toolCall).optional(),
});

export interface RequestLimits {
  maxMessages: number;
  maxMessageCharacters: number;
  maxOutputTokens: number;
}

/**
 * The schema of a request's body. Unknown fields are dropped, known ones are checked: a typing error in a name must
 * not stop a client of tomorrow, a wrong value must not pass silently.
 */
export function completionSchema(limits: RequestLimits, allowSystemMessages: boolean) {
  const roles = allowSystemMessages ? 'system, user, assistant or tool' : 'user, assistant or tool';
  const message = z.discriminatedUnion(
    'role',
    allowSystemMessages
      ? [systemMessage, userMessage, assistantMessage, toolMessage]
      : [userMessage, assistantMessage, toolMessage],
    { error: issue => (issue.code === 'invalid_union' ? `must be ${roles}` : 'must be a message') },
  );
  const outputTokens = z.int().min(1).nullish();
  return z.object({
    model: z.string().nullish(),
    messages: z
      .array(message)
      .min(1, 'must have at least one message')
      .max(limits.maxMessages, `must have at most ${limits.maxMessages} messages; leave out the oldest`)
      .superRefine((messages, issues) => {
        const long = messages.findIndex(
          ({ content }) => contentLength(content) > limits.maxMessageCharacters,
        );
        if (long === -1) return;
        const text = `must have at most ${limits.maxMessageCharacters} characters; shorten it`;
        issues.addIssue({ code: 'custom', path: [long, 'content'], message: text });
      }),
    stream: z.boolean().nullish(),
    n: z.literal(1, { error: 'must be 1: one answer a request' }).nullish(),
    // What is above the limit of the operator is clamped to it, as a client cannot know it.
    max_tokens: outputTokens,
    max_completion_tokens: outputTokens,
    temperature: z.number().min(0).max(2).nullish(),
    top_p: z.number().min(0).max(1).nullish(),
    presence_penalty: z.number().min(-2).max(2).nullish(),
    frequency_penalty: z.number().min(-2).max(2).nullish(),
    seed: z.int().nullish(),
    stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  });
}

export type CompletionRequest = z.infer<ReturnType<typeof completionSchema>>;

function contentLength(content: CompletionRequest['messages'][number]['content']): number {
  if (typeof content === 'string') return content.length;
  return content?.reduce((sum, part) => sum + part.text.length, 0) ?? 0;
}

/** Tokens that the answer may have: what is asked for, and at most the operator's limit. */
export function outputLimit(request: CompletionRequest, maxOutputTokens: number): number {
  const asked = request.max_completion_tokens ?? request.max_tokens ?? maxOutputTokens;
  return Math.min(asked, maxOutputTokens);
}

/** The HTTP request for an answer of `model`. The answer is streamed also where the client wants it whole. */
export function upstreamRequest(
  model: Model,
  apiKey: Secret | null,
  request: CompletionRequest,
  { maxOutputTokens, systemPrompt }: { maxOutputTokens: number; systemPrompt: string | undefined },
): { url: string; headers: Record<string, string>; body: string } {
  const { baseUrl, quirks } = model.provider;
  const body: Record<string, unknown> = {
    model: model.upstreamId,
    messages: systemPrompt
      ? [{ role: 'system', content: systemPrompt }, ...request.messages]
      : request.messages,
    stream: true,
    stream_options: { include_usage: true },
    [quirks.maxTokensField ?? 'max_tokens']: outputLimit(request, maxOutputTokens),
    temperature: request.temperature ?? undefined,
    top_p: request.top_p ?? undefined,
    presence_penalty: request.presence_penalty ?? undefined,
    frequency_penalty: request.frequency_penalty ?? undefined,
    seed: request.seed ?? undefined,
    stop: request.stop ?? undefined,
  };
  for (const field of model.refuses) delete body[field];
  return {
    url: `${baseUrl}/chat/completions`,
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      // A compressed stream arrives late, and a broken one can hang its reader.
      'accept-encoding': 'identity',
      'user-agent': 'rivulet-chat',
      ...(apiKey ? { authorization: `Bearer ${apiKey.reveal()}` } : {}),
    },
    body: JSON.stringify(body),
  };
}

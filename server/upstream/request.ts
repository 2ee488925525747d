/** What a client may ask for, and the request that goes to the upstream: built anew, so that nothing else passes. */

import { z } from 'zod';
import type { Model } from '../config/models.ts';
import type { Secret } from '../config/secret.ts';
import { contentWithImages, imageBytes, imagesOf, textContent, textLength } from './content.ts';
import { strayResult, toolSchemas } from './tools.ts';

const systemMessage = z.object({ role: z.literal('system'), content: textContent });
const toolMessage = z.object({ role: z.literal('tool'), content: textContent, tool_call_id: z.string() });

export interface RequestLimits {
  maxMessages: number;
  maxMessageCharacters: number;
  maxOutputTokens: number;
  /** Images of one message; 0: none are taken. */
  maxAttachments: number;
  /** Bytes of the images of one request, as base64. */
  maxImageBytes: number;
}

/** What only some operators let pages do. */
export interface Allowed {
  allowSystemMessages: boolean;
  /** Functions of pages, by name. */
  tools: readonly string[];
  /** The sites from which upstreams may be told to fetch images. */
  allowedImageOrigins: readonly string[];
}

/**
 * The schema of a request's body. Unknown fields are dropped, known ones are checked: a typing error in a name must
 * not stop a client of tomorrow, a wrong value must not pass silently.
 */
export function completionSchema(limits: RequestLimits, allowed: Allowed) {
  const { allowSystemMessages, tools, allowedImageOrigins } = allowed;
  const content = limits.maxAttachments > 0 ? contentWithImages(allowedImageOrigins) : textContent;
  const userMessage = z.object({ role: z.literal('user'), content });
  const { calls, ...ofTools } = toolSchemas(tools, limits.maxMessageCharacters);
  const assistantMessage = z.object({
    role: z.literal('assistant'),
    content: textContent.nullish(),
    reasoning_content: z.string().nullish(),
    tool_calls: calls.optional(),
  });
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
        const refuse = (message: string, ...path: Array<string | number>) =>
          issues.addIssue({ code: 'custom', path, message });
        const stray = strayResult(messages);
        if (stray !== -1)
          refuse(
            'must be the id of a call in tool_calls of a message before this one',
            stray,
            'tool_call_id',
          );
        const { maxMessageCharacters, maxAttachments, maxImageBytes } = limits;
        const long = messages.findIndex(({ content }) => textLength(content) > maxMessageCharacters);
        if (long !== -1)
          refuse(`must have at most ${maxMessageCharacters} characters; shorten it`, long, 'content');
        const full = messages.findIndex(({ content }) => imagesOf(content).length > maxAttachments);
        if (full !== -1) refuse(`must have at most ${maxAttachments} images`, full, 'content');
        if (imageBytes(messages) > maxImageBytes)
          refuse(`must have at most ${maxImageBytes} bytes of images; leave out the oldest`);
      }),
    tools: ofTools.tools.nullish(),
    tool_choice: ofTools.toolChoice.nullish(),
    parallel_tool_calls: z.boolean().nullish(),
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
  const messages = quirks.takesThinking ? request.messages : request.messages.map(withoutThinking);
  const body: Record<string, unknown> = {
    model: model.upstreamId,
    messages: systemPrompt ? [{ role: 'system', content: systemPrompt }, ...messages] : messages,
    stream: true,
    stream_options: { include_usage: true },
    [quirks.maxTokensField ?? 'max_tokens']: outputLimit(request, maxOutputTokens),
    temperature: request.temperature ?? undefined,
    top_p: request.top_p ?? undefined,
    presence_penalty: request.presence_penalty ?? undefined,
    frequency_penalty: request.frequency_penalty ?? undefined,
    seed: request.seed ?? undefined,
    stop: request.stop ?? undefined,
    ...toolFields(request),
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

/** Most upstreams have no such field, and some refuse what they do not know. */
function withoutThinking(message: CompletionRequest['messages'][number]) {
  if (message.role !== 'assistant') return message;
  const { reasoning_content: _, ...said } = message;
  return said;
}

/** Upstreams refuse an empty list, and a choice among nothing. */
function toolFields({ tools, tool_choice, parallel_tool_calls }: CompletionRequest): object {
  if (!tools?.length) return {};
  return {
    tools,
    tool_choice: tool_choice ?? undefined,
    parallel_tool_calls: parallel_tool_calls ?? undefined,
  };
}

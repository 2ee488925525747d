/**
 * The functions of pages in a request: what declares them, the calls of them that a model has made, and what they gave.
 * All of it only for names that the operator allows, and of a size that is bounded.
 */

import { z } from 'zod';

/** What OpenAI takes as the name of a function, and most others with it. */
export const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
/** Calls in one message; OpenAI has the same limit. */
const MAX_CALLS = 128;
/** A JSON schema of a tool's arguments is a few levels deep; what is much deeper is there to break its readers. */
const MAX_DEPTH = 64;

/** @param maxCharacters of a declaration, and of the arguments of a call */
export function toolSchemas(allowed: readonly string[], maxCharacters: number) {
  const name = z.string().refine(name => allowed.includes(name), {
    error: 'must be the name of a tool that the proxy allows; its operator can add it to the setting tools',
  });
  const tool = z.object({
    type: z.literal('function'),
    function: z.object({
      name,
      description: z.string().nullish(),
      parameters: z
        .unknown()
        .refine(isSchema, {
          error: `must be a JSON schema, an object with at most ${MAX_DEPTH} objects and lists in one another`,
          // What is deeper cannot even be measured.
          abort: true,
        })
        .optional(),
      strict: z.boolean().nullish(),
    }),
  });
  const call = z.object({
    id: z.string(),
    type: z.literal('function'),
    function: z.object({
      name,
      arguments: z.string().max(maxCharacters, `must have at most ${maxCharacters} characters`),
    }),
  });
  return {
    tools: z.array(tool).superRefine((tools, issues) => {
      tools.forEach((tool, index) => {
        const say = (message: string) => issues.addIssue({ code: 'custom', path: [index], message });
        if (tools.findIndex(other => other.function.name === tool.function.name) < index)
          say('must not have the name of another tool');
        if (JSON.stringify(tool).length > maxCharacters)
          say(`must have at most ${maxCharacters} characters as JSON; shorten its description or parameters`);
      });
    }),
    toolChoice: z.union(
      [
        z.enum(['none', 'auto', 'required']),
        z.object({ type: z.literal('function'), function: z.object({ name }) }),
      ],
      { error: 'must be none, auto, required, or the name of an allowed tool as OpenAI writes it' },
    ),
    calls: z.array(call).max(MAX_CALLS, `must have at most ${MAX_CALLS} calls`),
  };
}

interface AnyMessage {
  role: string;
  tool_calls?: ReadonlyArray<{ id: string }> | undefined;
  tool_call_id?: string;
}

/** The first result that is of no call before it: its tool would have no name, and upstreams refuse it. */
export function strayResult(messages: readonly AnyMessage[]): number {
  const called = new Set<string | undefined>();
  return messages.findIndex(({ role, tool_calls, tool_call_id }) => {
    for (const { id } of tool_calls ?? []) called.add(id);
    return role === 'tool' && !called.has(tool_call_id);
  });
}

/** Undefined stands for a function without arguments. */
function isSchema(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isFlat(value, MAX_DEPTH);
}

function isFlat(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every(inner => isFlat(inner, levels - 1));
}

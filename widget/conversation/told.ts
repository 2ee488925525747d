/** What of a conversation a model is told where it can call functions of the page: its calls too, and what they gave. Pure. */

import type { ChatMessage } from '../../server/protocol.ts';
import type { AssistantMessage, ToolCall } from './message.ts';
import type { Sayable, said } from './said.ts';

/**
 * Each round is a message that calls, and one for each result, so that text before and after stays in its order.
 * @param tell what is told of all other messages
 * @param thinking see `said`
 * @param names functions that are offered now: of others nothing is told but the text, as servers refuse what they do not know
 */
export function told(
  messages: readonly Sayable[],
  tell: typeof said,
  names: ReadonlySet<string>,
  thinking = false,
): ChatMessage[] {
  return messages.flatMap(message =>
    message.role === 'assistant' && message.rounds
      ? rounds(message, names, thinking)
      : tell([message], thinking),
  );
}

function rounds(
  { content, reasoning, rounds = [] }: AssistantMessage,
  names: ReadonlySet<string>,
  thinking: boolean,
): ChatMessage[] {
  const messages: ChatMessage[] = [];
  // Of several rounds it is kept as one; a server that wants it wants the field with each.
  let thought = reasoning;
  let from = 0;
  for (const { at, calls, isWhole } of rounds) {
    const known = calls.filter(({ name }) => isWhole && names.has(name));
    if (known.length === 0) continue;
    messages.push(
      {
        role: 'assistant',
        content: content.slice(from, at).trim() || null,
        tool_calls: known.map(onWire),
        ...(thinking && { reasoning_content: thought }),
      },
      ...known.map(resultOf),
    );
    from = at;
    thought = '';
  }
  const rest = content.slice(from);
  return rest.trim() ? [...messages, { role: 'assistant', content: rest }] : messages;
}

function onWire({ id, name, arguments: written, reason }: ToolCall) {
  // Servers read it too, and some refuse all of a request for what they cannot read in it.
  const isFit = reason !== 'too_long' && isJson(written);
  return { id, type: 'function' as const, function: { name, arguments: isFit ? written : '{}' } };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function resultOf({ id, result }: ToolCall): ChatMessage {
  return { role: 'tool', tool_call_id: id, content: result ?? 'Interrupted. It is not known what it did.' };
}

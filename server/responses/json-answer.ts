/** The whole answer as one JSON object, made of the events of its log: for clients that do not stream. */

import { ApiError } from '../errors.ts';
import type { EventLog } from '../generations/event-log.ts';
import { decode } from '../latin1.ts';
import type { Connection } from './connection.ts';

type Fields = Record<string, unknown>;

/** Settles when the log has ended or the client has gone away. */
export function untilEnd(log: EventLog, connection: Connection): Promise<void> {
  return new Promise(resolve => {
    const check = () => {
      if (!log.terminal && !connection.gone) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = log.subscribe(check);
    connection.onGone(check);
    check();
  });
}

/**
 * OpenAI's `chat.completion` object, merged from its chunks: texts of a delta are joined, tool calls by their index,
 * and of everything else the latest holds, so that fields which only one provider knows come through too.
 * @throws ApiError when an event is no JSON
 */
export function jsonAnswer(log: EventLog): Fields {
  const answer: Fields = {};
  const choice: Fields = { index: 0, message: null, finish_reason: null };
  choice.message = saidMessage(log, ({ choices: _, ...rest }, { delta: __, index: ___, ...choiceRest }) => {
    assignPresent(answer, rest);
    assignPresent(choice, choiceRest);
  });
  return { ...answer, object: 'chat.completion', choices: [choice] };
}

/**
 * The message alone, for who counts or keeps what was said: of many answers that end at once.
 * @param look sees each event and its choice
 * @throws ApiError when an event is no JSON
 */
export function saidMessage(log: EventLog, look?: (event: Fields, choice: Fields) => void): Fields {
  // Without a prototype, a field called __proto__ is a field like any other.
  const message: Fields = Object.assign(Object.create(null), { role: 'assistant', content: null });
  const callAt = new Map<unknown, Fields>();
  for (const data of allEvents(log)) {
    const event = parse(data);
    const choice = ((Array.isArray(event.choices) && event.choices[0]) || {}) as Fields;
    look?.(event, choice);
    const { delta } = choice;
    if (typeof delta === 'object' && delta !== null) mergeDelta(message, delta as Fields, callAt);
  }
  return message;
}

function parse(data: string): { choices?: unknown } & Fields {
  try {
    return JSON.parse(decode(data));
  } catch {
    throw new ApiError('upstream_error', { reason: `sent invalid JSON of ${data.length} bytes` });
  }
}

function* allEvents(log: EventLog): Generator<string> {
  for (let number = 0; number < log.last; ) {
    const events = log.after(number);
    yield* events;
    number += events.length;
  }
}

function mergeDelta(message: Fields, delta: Fields, callAt: Map<unknown, Fields>): void {
  for (const [name, value] of Object.entries(delta)) {
    if (value === null || value === undefined || name === 'role') continue;
    if (name === 'tool_calls' && Array.isArray(value)) mergeToolCalls(message, value as Fields[], callAt);
    else if (typeof value === 'string' && typeof message[name] === 'string') message[name] += value;
    else message[name] = value;
  }
}

/** An index may begin anywhere, be absent, or be the same for whole calls: what has an id of its own is a call of its own. */
function mergeToolCalls(message: Fields, pieces: Fields[], callAt: Map<unknown, Fields>): void {
  const calls = (message.tool_calls ??= []) as Fields[];
  for (const { index, ...piece } of pieces) {
    const call = index === undefined && !piece.id ? calls.at(-1) : callAt.get(index);
    if (!call || (piece.id && piece.id !== call.id)) {
      calls.push(piece);
      callAt.set(index, piece);
      continue;
    }
    const begun = (call.function ??= {}) as Fields;
    const more = (piece.function ?? {}) as Fields;
    if (typeof more.arguments === 'string') begun.arguments = `${begun.arguments ?? ''}${more.arguments}`;
  }
}

function assignPresent(target: Fields, source: Fields): void {
  for (const [name, value] of Object.entries(source)) {
    // Azure's first and last events have an empty id and model.
    if (value !== null && value !== undefined && value !== '') target[name] = value;
  }
}

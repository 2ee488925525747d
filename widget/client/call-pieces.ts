/** Joins what a model calls from the pieces in which its events bring it. Nothing of it is trusted. Pure. */

import type { ToolCall } from '../conversation/message.ts';
import { at, text } from './completion.ts';

/** Of one round; what goes beyond is dropped. */
const MOST_CALLS = 32;
/** Characters; a call with more is not run. */
export const LONGEST_ARGUMENTS = 100_000;
const LONGEST_NAME = 64;
const LONGEST_ID = 200;

/** Whether an event of an answer has something of a call in it. */
export function hasCalls(json: unknown): boolean {
  return piecesOf(json).length > 0;
}

/**
 * The calls with what one more event has of them. Pieces are told apart by their index; where an upstream has none, or the
 * same for all, what has an id or a name of its own is another call, and what has neither belongs to the last one.
 */
export function addCallPieces(calls: readonly ToolCall[], json: unknown): readonly ToolCall[] {
  return piecesOf(json).reduce(addPiece, calls);
}

function piecesOf(json: unknown): readonly unknown[] {
  const choice = at(at(json, 'choices'), 0);
  const pieces = at(at(choice, 'delta') ?? at(choice, 'message'), 'tool_calls');
  return Array.isArray(pieces) ? pieces.filter(isOurs) : [];
}

/** What an upstream calls of its own, as GLM its search, has another type. */
function isOurs(piece: unknown): boolean {
  const type = text(at(piece, 'type'));
  return type === '' || type === 'function';
}

function addPiece(calls: readonly ToolCall[], piece: unknown): readonly ToolCall[] {
  const id = text(at(piece, 'id')).slice(0, LONGEST_ID);
  const name = text(at(at(piece, 'function'), 'name')).slice(0, LONGEST_NAME);
  const index = at(piece, 'index');
  const numbered = typeof index === 'number' ? index : undefined;
  const place = placeOf(calls, id, name, numbered);
  const call = calls[place];
  if (!call) {
    if (calls.length >= MOST_CALLS || !(id || name)) return calls;
    const begun = { id, name, ...(numbered !== undefined && { index: numbered }) };
    return [...calls, { ...begun, arguments: argumentsOf(piece), status: 'written' }];
  }
  const written =
    call.arguments.length > LONGEST_ARGUMENTS ? call.arguments : call.arguments + argumentsOf(piece);
  return calls.with(place, {
    ...call,
    id: call.id || id,
    name: call.name || name,
    arguments: written,
  });
}

/** Of the call that a piece belongs to; none for the first piece of one. */
function placeOf(calls: readonly ToolCall[], id: string, name: string, index: number | undefined): number {
  if (index === undefined)
    return id || name ? calls.findIndex(call => id !== '' && call.id === id) : calls.length - 1;
  const place = calls.findLastIndex(call => call.index === index);
  const call = calls[place];
  if (!call) return -1;
  const isAnother = id && call.id ? id !== call.id : Boolean(name && call.name) && isWhole(call.arguments);
  return isAnother ? -1 : place;
}

function isWhole(written: string): boolean {
  if (!written.endsWith('}')) return false;
  try {
    JSON.parse(written);
    return true;
  } catch {
    return false;
  }
}

/** Some send an object, and not the text of one. */
function argumentsOf(piece: unknown): string {
  const written = at(at(piece, 'function'), 'arguments');
  return typeof written === 'object' && written !== null ? JSON.stringify(written) : text(written);
}

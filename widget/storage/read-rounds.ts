/** Reads the calls of tools in an answer that was kept. What of a call cannot be read makes it none that is to run. */

import type { ToolCall, ToolRound } from '../conversation/message.ts';
import { count, flag, oneOf, type Readers, readFields, text } from './read-fields.ts';

export function readRounds(value: unknown): ToolRound[] | undefined {
  const rounds = Array.isArray(value) ? value.flatMap(round => readRound(round) ?? []) : [];
  return rounds.length > 0 ? rounds : undefined;
}

function readRound(value: unknown): ToolRound | undefined {
  const { at, calls, ...rest } = readFields(value, roundReaders);
  return at !== undefined && calls?.length ? { at, calls, ...rest } : undefined;
}

const roundReaders: Readers<ToolRound> = {
  at: count,
  calls: value => (Array.isArray(value) ? value.flatMap(call => readCall(call) ?? []) : undefined),
  from(value) {
    const { id, last } = readFields(value, fromReaders);
    return id !== undefined && last !== undefined ? { id, last } : undefined;
  },
  isWhole: flag,
};

const fromReaders: Readers<NonNullable<ToolRound['from']>> = { id: text, last: count };

function readCall(value: unknown): ToolCall | undefined {
  const call = readFields(value, callReaders);
  return call.id !== undefined && call.name !== undefined ? (call as ToolCall) : undefined;
}

const callReaders: Readers<ToolCall> = {
  id: text,
  name: text,
  label: text,
  arguments: value => text(value) ?? '',
  // What nobody knows the end of is never run again by itself.
  status: value =>
    oneOf('written', 'asked', 'running', 'done', 'failed', 'refused', 'interrupted')(value) ?? 'interrupted',
  reason: oneOf<NonNullable<ToolCall['reason']>>(
    ...(['unknown', 'unreadable_arguments', 'too_long', 'threw', 'too_slow', 'unreadable_result'] as const),
    ...(['too_many_rounds', 'by_visitor', 'by_page'] as const),
  ),
  result: text,
  slot: text,
  index: count,
};

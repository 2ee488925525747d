/** Reads the wire as the design has it, and nothing else: whatever differs by a byte is an error. */

import assert from 'node:assert/strict';
import type { AnswerFigures, CompletionChunk, WireError } from '../../server/protocol.ts';

export interface WireStream {
  /** The data of the numbered events, as text. */
  events: string[];
  pings: number;
  /** What is told of the whole answer right before its terminal event; null where nothing is. */
  figures: AnswerFigures | null;
  /** The one terminal event; null where the stream has none yet. */
  terminal: 'done' | WireError['error'] | null;
}

/**
 * @param after the number of the event before the first one of a resumed stream
 * @throws AssertionError for a stream that is not the design's
 */
export function readWire(text: string, after = 0): WireStream {
  const stream: WireStream = { events: [], pings: 0, figures: null, terminal: null };
  const blocks = text.split('\n\n');
  assert.equal(blocks.pop(), '', 'the stream ends after an event');
  for (const block of blocks) {
    assert.equal(stream.terminal, null, `nothing comes after the terminal event, but: ${block}`);
    if (block === ': ping') stream.pings += 1;
    else if (block.startsWith(': {')) stream.figures = JSON.parse(block.slice(2)).rivulet;
    else if (block === 'data: [DONE]') stream.terminal = 'done';
    else if (block.startsWith('event: error\n')) stream.terminal = readError(block);
    else {
      assert.equal(stream.figures, null, `nothing but the terminal event comes after the figures: ${block}`);
      stream.events.push(readEvent(block, after + stream.events.length + 1));
    }
  }
  return stream;
}

function readEvent(block: string, number: number): string {
  const lines = block.split('\n');
  assert.equal(lines.length, 2, `an event has two lines: ${block}`);
  assert.equal(lines[0], `id: ${number}`);
  assert.ok(lines[1]!.startsWith('data: {'), `an event's data is an object: ${block}`);
  return lines[1]!.slice('data: '.length);
}

function readError(block: string): WireError['error'] {
  const [, data, ...more] = block.split('\n');
  assert.deepEqual(more, []);
  const { error } = JSON.parse(data!.slice('data: '.length)) as WireError;
  assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'retryable', 'type']);
  assert.equal(typeof error.retryable, 'boolean');
  return error;
}

/** What an answer's events add up to. */
export interface Whole {
  content: string;
  reasoning: string;
  finishReason: string | null;
  model: string | undefined;
  usage: unknown;
}

export function addUp(events: string[]): Whole {
  const whole: Whole = { content: '', reasoning: '', finishReason: null, model: undefined, usage: null };
  for (const data of events) {
    const chunk = JSON.parse(data) as CompletionChunk;
    const choice = chunk.choices?.[0];
    whole.content += choice?.delta?.content ?? '';
    whole.reasoning += choice?.delta?.reasoning_content ?? choice?.delta?.reasoning ?? '';
    whole.finishReason = choice?.finish_reason ?? whole.finishReason;
    whole.model = chunk.model || whole.model;
    whole.usage = chunk.usage ?? whole.usage;
  }
  return whole;
}

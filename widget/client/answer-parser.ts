/** From the text of a response to the events of an answer. Pure: it neither fetches nor waits. */

import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { DONE, ERROR_EVENT, interruptedReasons, type Usage } from '../../server/protocol.ts';
import { type Delta, joined, lengthOf } from './delta.ts';
import type { Failure } from '../conversation/message.ts';
import { type Completion, readCompletion } from './completion.ts';
import type { Refusal } from './failures.ts';

export type AnswerEvent =
  /** The server answers; `streamId` is null where it is an ordinary OpenAI-compatible one. */
  | { type: 'opened'; streamId: string | null }
  | ({ type: 'delta' } & Delta)
  /** An event or a comment says more than text: `json` is all of it. Its text, if it has any, was told before, under the same number. */
  | { type: 'extra'; number: number | null; json: unknown }
  /** What has arrived was told. More is read when the next event is asked for: it may be let to gather. */
  | { type: 'read' }
  | { type: 'finish'; reason: string }
  | { type: 'usage'; usage: Usage }
  | { type: 'done' }
  | { type: 'failed'; failure: Failure };

/** The last of these: the server says itself that there is no more. */
export type ParsedEvent = AnswerEvent | { type: 'refused'; refusal: Refusal };

/** Most characters of one event: beyond it is no answer, and memory is not to be filled with it. */
export const MAX_EVENT_SIZE = 1_000_000;

/** Characters from which on what follows is an event of its own: none is shown in parts. */
const JOINED = 100;

/**
 * What few answers have besides their text: calls of tools, and sources. Inside of a text its quotes would be escaped, so
 * that this finds none there, and costs less than to look for each in the JSON of every event.
 */
const EXTRA =
  /"(?:tool_calls|annotations|citations|search_info|search_results|web_search)"\s*:\s*[[{]\s*[^\]}\s]/;

export class AnswerParser {
  /** Whether the stream is one of the proxy's: its events are numbered, and only a terminal one ends it. */
  readonly #numbered: boolean;
  readonly #parser = createParser({
    maxBufferSize: MAX_EVENT_SIZE,
    onEvent: event => this.#take(event),
    // The proxy says in one how the answer went.
    onComment: text => text[0] === '{' && this.#push({ type: 'extra', number: null, json: parseJson(text) }),
    onError: error => error.type === 'max-buffer-size-exceeded' && this.#fail('bad_answer'),
  });
  #events: ParsedEvent[] = [];
  #last: number;
  #model = '';
  readonly #answeredBy: string | null;
  #said: boolean;
  #finished = false;
  #ended = false;

  /**
   * `after` is the number of the last event that is already here. `answeredBy` is the id of the model; the proxy knows it
   * better than the upstream, whose events have a name of its own.
   */
  constructor(numbered: boolean, after = 0, answeredBy: string | null = null) {
    this.#answeredBy = answeredBy;
    this.#numbered = numbered;
    this.#last = after;
    this.#said = after > 0;
  }

  /** Whether the event that ends an answer was there. What comes after it is dropped. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Takes a piece of an event stream, cut anywhere. */
  feed(text: string): ParsedEvent[] {
    if (!this.#ended) this.#parser.feed(text);
    return this.#drain();
  }

  /** The connection has closed. Half an event at the end is no event. */
  end(): ParsedEvent[] {
    // Plain servers may leave out [DONE]. The proxy never does: without it the answer is cut, whatever it says.
    if (this.#finished && !this.#numbered) this.#done();
    else this.#fail('disconnected');
    return this.#drain();
  }

  /** Takes the JSON of a server that sends no event stream. */
  whole(text: string): ParsedEvent[] {
    this.#read(text, null);
    this.#done();
    return this.#drain();
  }

  #drain(): ParsedEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #take({ id, event, data }: EventSourceMessage): void {
    // The ids of other servers are not ours: they may be constant, or times of which two are the same.
    const number = this.#numbered && id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : null;
    if (number !== null) {
      if (number <= this.#last) return;
      this.#last = number;
    }
    if (event === ERROR_EVENT) this.#refuse(readCompletion(parseJson(data)).error);
    else if (data.trim() === DONE) this.#done();
    else if (data.trim() !== '') this.#read(data, number);
  }

  #read(data: string, number: number | null): void {
    const json = parseJson(data);
    if (json === undefined) return this.#fail('bad_answer');
    const completion = readCompletion(json);
    this.#readDelta(completion, number);
    if (EXTRA.test(data)) this.#push({ type: 'extra', number, json });
    if (completion.usage) this.#push({ type: 'usage', usage: completion.usage });
    if (completion.error !== undefined) this.#refuse(completion.error);
    else if (completion.finishReason) this.#finish(completion.finishReason);
  }

  #readDelta(
    { content, reasoning, callsTool, model: upstreamModel }: Completion,
    number: number | null,
  ): void {
    const model = this.#answeredBy ?? upstreamModel;
    this.#said ||= callsTool || /\S/.test(content) || /\S/.test(reasoning);
    const named = model !== undefined && model !== this.#model;
    if (named) this.#model = model;
    if (!content && !reasoning && !named) return;
    this.#push({
      type: 'delta',
      number,
      ...(content && { content }),
      ...(reasoning && { reasoning }),
      ...(named && { model }),
    });
  }

  #finish(reason: string): void {
    if (interruptedReasons.includes(reason)) return this.#fail('interrupted');
    this.#finished = true;
    this.#push({ type: 'finish', reason });
  }

  #done(): void {
    if (!this.#said) return this.#fail('empty_answer');
    this.#push({ type: 'done' });
    this.#ended = true;
  }

  #fail(code: Failure['code']): void {
    this.#push({ type: 'failed', failure: { code } });
    this.#ended = true;
  }

  #refuse(error: unknown): void {
    this.#push({ type: 'refused', refusal: { error } });
    this.#ended = true;
  }

  #push(event: ParsedEvent): void {
    if (this.#ended) return;
    const last = this.#events.at(-1);
    // Each event goes through many hands: what one read has brought goes as few.
    if (event.type === 'delta' && last?.type === 'delta' && lengthOf(last) < JOINED)
      this.#events.splice(-1, 1, { ...joined(last, event), type: 'delta' });
    else this.#events.push(event);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

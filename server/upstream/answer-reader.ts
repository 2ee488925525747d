/**
 * Makes the events of an answer of the bytes of its stream, and sees in them how it goes. It parses the JSON of few events:
 * those up to the first token, and those that say that the answer ends or fails. The others are searched for these words
 * only, and pass as they came: one that looks like an object is taken for one, as its reader will parse it anyway.
 */

import { decode } from '../latin1.ts';
import { type CompletionChunk, DONE, interruptedReasons, type Usage } from '../protocol.ts';
import { SseSplitter } from './sse-split.ts';
import { brokenAnswer, eventFailure, UpstreamFailure } from './upstream-errors.ts';

/** Events of an answer that arrived together. */
export interface Arrived {
  /** Of each event its data: the upstream's JSON as it came, on one line, one character a byte (latin1.ts). */
  data: readonly string[];
  /** Whether the first token has come, with these events or before. */
  hasToken: boolean;
  /** The latest event with a count of the tokens, for `usageOf`; null while there was none. */
  usage: string | null;
}

/** A promise asks to wait before more is read. */
export type Hear = (arrived: Arrived) => Promise<void> | undefined;

/** An event beyond this is rubbish or an attack: the largest real ones, with images in them, are far below. */
const MAX_EVENT_BYTES = 1_000_000;
/** What an event says besides a token. Many upstreams say in each that there is none of it, by null or an empty text. */
const MORE = /"(?:error|finish_reason|usage)"\s*:\s*(?!null|""|\s)/;
const COUNT = /"usage"\s*:\s*\{/;
const ENDING = /"(?:error|finish_reason)"\s*:\s*(?!null|""|\s)/;
const [OPENING_BRACE, CLOSING_BRACE] = [0x7b, 0x7d];

export class AnswerReader {
  readonly #hear: Hear;
  readonly #splitter = new SseSplitter(MAX_EVENT_BYTES, (data, name) => this.#take(data, name));
  #arrived: string[] = [];
  #hasToken = false;
  #usage: string | null = null;
  #begun = false;
  #finished = false;
  #done = false;

  constructor(hear: Hear) {
    this.#hear = hear;
  }

  /**
   * Takes the next bytes, and tells of the events in them at once. Returns false when the answer is complete, and what
   * they who hear it wait for.
   * @throws UpstreamFailure when the upstream says that it has failed, or sends what is none of its events
   * @throws EventTooLarge
   */
  read(bytes: string): boolean | Promise<void> {
    let wait: Promise<void> | undefined;
    try {
      this.#splitter.feed(bytes);
    } finally {
      wait = this.#tell();
    }
    return this.#done ? false : (wait ?? true);
  }

  /** @throws UpstreamFailure when the stream has ended before its answer */
  end(): void {
    // Some servers close after the finish reason and never say [DONE]; any other early end is a cut answer.
    if (this.#done || this.#finished) return;
    const reason = 'the stream ended before the answer did';
    throw new UpstreamFailure(this.#begun ? 'interrupted' : 'upstream_error', 'again', { reason });
  }

  #tell(): Promise<void> | undefined {
    if (this.#arrived.length === 0) return undefined;
    const data = this.#arrived;
    this.#arrived = [];
    this.#begun = true;
    return this.#hear({ data, hasToken: this.#hasToken, usage: this.#usage });
  }

  #take(data: string, name: string): void {
    // What comes after the end is nobody's.
    if (this.#done) return;
    if (data === DONE) {
      this.#done = true;
      return;
    }
    const more = MORE.test(data);
    const ending = name === 'error' || (more && ENDING.test(data));
    const chunk = ending || !this.#hasToken || !looksLikeObject(data) ? parseObject(data) : null;
    if (chunk && (name === 'error' || chunk.error)) throw eventFailure(chunk);
    this.#arrived.push(data);
    // Some upstreams count in every event, of which only the last is worth parsing.
    if (more && COUNT.test(data)) this.#usage = data;
    if (chunk) this.#look(chunk);
  }

  #look({ choices }: CompletionChunk): void {
    const choice = choices?.[0];
    if (saysSomething(choice?.delta)) this.#hasToken = true;
    const reason = choice?.finish_reason;
    if (!reason) return;
    this.#finished = true;
    if (!interruptedReasons.includes(reason)) return;
    throw new UpstreamFailure('interrupted', 'again', { reason: `finish reason ${reason}` });
  }
}

/** A text, a thought or the call of a tool; not the role, nor a field that is there and empty. */
function saysSomething(delta: object = {}): boolean {
  return Object.entries(delta).some(
    ([field, value]) => field !== 'role' && (Array.isArray(value) ? value.length > 0 : Boolean(value)),
  );
}

/** The count in an event; null where it says none after all. */
export function usageOf(data: string): Usage | null {
  try {
    return parseObject(data).usage ?? null;
  } catch {
    return null;
  }
}

function looksLikeObject(data: string): boolean {
  return data.charCodeAt(0) === OPENING_BRACE && data.charCodeAt(data.length - 1) === CLOSING_BRACE;
}

/** @throws UpstreamFailure */
function parseObject(data: string): CompletionChunk & { error?: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(decode(data));
  } catch {
    // Not the text: it may be what the model said, and content is never logged.
    throw brokenAnswer(`sent invalid JSON of ${data.length} bytes`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw brokenAnswer('sent an event that is no JSON object');
}

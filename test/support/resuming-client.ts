/** A small client that never loses an answer, over fetch alone: it resumes as the wire has it, and checks every number. */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export interface ResumedAnswer {
  id: string;
  /** The data of the numbered events, each once. */
  events: string[];
  /** `done`, or the code of the error that ended it. */
  end: string;
  /** How many times it was asked for: 1 when nothing was cut. */
  connections: number;
}

export interface ResumingOptions {
  /** Base URL ending in `/v1` for each connection; the last one for all further ones. */
  urls: readonly string[];
  model: string;
  /** An answer that is there already; otherwise a new one is asked for. */
  id?: string;
  /** Is told the id of the answer with each connection. */
  onOpen?: (id: string) => void;
  /** Ends the connection `n`, counted from 0, from the client's side. */
  cut?: (n: number) => AbortSignal | undefined;
}

/** A connection for each request, so that cutting one cuts this one. */
const alone = { Connection: 'close' };
const RETRY_MS = 10;
const MAX_CONNECTIONS = 500;

/** Asks, and resumes until there is a terminal event. */
export async function askResuming(options: ResumingOptions): Promise<ResumedAnswer> {
  const { urls, model, id = '', onOpen, cut } = options;
  const answer: ResumedAnswer = { id, events: [], end: '', connections: 0 };
  const key = crypto.randomUUID();
  while (answer.end === '') {
    assert.ok(answer.connections < MAX_CONNECTIONS, `no end after ${answer.events.length} events`);
    const url = urls[Math.min(answer.connections, urls.length - 1)]!;
    const signal = cut?.(answer.connections) ?? null;
    answer.connections++;
    try {
      const response = await (answer.id ? resume(url, answer, signal) : post(url, model, key, signal));
      if (response.status === 200) {
        answer.id = response.headers.get('rivulet-stream')!;
        onOpen?.(answer.id);
        await read(response, answer);
      } else if (![429, 503].includes(response.status)) answer.end = await errorCode(response);
      else await response.body?.cancel();
    } catch (error) {
      // A broken connection is what this client is for.
      if (error instanceof assert.AssertionError) throw error;
    }
    if (answer.end === '') await pause(RETRY_MS * Math.random());
  }
  return answer;
}

function post(url: string, model: string, key: string, signal: AbortSignal | null): Promise<Response> {
  return fetch(`${url}/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Rivulet-Resume': '1', 'Idempotency-Key': key, ...alone },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Hello?' }] }),
    signal,
  });
}

function resume(url: string, { id, events }: ResumedAnswer, signal: AbortSignal | null): Promise<Response> {
  const headers = { 'Last-Event-ID': String(events.length), ...alone };
  return fetch(`${url}/streams/${id}`, { headers, signal });
}

async function read(response: Response, answer: ResumedAnswer): Promise<void> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body!) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) take(block, answer);
  }
}

function take(block: string, answer: ResumedAnswer): void {
  if (block.startsWith(': ')) return;
  assert.equal(answer.end, '', `nothing comes after the end, but ${block}`);
  const [head, data = ''] = block.split('\n');
  if (block === 'data: [DONE]') answer.end = 'done';
  else if (head === 'event: error') answer.end = JSON.parse(data.slice('data: '.length)).error.code;
  else {
    assert.equal(head, `id: ${answer.events.length + 1}`, 'no event is missing and none comes twice');
    answer.events.push(data.slice('data: '.length));
  }
}

async function errorCode(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

/** For browser tests: writes down what a server answers, and asks it what it has seen. */

export type Step =
  | { head: { status?: number; headers?: Record<string, string> } }
  | { write: string }
  | { waitMs: number }
  /** Waits until the test says `go`. */
  | { gate: true }
  /** Breaks the connection. */
  | { reset: true }
  /** Says nothing more, and does not end. */
  | { hold: true };

export interface Seen {
  requests: Array<{ call: string; headers: Record<string, string>; body: Record<string, unknown> }>;
  /** Answers that are being played. */
  open: number;
  /** Answers whose client went away before their end. */
  hungUp: number;
}

export interface Played {
  endpoint: string;
  seen(): Promise<Seen>;
  go(): Promise<void>;
}

/** One script for each request to come, the last one again for any further. */
export async function play(...scripts: Step[][]): Promise<Played> {
  const endpoint = `/played/${crypto.randomUUID()}`;
  await fetch(endpoint, { method: 'PUT', body: JSON.stringify(scripts) });
  return {
    endpoint,
    seen: async () => (await fetch(endpoint, { cache: 'no-store' })).json(),
    go: async () => void (await fetch(`${endpoint}/go`, { method: 'POST' })),
  };
}

/** What the server's owner has set for the widget. */
export async function setForWidget({ endpoint }: Played, settings: unknown): Promise<void> {
  await fetch(`${endpoint}/v1/widget`, { method: 'PUT', body: JSON.stringify(settings) });
}

/** The models that the server offers; without them it has no list. */
export async function setModels({ endpoint }: Played, models: readonly object[] | undefined): Promise<void> {
  const list = models && { object: 'list', data: models };
  await fetch(`${endpoint}/v1/models`, { method: 'PUT', body: JSON.stringify(list ?? null) });
}

/** Names under which the files of the project have not been loaded yet. */
export function freshFolder(): string {
  return `/fresh/${crypto.randomUUID()}`;
}

/** From now on the server hangs up on whoever asks for that file. */
export async function breakFile(path: string): Promise<void> {
  await fetch(`/played/broken?path=${encodeURIComponent(path)}`, { method: 'PUT' });
}

export async function mendFiles(): Promise<void> {
  await fetch('/played/broken', { method: 'DELETE' });
}

/** From now on whoever asks for that file, and for no other one, waits. */
export async function holdFile(path: string): Promise<void> {
  await fetch(`/played/held?path=${encodeURIComponent(path)}`, { method: 'PUT' });
}

export async function letFilesGo(): Promise<void> {
  await fetch('/played/held', { method: 'DELETE' });
}

/** A numbered event with a piece of an answer. */
export function words(number: number, content: string): { write: string } {
  const json = JSON.stringify({ model: 'played-1', choices: [{ index: 0, delta: { content } }] });
  return { write: `id: ${number}\ndata: ${json}\n\n` };
}

/** A numbered event with pieces of calls of tools. */
export function calling(number: number, ...tool_calls: object[]): { write: string } {
  const json = JSON.stringify({ model: 'played-1', choices: [{ index: 0, delta: { tool_calls } }] });
  return { write: `id: ${number}\ndata: ${json}\n\n` };
}

/** The events that end an answer. */
export function ending(number: number, finish_reason = 'stop'): { write: string } {
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const last = JSON.stringify({ model: 'played-1', choices: [{ index: 0, delta: {}, finish_reason }] });
  const counted = JSON.stringify({ model: 'played-1', choices: [], usage });
  return {
    write: `id: ${number}\ndata: ${last}\n\nid: ${number + 1}\ndata: ${counted}\n\ndata: [DONE]\n\n`,
  };
}

/** The terminal event of an answer that failed. */
export function failing(code: string): Step {
  const error = { message: 'secret-words', type: 'server_error', code, param: null, retryable: true };
  return { write: `event: error\ndata: ${JSON.stringify({ error })}\n\n` };
}

/** A whole answer. */
export function answer(...pieces: string[]): Step[] {
  return [...pieces.map((piece, index) => words(index + 1, piece)), ending(pieces.length + 1)];
}

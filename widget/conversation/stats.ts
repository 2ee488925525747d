/** How quick answers were and what they have used, of what is kept with them. Pure. */

import type { Conversation } from './conversation.ts';
import type { Usage } from '../../server/protocol.ts';
import type { AssistantMessage, Cost, OneRequest } from './message.ts';

export interface Stats {
  /** Milliseconds until the first token: here, and at the proxy. */
  ttftMs?: number;
  proxyTtftMs?: number;
  /** Milliseconds until the end. */
  durationMs?: number;
  /** From the first token on. */
  tokensPerSecond?: number;
  usage?: Usage;
  /** One for each currency. */
  costs: readonly Cost[];
}

export interface Spent {
  promptTokens: number;
  completionTokens: number;
  /** One for each currency. */
  costs: readonly Cost[];
  answers: number;
  /** Answers of which it is not known what they have used. */
  uncounted: number;
}

/** In less time than this all came at once, and has no speed. */
const SHORTEST_MS = 50;

/** Of each of its requests, the last one last. */
export function requestsOf(answer: AssistantMessage): readonly OneRequest[] {
  const { earlier = [], usage, figures, sentAt, thoughtAt, saidAt, heardAt } = answer;
  const ttftMs = between(sentAt, thoughtAt ?? saidAt);
  const durationMs = between(sentAt, heardAt);
  const seen = {
    ...(ttftMs !== undefined && { ttftMs }),
    ...(durationMs !== undefined && { durationMs }),
  };
  return [...earlier, { ...(usage && { usage }), ...(figures && { figures }), seen }];
}

/**
 * Of all requests together that have brought what is there. What is not known is absent. What one saw here counts, and what the proxy saw where
 * nothing was seen here.
 */
export function statsOf(answer: AssistantMessage): Stats {
  const requests = requestsOf(answer).filter(({ thrownAway }) => !thrownAway);
  const { ttftMs } = requests.find(({ seen }) => seen)?.seen ?? {};
  const { ttftMs: proxyTtftMs } = requests[0]?.figures ?? {};
  const durationMs =
    sum(requests.map(({ seen }) => seen?.durationMs)) ??
    sum(requests.map(({ figures }) => figures?.durationMs));
  const tokensPerSecond = speedOf(requests);
  const usage = usageOf(requests);
  return {
    ...(ttftMs !== undefined && { ttftMs }),
    ...(proxyTtftMs !== undefined && { proxyTtftMs }),
    ...(durationMs !== undefined && { durationMs }),
    ...(tokensPerSecond !== undefined && { tokensPerSecond }),
    ...(usage && { usage }),
    costs: costsOf(requests),
  };
}

/** Of all that was ever answered in it, also what is not shown any more, or was thrown away. */
export function spentOn({ messages, aside = [] }: Conversation): Spent {
  const answers = [messages, ...aside.map(branch => branch.messages)]
    .flat()
    .filter(message => message.role === 'assistant')
    .filter(({ status, earlier }) => earlier || (status !== 'waiting' && status !== 'pending'));
  const requests = answers.flatMap(requestsOf);
  const usage = usageOf(requests);
  return {
    promptTokens: usage?.prompt_tokens ?? 0,
    completionTokens: usage?.completion_tokens ?? 0,
    costs: costsOf(requests),
    answers: answers.length,
    uncounted: answers.filter(answer => requestsOf(answer).some(({ usage }) => !usage)).length,
  };
}

/** The proxy sees every token as it comes, and here they are shown together. */
function speedOf(requests: readonly OneRequest[]): number | undefined {
  const counted = requests.filter(({ usage }) => usage);
  const proxyMs = counted.map(({ figures }) => between(figures?.ttftMs, figures?.durationMs));
  const hereMs = counted.map(({ seen }) => between(seen?.ttftMs, seen?.durationMs));
  const ms = [proxyMs, hereMs].filter(times => !times.includes(undefined)).map(sum)[0];
  const tokens = usageOf(counted)?.completion_tokens ?? 0;
  return ms !== undefined && ms >= SHORTEST_MS && tokens > 1 ? (tokens / ms) * 1000 : undefined;
}

function usageOf(requests: readonly OneRequest[]): Usage | undefined {
  const usages = requests.flatMap(({ usage }) => usage ?? []);
  if (usages.length === 0) return undefined;
  const all = (name: keyof Usage) => usages.reduce((total, usage) => total + usage[name], 0);
  return {
    prompt_tokens: all('prompt_tokens'),
    completion_tokens: all('completion_tokens'),
    total_tokens: all('total_tokens'),
  };
}

function costsOf(requests: readonly OneRequest[]): readonly Cost[] {
  const costs = new Map<string, number>();
  for (const { cost } of requests.flatMap(({ figures }) => figures ?? []))
    if (cost) costs.set(cost.currency, (costs.get(cost.currency) ?? 0) + cost.amount);
  return [...costs].map(([currency, amount]) => ({ amount, currency }));
}

/** Of what is known; undefined where nothing is. */
function sum(numbers: ReadonlyArray<number | undefined>): number | undefined {
  return numbers.reduce((total, number) => (number === undefined ? total : (total ?? 0) + number), undefined);
}

/** Undefined where one of the two is not known; or where they come of different requests, or clocks that were set. */
function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}

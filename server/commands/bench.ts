/** `rivulet-chat bench`: asks every model the same, and prints which is first, how fast and at what price. */

import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Model } from '../config/models.ts';
import { Generation, type Outcome } from '../generations/generation.ts';
import { MemoryEventLog } from '../generations/memory-event-log.ts';
import type { Lease } from '../limits/leases.ts';
import { nodeTransports } from '../node.ts';
import type { Price } from '../protocol.ts';
import { type Cost, costOf, tokensPerSecond } from '../telemetry/cost.ts';
import { createRedactor } from '../telemetry/log.ts';
import { quantile } from '../telemetry/quantile.ts';
import { type AttemptOptions, requestAnswer } from '../upstream/attempts.ts';
import { Keys } from '../upstream/keys.ts';
import { benchTable } from './bench-table.ts';
import type { Command } from './command.ts';

const PROMPT = 'Explain in about a hundred words how rain becomes a river.';
const RUNS = 3;
const MAX_RUNS = 100;

/** What one model did. */
export interface BenchResult {
  model: string;
  runs: number;
  failures: number;
  /** Why the last failure failed. */
  error: string | null;
  /** Milliseconds; null when no answer came. */
  ttftMs: { median: number; p95: number } | null;
  /** The median of the answers, from the first token on; null where the upstream does not count. */
  tokensPerSecond: number | null;
  /** Of a million tokens. */
  price: Price | null;
  /** Of all answers together. */
  cost: Cost | null;
}

export const bench: Command = {
  help: `rivulet-chat bench [options]     asks every model the same, one answer at a time, and prints who is first
  --prompt <text>   what is asked; default: a hundred words about rivers
  --runs <n>        how often each is asked; default: ${RUNS}
  --models <ids>    only these, apart by commas
  --json            for machines`,
  options: {
    prompt: { type: 'string', default: PROMPT },
    runs: { type: 'string', default: String(RUNS) },
    models: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
  maxArguments: 0,
  run: async (config, values) => {
    const prompt = String(values.prompt);
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1 || runs > MAX_RUNS) {
      throw new ConfigError(`--runs: must be a whole number from 1 to ${MAX_RUNS}.`);
    }
    const models = chooseModels(config, values.models as string | undefined);
    const results: BenchResult[] = [];
    for (const model of models) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K  ${model.id} …`);
      results.push(await benchModel(model, prompt, runs, config));
    }
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    // The one with the quickest first token is first; those that never answered are last.
    const slowest = Number.POSITIVE_INFINITY;
    results.sort((one, other) => (one.ttftMs?.median ?? slowest) - (other.ttftMs?.median ?? slowest) || 0);
    const text = values.json
      ? JSON.stringify({ prompt, runs, models: results }, null, 2)
      : benchTable(prompt, runs, results);
    process.stdout.write(`${text}\n`);
    return results.some(({ ttftMs }) => ttftMs) ? 0 : 1;
  },
};

function chooseModels({ models }: Config, list: string | undefined): Model[] {
  if (list === undefined) return [...models.values()];
  return list.split(',').map(text => {
    const model = models.get(text.trim());
    if (model) return model;
    throw new ConfigError(`--models: there is no model ${text}; there are ${[...models.keys()].join(', ')}.`);
  });
}

async function benchModel(model: Model, prompt: string, runs: number, config: Config): Promise<BenchResult> {
  const upstream: AttemptOptions = {
    transports: nodeTransports(config),
    timeouts: config.timeouts,
    keys: new Keys(),
    // What fails is to be seen.
    retries: 0,
    maxOutputTokens: config.limits.maxOutputTokens,
    systemPrompt: config.systemPrompt,
  };
  const outcomes: Outcome[] = [];
  // One after the other: together they would wait for each other.
  for (let run = 0; run < runs; run++) outcomes.push(await ask(model, prompt, upstream));
  const answers = outcomes.filter(({ error, ttftMs }) => !error && ttftMs !== null);
  const firstTokens = answers.map(({ ttftMs }) => ttftMs!);
  const failed = outcomes.findLast(outcome => !answers.includes(outcome));
  return {
    model: model.id,
    runs,
    failures: runs - answers.length,
    error: failed ? whyOf(failed, config) : null,
    ttftMs: answers.length
      ? { median: quantile(firstTokens, 0.5)!, p95: quantile(firstTokens, 0.95)! }
      : null,
    tokensPerSecond: quantile(answers.map(tokensPerSecond).filter(isKnown), 0.5),
    price: model.price,
    cost: sum(outcomes.map(({ usage }) => costOf(usage, model.price)).filter(isKnown)),
  };
}

/** Places are for visitors. */
const noLease: Lease = { renew: async () => {}, release: async () => {}, offer: async () => {} };

function ask(model: Model, prompt: string, upstream: AttemptOptions): Promise<Outcome> {
  const request = { messages: [{ role: 'user' as const, content: prompt }] };
  const generation = new Generation({
    id: crypto.randomUUID(),
    log: new MemoryEventLog(),
    lease: noLease,
    graceMs: 0,
    answer: (signal, attempts, hear) => requestAnswer([model], request, upstream, signal, attempts, hear),
  });
  return generation.ended;
}

function whyOf({ error }: Outcome, { secrets }: Config): string {
  if (!error) return 'The answer was empty.';
  const reason = createRedactor(secrets)(error.reason ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, 120);
  return reason ? `${error.message} (${reason})` : error.message;
}

function isKnown<Value>(value: Value | null): value is Value {
  return value !== null;
}

function sum(costs: readonly Cost[]): Cost | null {
  if (costs.length === 0) return null;
  return { ...costs[0]!, amount: costs.reduce((total, { amount }) => total + amount, 0) };
}

/** What happened in the last sixty minutes, minute by minute, in the memory of this process. */

import { isFailure } from '../errors.ts';
import type { Outcome } from '../generations/generation.ts';
import type { StatusMinute, StatusModel, StatusReport, Usage } from '../protocol.ts';
import { type Cost, costOf, tokensPerSecond, usedBy } from './cost.ts';
import { answeringModel, type EndedAnswer, type Observer } from './observer.ts';
import { TimeHistogram } from './time-histogram.ts';

const MINUTES = 60;
const MINUTE_MS = 60_000;

/** What was counted of one model, in a minute or in the hour. */
class Tally {
  answers = 0;
  failures = 0;
  outputTokens = 0;
  /** Tokens whose time is known, and that time. */
  #timedTokens = 0;
  #timedSeconds = 0;
  readonly #ttft = new TimeHistogram();
  #cost: Cost | null = null;

  add(outcome: Outcome): void {
    this.answers++;
    if (isFailure(outcome.error)) this.failures++;
    if (outcome.ttftMs !== null) this.#ttft.add(outcome.ttftMs);
    const tokens = outcome.usage?.completion_tokens ?? 0;
    const speed = tokensPerSecond(outcome);
    if (speed !== null) this.#addTimed(tokens, tokens / speed);
  }

  addUse(usage: Usage, cost: Cost | null): void {
    this.outputTokens += usage.completion_tokens;
    this.#addCost(cost);
  }

  addAll(other: Tally): void {
    this.answers += other.answers;
    this.failures += other.failures;
    this.outputTokens += other.outputTokens;
    this.#ttft.addAll(other.#ttft);
    this.#addTimed(other.#timedTokens, other.#timedSeconds);
    this.#addCost(other.#cost);
  }

  get ttft(): { median: number | null; p95: number | null } {
    return { median: this.#ttft.quantile(0.5), p95: this.#ttft.quantile(0.95) };
  }

  get tokensPerSecond(): number | null {
    return this.#timedSeconds > 0 ? this.#timedTokens / this.#timedSeconds : null;
  }

  get cost(): Cost | null {
    return this.#cost;
  }

  #addTimed(tokens: number, seconds: number): void {
    this.#timedTokens += tokens;
    this.#timedSeconds += seconds;
  }

  /** Those of one model have one currency. */
  #addCost(cost: Cost | null): void {
    if (cost) this.#cost = { ...cost, amount: cost.amount + (this.#cost?.amount ?? 0) };
  }
}

interface Minute {
  /** Minutes of the clock since 1970. */
  number: number;
  refusals: number;
  /** Answers running at its busiest moment, and at its end or now. */
  most: number;
  running: number;
  byModel: Map<string, Tally>;
}

export class LastHour implements Observer {
  readonly #now: () => number;
  /** A minute's place is its number modulo 60: a new one overwrites that of an hour ago. */
  readonly #ring: Array<Minute | undefined> = new Array(MINUTES);
  #running = 0;

  /** @param now a clock in milliseconds since 1970 */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  answerStarted(): void {
    this.#running++;
    const minute = this.#minute();
    minute.running = this.#running;
    minute.most = Math.max(minute.most, this.#running);
  }

  answerEnded(answer: EndedAnswer): void {
    const minute = this.#minute();
    minute.running = --this.#running;
    tallyOf(minute.byModel, answeringModel(answer).id).add(answer.outcome);
    for (const { model, usage } of usedBy(answer.models, answer.outcome)) {
      tallyOf(minute.byModel, model.id).addUse(usage, costOf(usage, model.price));
    }
  }

  requestRefused(): void {
    this.#minute().refusals++;
  }

  /** @param model the one whose answers are reported; null: all */
  report(model: string | null = null): Omit<StatusReport, 'limits'> {
    const last = this.#number();
    const minutes: StatusMinute[] = [];
    const byModel = new Map<string, Tally>();
    let running = 0;
    for (let number = last - MINUTES + 1; number <= last; number++) {
      const found = this.#ring[number % MINUTES];
      const minute = found?.number === number ? found : emptyMinute(number, running);
      running = minute.running;
      minutes.push(reportMinute(minute, model));
      for (const [id, tally] of minute.byModel) tallyOf(byModel, id).addAll(tally);
    }
    return { at: this.#now(), running: this.#running, minutes, models: [...byModel].map(reportModel) };
  }

  #number(): number {
    return Math.floor(this.#now() / MINUTE_MS);
  }

  #minute(): Minute {
    const number = this.#number();
    const found = this.#ring[number % MINUTES];
    if (found?.number === number) return found;
    return (this.#ring[number % MINUTES] = emptyMinute(number, this.#running));
  }
}

/** Nothing began or ended in it. */
function emptyMinute(number: number, running: number): Minute {
  return { number, refusals: 0, most: running, running, byModel: new Map() };
}

function tallyOf(byModel: Map<string, Tally>, model: string): Tally {
  let tally = byModel.get(model);
  if (!tally) byModel.set(model, (tally = new Tally()));
  return tally;
}

function reportMinute({ number, refusals, most, byModel }: Minute, model: string | null): StatusMinute {
  const sum = new Tally();
  for (const [id, tally] of byModel) if (model === null || id === model) sum.addAll(tally);
  const { answers, failures, outputTokens, ttft } = sum;
  return {
    at: number * MINUTE_MS,
    ...{ running: most, refusals, answers, failures, outputTokens },
    ttftMs: ttft.median,
    ttftP95Ms: ttft.p95,
  };
}

function reportModel([model, tally]: [string, Tally]): StatusModel {
  const { answers, failures, outputTokens, ttft, tokensPerSecond, cost } = tally;
  return {
    ...{ model, answers, failures, outputTokens, tokensPerSecond, cost },
    ttftMs: ttft.median,
    ttftP95Ms: ttft.p95,
  };
}

/**
 * The figures for Prometheus. Where OpenTelemetry's conventions for generative AI have a name, it is theirs, in
 * Prometheus' spelling: https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-metrics.md
 * Labels hold models of the allowlist, codes and currencies, so that no visitor can make new series.
 */

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Model } from '../config/models.ts';
import { isFailure } from '../errors.ts';
import type { Metrics } from '../routes/status.ts';
import { costOf, tokensPerSecond, usedBy } from '../telemetry/cost.ts';
import { answeringModel, type EndedAnswer, type Observer } from '../telemetry/observer.ts';

/** The boundaries that the conventions ask for, in seconds. */
const DURATIONS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
/** The same, with others between them where first tokens are. */
const FIRST_TOKENS = [...DURATIONS, 0.12, 0.24, 0.48, 0.96, 1.92].sort((one, other) => one - other);
const TOKENS = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576];
const SPEEDS = [5, 10, 20, 30, 40, 60, 80, 100, 150, 200, 300, 500, 1_000];

const MODEL = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'] as const;

/** What is read when somebody asks, in place of being counted. */
export interface Gauges {
  /** Answers that this process is making. */
  running(): number;
  /** Places that it holds in the limits on answers. */
  leases(): number;
}

export function prometheus(gauges: Gauges): Observer & Metrics {
  const registry = new Registry();
  const registers = [registry];
  // The process itself: CPU, memory, garbage collection, the delay of the event loop.
  collectDefaultMetrics({ register: registry });

  const ttft = new Histogram({
    name: 'gen_ai_client_operation_time_to_first_chunk_seconds',
    help: 'Time from the request to the first token of the answer, thinking and failed attempts included',
    labelNames: MODEL,
    buckets: FIRST_TOKENS,
    registers,
  });
  const duration = new Histogram({
    name: 'gen_ai_client_operation_duration_seconds',
    help: 'Time that an answer took; error_type is the code of the error that ended it',
    labelNames: [...MODEL, 'error_type'] as const,
    buckets: DURATIONS,
    registers,
  });
  const tokens = new Histogram({
    name: 'gen_ai_client_token_usage',
    help: 'Tokens of an answer, as its upstream counts them',
    labelNames: [...MODEL, 'gen_ai_token_type'] as const,
    buckets: TOKENS,
    registers,
  });
  const speed = new Histogram({
    name: 'rivulet_output_tokens_per_second',
    help: 'Tokens of an answer a second, from the first one on',
    labelNames: MODEL,
    buckets: SPEEDS,
    registers,
  });
  const cost = new Counter({
    name: 'rivulet_cost_total',
    help: 'What answers have cost by the list price of their model, in units of the currency',
    labelNames: [...MODEL, 'currency'] as const,
    registers,
  });
  const upstreamErrors = new Counter({
    name: 'rivulet_upstream_errors_total',
    help: 'Attempts and answers that failed at their upstream, by the code of the error',
    labelNames: [...MODEL, 'code'] as const,
    registers,
  });
  const refusals = new Counter({
    name: 'rivulet_refusals_total',
    help: 'Requests that got an error and no answer, by its code',
    labelNames: ['code'] as const,
    registers,
  });
  const resumes = new Counter({
    name: 'rivulet_resumes_total',
    help: 'Times that a client came back to an answer',
    registers,
  });
  new Gauge({
    name: 'rivulet_answers_running',
    help: 'Answers that are being made',
    collect() {
      this.set(gauges.running());
    },
    registers,
  });
  new Gauge({
    name: 'rivulet_leases',
    help: 'Places that this process holds in the limits on answers',
    collect() {
      this.set(gauges.leases());
    },
    registers,
  });

  return {
    answerEnded: (answer: EndedAnswer) => {
      const { models, outcome } = answer;
      const { ttftMs, durationMs, failed, error } = outcome;
      const labels = labelsOf(answeringModel(answer));
      if (ttftMs !== null) ttft.observe(labels, ttftMs / 1_000);
      duration.observe(error ? { ...labels, error_type: error.code } : labels, durationMs / 1_000);
      const perSecond = tokensPerSecond(outcome);
      if (perSecond !== null) speed.observe(labels, perSecond);
      for (const { model, usage } of usedBy(models, outcome)) {
        const labels = labelsOf(model);
        tokens.observe({ ...labels, gen_ai_token_type: 'input' }, usage.prompt_tokens);
        tokens.observe({ ...labels, gen_ai_token_type: 'output' }, usage.completion_tokens);
        const spent = costOf(usage, model.price);
        if (spent) cost.inc({ ...labels, currency: spent.currency }, spent.amount);
      }
      for (const { model: id, error } of failed) {
        const model = models.find(model => model.id === id);
        if (model) upstreamErrors.inc({ ...labelsOf(model), code: error.code });
      }
      // One that has failed before its first token is among those above.
      const afterwards = outcome.model !== null || failed.length === 0;
      if (afterwards && isFailure(error)) upstreamErrors.inc({ ...labels, code: error.code });
    },
    answerResumed: () => resumes.inc(),
    requestRefused: code => refusals.inc({ code }),
    contentType: registry.contentType,
    scrape: () => registry.metrics(),
  };
}

function labelsOf(model: Model) {
  return {
    gen_ai_operation_name: 'chat',
    gen_ai_provider_name: model.provider.name,
    gen_ai_request_model: model.id,
  };
}

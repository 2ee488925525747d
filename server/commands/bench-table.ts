/** The bench's results as a table with bars, for a terminal. */

import { currencyOf } from '../telemetry/cost.ts';
import type { BenchResult } from './bench.ts';

const BAR_CHARACTERS = 24;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

export function benchTable(prompt: string, runs: number, results: readonly BenchResult[]): string {
  const longest = Math.max(...results.map(({ ttftMs }) => ttftMs?.median ?? 0));
  const head = ['Model', 'First token', '', 'p95', 'Tokens/s', '1M tokens in', 'out'];
  const rows = results.map(({ model, ttftMs, tokensPerSecond, price }) => [
    model,
    ttftMs ? ms(ttftMs.median) : 'no answer',
    ttftMs ? bar(ttftMs.median / longest) : '',
    ttftMs ? ms(ttftMs.p95) : '',
    tokensPerSecond === null ? '–' : tokensPerSecond.toFixed(0),
    price ? money(price.input, currencyOf(price)) : '–',
    price ? money(price.output, currencyOf(price)) : '–',
  ]);
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map(row => row[at]!.length)));
  const line = (row: readonly string[]) =>
    row
      // Words and bars begin at the left, figures end at the right.
      .map((text, at) => (at === 0 || at === 2 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)))
      .join('  ')
      .trimEnd();
  const failures = results
    .filter(({ failures }) => failures > 0)
    .map(({ model, failures, error }) => `${model} failed ${failures} of ${runs} times: ${error}`);
  const times = runs === 1 ? 'once' : `${runs} times`;
  return [
    `Each was asked ${times}: ${prompt}`,
    '',
    ...[head, ...rows].map(line),
    ...(failures.length > 0 ? ['', ...failures] : []),
  ].join('\n');
}

function ms(ms: number): string {
  return `${Math.round(ms)} ms`;
}

/** @param part of the longest bar */
function bar(part: number): string {
  const eighths = Math.max(1, Math.round(part * BAR_CHARACTERS * 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

function money(amount: number, currency: string): string {
  if (amount === 0) return 'free';
  return new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 4 }).format(
    amount,
  );
}

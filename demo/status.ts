/** The operator's page: asks for the last hour every few seconds, and shows it as figures, plots and tables. */

import type { StatusMinute, StatusModel, StatusReport } from '../server/protocol.ts';
import { type Canvas, createPlot, timeOf } from './plot.ts';
import { costText } from './proxy.ts';

const EVERY_MS = 5_000;

const choice = document.querySelector<HTMLSelectElement>('#model')!;
const note = document.querySelector('#note')!;
/** Said aloud, unlike the time that changes with each report. */
const failure = document.querySelector('#failure')!;

const plots = [
  createPlot<StatusMinute>({
    title: 'Time to first token',
    top: ({ ttftP95Ms }) => ttftP95Ms,
    scale: ms => (ms >= 1_000 ? `${ms / 1_000} s` : `${ms} ms`),
    says: ({ ttftMs, ttftP95Ms }) =>
      ttftMs === null ? 'no answer' : `median ${ttftMs} ms, p95 ${ttftP95Ms} ms`,
    draw: drawFirstTokens,
  }),
  createPlot<StatusMinute>({
    title: 'Answers running at once',
    top: ({ running }) => running,
    scale: String,
    says: ({ running }) => `${running} running`,
    draw: (minutes, canvas) => drawBars(minutes, canvas, [['bar', ({ running }) => running]]),
  }),
  createPlot<StatusMinute>({
    title: 'Answers, and what failed or was refused',
    top: ({ answers, refusals }) => answers + refusals,
    scale: String,
    says: ({ answers, failures, refusals }) => `${answers} answers, ${failures} failed, ${refusals} refused`,
    draw: (minutes, canvas) =>
      drawBars(minutes, canvas, [
        ['bar', ({ answers, refusals }) => answers + refusals],
        ['bad', ({ failures, refusals }) => failures + refusals],
      ]),
  }),
];

document.querySelector('#plots')!.append(...plots.map(({ element }) => element));
choice.addEventListener('change', () => void update());
void watch();

async function watch(): Promise<void> {
  for (;;) {
    if (!document.hidden) await update();
    await new Promise(resolve => setTimeout(resolve, EVERY_MS));
  }
}

async function update(): Promise<void> {
  const url = new URL('status.json', location.href);
  const model = choice.value;
  if (model) url.searchParams.set('model', model);
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`the proxy answers ${response.status}`);
    const report = (await response.json()) as StatusReport;
    // Another model was chosen meanwhile.
    if (model === choice.value) show(report, model);
  } catch (error) {
    failure.textContent = `No news: ${(error as Error).message}. What is here may be old.`;
  }
}

function show(report: StatusReport, model: string): void {
  note.textContent = `One process, as of ${new Date(report.at).toLocaleTimeString()}.`;
  failure.textContent = '';
  offerModels(report.models);
  const models = report.models.filter(entry => model === '' || entry.model === model);
  showFigures(report, models);
  for (const plot of plots) plot.update(report.minutes);
  document.querySelector<HTMLElement>('#models')!.hidden = models.length === 0;
  fill('#models', models.map(modelRow));
  fill('#minutes', report.minutes.toReversed().map(minuteRow));
}

function offerModels(models: readonly StatusModel[]): void {
  const offered = new Set([...choice.options].map(({ value }) => value));
  for (const { model } of models) if (!offered.has(model)) choice.add(new Option(model, model));
}

function showFigures({ running, minutes, limits }: StatusReport, models: readonly StatusModel[]): void {
  const sum = (read: (minute: StatusMinute) => number) =>
    minutes.reduce((total, minute) => total + read(minute), 0);
  const latest = minutes.findLast(({ ttftMs }) => ttftMs !== null);
  const figures: Array<[string, string]> = [
    ['First token, latest', latest ? `${latest.ttftMs} ms` : '–'],
    ['Running now', `${running} of ${limits.streams.most}`],
    ['Answers', String(sum(({ answers }) => answers))],
    ['Failed', String(sum(({ failures }) => failures))],
    ['Refused', String(sum(({ refusals }) => refusals))],
    ['Cost', costs(models)],
  ];
  const { tokensPerDay } = limits;
  if (tokensPerDay) {
    const [used, most] = [tokensPerDay.used, tokensPerDay.most].map(tokens => tokens.toLocaleString('en'));
    figures.push(['Tokens of the day', `${used} of ${most}`]);
  }
  const entries = figures.map(([term, value]) => {
    const entry = document.createElement('div');
    entry.appendChild(document.createElement('dt')).textContent = term;
    entry.appendChild(document.createElement('dd')).textContent = value;
    return entry;
  });
  document.querySelector('#figures')!.replaceChildren(...entries);
}

/** A line of medians over the band up to the p95; broken where no answer came. */
function drawFirstTokens(minutes: readonly StatusMinute[], { x, y, add }: Canvas): void {
  const points = minutes.map(({ ttftMs, ttftP95Ms }, index) => ({
    index,
    ttftMs,
    ttftP95Ms: ttftP95Ms ?? 0,
  }));
  for (const run of runsOf(points, ({ ttftMs }) => ttftMs !== null)) {
    const medians = run.map(({ index, ttftMs }) => `${x(index)},${y(ttftMs!)}`);
    const p95s = run.map(({ index, ttftP95Ms }) => `${x(index)},${y(ttftP95Ms)}`);
    add('polygon', { class: 'band', points: [...p95s, ...medians.toReversed()].join(' ') });
    add('polyline', { class: 'line', points: medians.join(' ') });
    if (run.length === 1) add('circle', { class: 'dot', cx: x(run[0]!.index), cy: y(run[0]!.ttftMs!), r: 3 });
  }
}

function drawBars(
  minutes: readonly StatusMinute[],
  { x, y, half, add }: Canvas,
  series: ReadonlyArray<[className: string, read: (minute: StatusMinute) => number]>,
): void {
  minutes.forEach((minute, index) => {
    for (const [className, read] of series) {
      const value = read(minute);
      if (value === 0) continue;
      const width = half * 1.5;
      add('rect', {
        class: className,
        x: x(index) - width / 2,
        y: y(value),
        width,
        height: y(0) - y(value),
        rx: 1,
      });
    }
  });
}

/** The longest pieces of which each item passes. */
function runsOf<Item>(items: readonly Item[], passes: (item: Item) => boolean): Item[][] {
  const runs: Item[][] = [];
  items.forEach((item, index) => {
    if (!passes(item)) return;
    if (index > 0 && passes(items[index - 1]!)) runs.at(-1)!.push(item);
    else runs.push([item]);
  });
  return runs;
}

function modelRow(entry: StatusModel): string[] {
  const { model, ttftMs, ttftP95Ms, tokensPerSecond, answers, failures, outputTokens, cost } = entry;
  const speed = tokensPerSecond === null ? '–' : tokensPerSecond.toFixed(0);
  const counts = [answers, failures, outputTokens].map(String);
  return [model, ms(ttftMs), ms(ttftP95Ms), speed, ...counts, cost ? costs([entry]) : '–'];
}

function minuteRow(minute: StatusMinute): string[] {
  const { at, ttftMs, ttftP95Ms, running, answers, failures, refusals, outputTokens } = minute;
  return [
    timeOf(at),
    ms(ttftMs),
    ms(ttftP95Ms),
    ...[running, answers, failures, refusals, outputTokens].map(String),
  ];
}

function fill(section: string, rows: readonly string[][]): void {
  const elements = rows.map(([first = '', ...rest]) => {
    const row = document.createElement('tr');
    const heading = row.appendChild(document.createElement('th'));
    heading.scope = 'row';
    heading.textContent = first;
    for (const text of rest) row.insertCell().textContent = text;
    return row;
  });
  document.querySelector(`${section} tbody`)!.replaceChildren(...elements);
}

function ms(value: number | null): string {
  return value === null ? '–' : `${value} ms`;
}

/** Each currency has a sum of its own. */
function costs(models: readonly StatusModel[]): string {
  const sums = new Map<string, number>();
  for (const { cost } of models)
    if (cost) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount);
  if (sums.size === 0) return '–';
  return [...sums].map(([currency, amount]) => costText({ amount, currency })).join('\n');
}

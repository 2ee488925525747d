/** The race: one question to several models at once, their first tokens and speeds as they come, a table and a picture after it. */

import type { ModelEntry } from '../../server/protocol.ts';
import { addressOf, fetchModels, isDemo } from '../proxy.ts';
import { drawChart } from './chart.ts';
import { isOver, type Lap, newLap, tokensPerSecond } from './lap.ts';
import { Lane } from './lane.ts';
import { drawPicture } from './picture.ts';
import { Results } from './results.ts';
import { type Race, startRace } from './run.ts';
import { offerPicture } from './share.ts';
import { msText, speedText, stageText } from './words.ts';

/** How many are chosen to begin with. */
const CHOSEN = 4;
/** Clocks and lines move so often, in milliseconds; and where the visitor wants little motion. */
const EVERY_MS = matchMedia('(prefers-reduced-motion: reduce)').matches ? 500 : 80;

const SET_DELAYS = 'Built-in demo models: their delays are set. These figures are no measurement.';
const MEASURED = 'Measured in one browser, through one proxy: each from its own question on.';

const form = document.querySelector('form')!;
const prompt = form.querySelector('textarea')!;
const start = document.querySelector<HTMLButtonElement>('#start')!;
const stopAll = document.querySelector<HTMLButtonElement>('#stop')!;
const course = document.querySelector<HTMLElement>('#course')!;
const chart = document.querySelector<SVGSVGElement>('#chart')!;
const finish = document.querySelector<HTMLElement>('#finish')!;
const canvas = document.querySelector('canvas')!;
const spoken = document.querySelector('#spoken')!;
const results = new Results(document.querySelector('table')!);

let models: readonly ModelEntry[] = [];
let race: Race | undefined;

form.addEventListener('submit', event => {
  event.preventDefault();
  void run();
});
stopAll.addEventListener('click', () => race?.stopAll());
offerPicture(canvas, text => (spoken.textContent = text));
void offer();

async function offer(): Promise<void> {
  models = (await fetchModels().catch(() => null)) ?? [];
  const note = document.querySelector('#note')!;
  note.textContent = noteFor(models);
  if (models.length === 0) {
    note.textContent = 'The proxy has told of no models. Reload this page to ask it again.';
    return;
  }
  const choices = models.map(({ id, rivulet }, index) => {
    const label = document.createElement('label');
    const box = label.appendChild(document.createElement('input'));
    box.type = 'checkbox';
    box.name = 'model';
    box.value = id;
    box.checked = index < CHOSEN;
    box.autocomplete = 'off';
    label.append(rivulet.label || id);
    return label;
  });
  document.querySelector('#racers')!.append(...choices);
  start.disabled = false;
}

function noteFor(models: readonly ModelEntry[]): string {
  if (models.every(isDemo)) return SET_DELAYS;
  return models.some(isDemo) ? `${MEASURED} But the delays of demo models are set.` : MEASURED;
}

async function run(): Promise<void> {
  const chosen = new Set(new FormData(form).getAll('model'));
  const racing = models.filter(({ id }) => chosen.has(id));
  const asked = prompt.value.trim();
  if (!asked || racing.length === 0) {
    spoken.textContent = asked ? 'Choose a model first.' : 'Ask something first.';
    return;
  }
  const laps = racing.map(({ id, rivulet }) => newLap({ id, label: rivulet.label || id }));
  const lanes = new Map(laps.map((lap, index) => [lap, new Lane(lap, index, () => race?.stop(lap))]));
  document.querySelector('#lanes')!.replaceChildren(...[...lanes.values()].map(({ element }) => element));
  course.hidden = false;
  finish.hidden = true;
  spoken.textContent = `${laps.length} models are asked.`;
  setRunning(true);

  race = startRace({
    endpoint: addressOf('.').href,
    prompt: asked,
    laps,
    onChange(lap, text) {
      const lane = lanes.get(lap)!;
      if (text) lane.feed(text);
      if (!isOver(lap)) return;
      lane.end();
      spoken.textContent = `${lap.racer.label}: ${stageText(lap)}. First token ${msText(lap.firstMs)}, ${speedText(lap)} tokens a second.`;
    },
  });
  const show = () => showCourse(laps, lanes);
  show();
  course.scrollIntoView({ block: 'nearest' });
  const clock = setInterval(show, EVERY_MS);
  await race.ended;
  clearInterval(clock);
  show();
  showFinish(laps, asked, racing);
  setRunning(false);
}

function setRunning(isRunning: boolean): void {
  // The focus would be lost with the button that has it.
  const hadFocus = document.activeElement === start || document.activeElement === stopAll;
  start.hidden = isRunning;
  stopAll.hidden = !isRunning;
  if (hadFocus) (isRunning ? stopAll : start).focus();
}

function showCourse(laps: readonly Lap[], lanes: ReadonlyMap<Lap, Lane>): void {
  const now = performance.now();
  const waits = ({ stage, askedAt, firstMs }: Lap) =>
    firstMs ?? (stage.type === 'waiting' ? now - askedAt : 0);
  const scale = {
    firstMs: Math.max(1, ...laps.map(waits)),
    speed: Math.max(1, ...laps.map(lap => tokensPerSecond(lap) ?? 0)),
  };
  for (const lane of lanes.values()) lane.show(now, scale);
  drawChart(chart, laps, now);
}

function showFinish(laps: readonly Lap[], asked: string, racing: readonly ModelEntry[]): void {
  results.show(laps);
  finish.hidden = false;
  drawPicture(canvas, laps, asked, noteFor(racing));
  const said = laps.map(
    lap =>
      `${lap.racer.label}: ${stageText(lap)}, first token ${msText(lap.firstMs)}, ${speedText(lap)} tokens a second`,
  );
  canvas.setAttribute('aria-label', `Picture of the result. ${said.join('. ')}.`);
}

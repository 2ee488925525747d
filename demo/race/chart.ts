/** The race as it is run: for each model a line of its tokens over the time since it was asked. It leaves the ground with the first. */

import { label, roundUp, svgElement } from '../svg.ts';
import type { Lap } from './lap.ts';

const HEIGHT = 240;
const LEFT = 44;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 26;

/** As many looks as there are; see race.css. */
export const COLOURS = 6;

export function drawChart(svg: SVGSVGElement, laps: readonly Lap[], now: number): void {
  const width = svg.clientWidth;
  const mostTokens = roundUp(Math.max(10, ...laps.map(({ tokens }) => tokens)));
  const longest = Math.max(1_000, ...laps.map(lap => spentMs(lap, now)));
  const x = (ms: number) => round(LEFT + (ms / longest) * (width - LEFT - RIGHT));
  const y = (tokens: number) => round(HEIGHT - BOTTOM - (tokens / mostTokens) * (HEIGHT - TOP - BOTTOM));
  const shapes: Element[] = [];
  for (const tokens of [0, mostTokens / 2, mostTokens]) {
    shapes.push(
      svgElement('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y(tokens), y2: y(tokens) }),
    );
    shapes.push(label(tokens.toLocaleString('en'), LEFT - 8, y(tokens) + 4, 'end'));
  }
  const step = roundUp(longest / 4) / 1000;
  for (let seconds = 0; seconds * 1000 <= longest; seconds += step)
    shapes.push(label(`${seconds.toLocaleString('en')} s`, x(seconds * 1000), HEIGHT - 6, 'middle'));
  laps.forEach((lap, index) => {
    if (lap.stage.type === 'queued') return;
    const { firstMs, course } = lap;
    const ground: Array<readonly [number, number]> = [
      [0, 0],
      [firstMs ?? spentMs(lap, now), 0],
    ];
    const points = [...ground, ...thinned(course)].map(([ms, tokens]) => `${x(ms)},${y(tokens)}`);
    shapes.push(
      svgElement('polyline', { class: `line colour-${index % COLOURS}`, points: points.join(' ') }),
    );
    const last = course.at(-1);
    if (firstMs !== null) shapes.push(dot(x(firstMs), y(0), index));
    if (last) shapes.push(dot(x(last[0]), y(last[1]), index));
  });
  svg.replaceChildren(...shapes);
}

function dot(cx: number, cy: number, index: number): Element {
  return svgElement('circle', { class: `dot colour-${index % COLOURS}`, cx, cy, r: 4 });
}

function spentMs(lap: Lap, now: number): number {
  return lap.stage.type === 'waiting' ? now - lap.askedAt : lap.lastMs;
}

/** A line has no more points than can be told apart. */
function thinned<Point>(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / 400);
  return points.filter((_, index) => index % every === 0 || index === points.length - 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

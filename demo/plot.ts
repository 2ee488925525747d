/** One plot of sixty minutes, in plain SVG: drawn anew for each report, read by pointer or arrow keys. */

import { label, roundUp, svgElement } from './svg.ts';

const HEIGHT = 190;
const LEFT = 50;
const RIGHT = 8;
const TOP = 10;
const BOTTOM = 22;

export interface Minute {
  /** Its beginning, in milliseconds since 1970. */
  at: number;
}

export interface PlotOptions<M extends Minute> {
  title: string;
  /** What the scale must reach to show a minute; null where there is nothing to show. */
  top(minute: M): number | null;
  /** Words for a value of the scale. */
  scale(value: number): string;
  /** Words for one minute. */
  says(minute: M): string;
  /** Draws the minutes. */
  draw(minutes: readonly M[], canvas: Canvas): void;
}

export interface Canvas {
  x(index: number): number;
  y(value: number): number;
  /** Half of the place that a minute has. */
  half: number;
  add(name: string, attributes: Record<string, string | number>): void;
}

export interface Plot<M extends Minute> {
  element: HTMLElement;
  update(minutes: readonly M[]): void;
}

export function createPlot<M extends Minute>(options: PlotOptions<M>): Plot<M> {
  const figure = document.createElement('figure');
  const caption = figure.appendChild(document.createElement('figcaption'));
  caption.appendChild(document.createElement('b')).textContent = options.title;
  const words = caption.appendChild(document.createElement('span'));
  const svg = figure.appendChild(svgElement('svg', { height: HEIGHT, class: 'plot', tabindex: 0 }));
  // A slider of minutes: the arrow keys go along it, and each is said.
  svg.setAttribute('role', 'slider');
  svg.setAttribute('aria-label', `${options.title}, by minute`);
  svg.setAttribute('aria-valuemin', '0');

  let minutes: readonly M[] = [];
  let chosen: number | null = null;

  function update(latest: readonly M[]): void {
    minutes = latest;
    render();
  }

  function choose(index: number | null): void {
    chosen = index === null ? null : Math.max(0, Math.min(minutes.length - 1, index));
    render();
  }

  function render(): void {
    const top = roundUp(Math.max(0, ...minutes.map(minute => options.top(minute) ?? 0)));
    const width = svg.clientWidth;
    const canvas = canvasOf(minutes.length, top, width);
    const shapes: Element[] = [];
    const add: Canvas['add'] = (name, attributes) => void shapes.push(svgElement(name, attributes));
    for (const value of [0, top / 2, top]) {
      const y = canvas.y(value);
      add('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: y, y2: y });
      shapes.push(label(options.scale(value), LEFT - 6, y + 4, 'end'));
    }
    minutes.forEach(({ at }, index) => {
      if (new Date(at).getMinutes() % 15 !== 0) return;
      shapes.push(label(timeOf(at), canvas.x(index), HEIGHT - 6, 'middle'));
    });
    options.draw(minutes, { ...canvas, add });
    const shown = chosen ?? minutes.length - 1;
    if (chosen !== null) {
      const x = canvas.x(chosen);
      add('line', { class: 'cursor', x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM });
    }
    svg.replaceChildren(...shapes);
    const minute = minutes[shown];
    const says = minute ? `${timeOf(minute.at)}: ${options.says(minute)}` : '';
    words.textContent = says;
    svg.setAttribute('aria-valuemax', String(Math.max(0, minutes.length - 1)));
    svg.setAttribute('aria-valuenow', String(Math.max(0, shown)));
    svg.setAttribute('aria-valuetext', says);
  }

  // Drawn in the pixels that it has, so that its letters are as large on a phone.
  new ResizeObserver(render).observe(svg);
  svg.addEventListener('pointermove', event => choose(indexAt(svg, event.clientX, minutes.length)));
  svg.addEventListener('pointerdown', event => choose(indexAt(svg, event.clientX, minutes.length)));
  svg.addEventListener('pointerleave', () => choose(null));
  svg.addEventListener('blur', () => choose(null));
  svg.addEventListener('keydown', event => {
    const shown = chosen ?? minutes.length - 1;
    const next = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 0, End: minutes.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  });
  return { element: figure, update };
}

/** The clock of who looks, in hours and minutes. */
export function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

function canvasOf(count: number, top: number, width: number): Omit<Canvas, 'add'> {
  const place = (width - LEFT - RIGHT) / Math.max(1, count);
  return {
    x: index => round(LEFT + (index + 0.5) * place),
    y: value => round(HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM)),
    half: place / 2,
  };
}

function indexAt(svg: Element, clientX: number, count: number): number {
  const { left, width } = svg.getBoundingClientRect();
  return Math.floor(((clientX - left - LEFT) / (width - LEFT - RIGHT)) * count);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

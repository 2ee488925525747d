/**
 * A picture of a race that has ended: names, figures, date, and how it came about. It has the size that pages show links
 * with, and is higher where many models took part.
 */

import { isOver, type Lap, tokensPerSecond } from './lap.ts';
import { msText, speedText, spentText, stageText } from './words.ts';

const WIDTH = 1200;
const HEIGHT = 630;
const EDGE = 56;
/** Where the rows begin, what stands below them, and the least and most that one takes. */
const TOP = 222;
const FOOT = 72;
const LEAST_ROW = 42;
const MOST_ROW = 72;
const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", sans-serif';

const INK = '#1c2126';
const INK_2 = '#59626b';
const LINE = '#dfe3e6';
const ACCENT = '#0b72a8';
const ACCENT_2 = '#4c9ac4';
const BAD = '#a8322a';

/** Where each column begins. */
const MODEL = EDGE;
const FIRST = 400;
const SPEED = 730;
const COST = 1060;
const BAR = 170;

/** @param note how the figures came about */
export function drawPicture(
  canvas: HTMLCanvasElement,
  laps: readonly Lap[],
  prompt: string,
  note: string,
): void {
  const ended = laps.filter(isOver);
  const height = Math.max(HEIGHT, TOP + LEAST_ROW * ended.length + FOOT);
  canvas.width = WIDTH;
  canvas.height = height;
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, WIDTH, height);
  drawMark(context, EDGE, 60);
  write(context, 'Rivulet race', EDGE + 56, 84, { size: 26, weight: 640 });
  const date = new Date().toLocaleDateString('en', { dateStyle: 'long' });
  write(context, date, WIDTH - EDGE, 84, { size: 22, colour: INK_2, align: 'right' });
  const asked = prompt.replace(/\s+/g, ' ').trim();
  write(context, `“${asked}”`, EDGE, 146, { size: 34, weight: 660, width: WIDTH - 2 * EDGE });
  drawRows(context, ended, (height - FOOT - TOP) / Math.max(1, ended.length));
  write(context, note, EDGE, height - 32, { size: 20, colour: INK_2, width: WIDTH - 2 * EDGE });
}

/** @param room pixels that there are for each row */
function drawRows(context: CanvasRenderingContext2D, laps: readonly Lap[], room: number): void {
  const shown = laps.toSorted((one, other) => (one.firstMs ?? Infinity) - (other.firstMs ?? Infinity));
  const height = Math.min(MOST_ROW, room);
  const slowest = Math.max(1, ...shown.map(({ firstMs }) => firstMs ?? 0));
  const quickest = Math.max(1, ...shown.map(lap => tokensPerSecond(lap) ?? 0));
  const heads = { size: 19, colour: INK_2 };
  write(context, 'First token', FIRST, TOP - 18, heads);
  write(context, 'Tokens a second', SPEED, TOP - 18, heads);
  write(context, 'Cost', COST, TOP - 18, heads);
  shown.forEach((lap, index) => {
    const line = TOP + index * height;
    context.fillStyle = LINE;
    context.fillRect(EDGE, line - 4, WIDTH - 2 * EDGE, 1);
    const base = line + height / 2 + 6;
    write(context, lap.racer.label, MODEL, base, { size: 25, weight: 600, width: FIRST - MODEL - 24 });
    if (lap.stage.type === 'failed')
      return write(context, stageText(lap), FIRST, base, {
        size: 21,
        colour: BAD,
        width: WIDTH - EDGE - FIRST,
      });
    drawBar(context, FIRST, base, (lap.firstMs ?? 0) / slowest, ACCENT);
    write(context, msText(lap.firstMs), FIRST + BAR + 14, base, { size: 24 });
    drawBar(context, SPEED, base, (tokensPerSecond(lap) ?? 0) / quickest, ACCENT_2);
    write(context, speedText(lap), SPEED + BAR + 14, base, { size: 24 });
    write(context, spentText(lap), COST, base, { size: 24, width: WIDTH - EDGE - COST });
  });
}

function drawBar(
  context: CanvasRenderingContext2D,
  x: number,
  base: number,
  share: number,
  colour: string,
): void {
  context.fillStyle = '#eef1f3';
  roundRect(context, x, base - 15, BAR, 12);
  context.fillStyle = colour;
  roundRect(context, x, base - 15, Math.max(12, BAR * share), 12);
}

function roundRect(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, height / 2);
  context.fill();
}

interface Type {
  size: number;
  weight?: number;
  colour?: string;
  align?: CanvasTextAlign;
  /** What does not fit ends with an ellipsis. */
  width?: number;
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  { size, weight = 400, colour = INK, align = 'left', width = Infinity }: Type,
): void {
  context.font = `${weight} ${size}px ${FONT}`;
  context.fillStyle = colour;
  context.textAlign = align;
  const signs = [...text];
  let fitting = text;
  while (signs.length > 0 && context.measureText(fitting).width > width) {
    signs.pop();
    fitting = `${signs.join('')}…`;
  }
  context.fillText(fitting, x, y);
}

/** The two waves of mark.svg. */
function drawMark(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.save();
  context.translate(x - 6, y - 8);
  context.scale(2, 2);
  context.lineWidth = 2.2;
  context.lineCap = 'round';
  for (const [path, colour] of [
    ['M3 8c3 0 3 3 6 3s3-3 6-3 3 3 6 3', ACCENT],
    ['M3 15c3 0 3 3 6 3s3-3 6-3 3 3 6 3', ACCENT_2],
  ] as const) {
    context.strokeStyle = colour;
    context.stroke(new Path2D(path));
  }
  context.restore();
}

/**
 * Colours a block of code whose text is complete: once a reader sees it, in idle time, a piece after another. The
 * text stays as it is; pieces that are not reached are without colours.
 */

import { adoptStyles } from '../later/styles.ts';
import { highlightCode } from './highlighter.ts';
import { IdleTime } from '../later/idle.ts';
import { languageOf } from './languages.ts';
import { CodePainter } from './painter.ts';
import { cutPieces } from './pieces.ts';
import { unselected } from '../later/selection.ts';
import { colours } from './styles.ts';
import { seen } from '../later/visible.ts';

/** What is longer is not read for its colours. */
const longestCode = 200_000;

/** Each piece that is coloured lays out its line again. */
const longestLine = 5000;

/** A text whose pieces take so long, in milliseconds, is no code of its language. The first ones prepare the grammar. */
const slowMs = 50;
const mostSlowPieces = 5;

/** Fulfilled when all is done that will be. */
export async function colour(code: HTMLElement, label: string): Promise<void> {
  const text = code.textContent;
  if (text.length > longestCode || !languageOf(label)) return;
  if (text.split('\n').some(line => line.length > longestLine)) return;
  await seen(code);
  const idle = new IdleTime();
  const highlight = await highlightCode(label, text, idle);
  if (!highlight) return;
  adoptStyles(code, colours);
  const painter = new CodePainter(code);
  let slowPieces = 0;
  for (const piece of cutPieces(text)) {
    await idle.more();
    await unselected(code);
    const start = performance.now();
    painter.paint(highlight(piece));
    if (performance.now() - start > slowMs) slowPieces += 1;
    if (slowPieces > mostSlowPieces) return;
    // What it has changed is laid out and painted before there is more of that to do.
    await new Promise(requestAnimationFrame);
  }
}

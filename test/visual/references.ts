/** Pictures that the chat is held against, small: each of their points is a square of the screen. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import type { Look, Stage } from './stage.ts';
import { stateOf } from './states.ts';

/** Pixels that one point of a reference stands for, across and down. */
const SQUARE = 4;
/** By how much a point may differ in red, green or blue, of 255: what smoothing of edges makes on another machine. */
const SAME = 24;

export interface Reference {
  state: string;
  look: Look;
}

const folder = new URL('../fixtures/visual/', import.meta.url);

const of = (state: string, theme: Look['theme'], scheme: Look['scheme']): Reference => ({
  state,
  look: { theme, scheme, boxes: true },
});

export const references: readonly Reference[] = [
  of('failed', 'default', 'light'),
  of('sources', 'default', 'dark'),
  of('attachments', 'paper', 'light'),
  of('failed', 'ink', 'dark'),
  of('sources', 'soft', 'light'),
  of('launcher', 'default', 'light'),
  of('right-to-left', 'default', 'light'),
];

export function nameOf({ state, look }: Reference): string {
  return `${state}-${look.theme}-${look.scheme}`;
}

/** Takes it as the chat is now. */
export async function keepReference(browser: Browser, stage: Stage, reference: Reference): Promise<string> {
  const file = new URL(`${nameOf(reference)}.png`, folder);
  await mkdir(folder, { recursive: true });
  await writeFile(file, await reduced(browser, await stage.shoot(stateOf(reference.state), reference.look)));
  return file.pathname;
}

/** The share of points, from 0 to 1, in which a picture is not what the reference shows. */
export async function difference(browser: Browser, reference: Reference, picture: Buffer): Promise<number> {
  const kept = await readFile(new URL(`${nameOf(reference)}.png`, folder));
  return inPage(browser, [
    'share',
    (await reduced(browser, picture)).toString('base64'),
    kept.toString('base64'),
    SAME,
  ]);
}

async function reduced(browser: Browser, picture: Buffer): Promise<Buffer> {
  return Buffer.from(await inPage<string>(browser, ['reduce', picture.toString('base64'), SQUARE]), 'base64');
}

type Work =
  | [what: 'reduce', picture: string, square: number]
  | [what: 'share', one: string, other: string, same: number];

/** The browser knows pictures; no package is needed for them. */
async function inPage<Result>(browser: Browser, work: Work): Promise<Result> {
  const page = await browser.newPage();
  try {
    // What runs TypeScript here calls it.
    await page.evaluate('globalThis.__name = value => value');
    return (await page.evaluate(async work => {
      const bitmap = async (png: string) =>
        createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const drawn = (picture: ImageBitmap, width = picture.width, height = picture.height) => {
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [width, height];
        const context = canvas.getContext('2d')!;
        context.imageSmoothingQuality = 'high';
        context.drawImage(picture, 0, 0, width, height);
        return { canvas, points: context.getImageData(0, 0, width, height).data };
      };
      if (work[0] === 'reduce') {
        const picture = await bitmap(work[1]);
        const [width, height] = [picture.width, picture.height].map(length =>
          Math.floor(length / work[2]),
        ) as [number, number];
        return drawn(picture, width, height).canvas.toDataURL('image/png').split(',')[1];
      }
      const [one, other] = [await bitmap(work[1]), await bitmap(work[2])];
      if (one.width !== other.width || one.height !== other.height) return 1;
      const [a, b] = [drawn(one).points, drawn(other).points];
      let differing = 0;
      for (let at = 0; at < a.length; at += 4)
        if ([0, 1, 2].some(channel => Math.abs(a[at + channel]! - b[at + channel]!) > work[3]))
          differing += 1;
      return differing / (a.length / 4);
    }, work)) as Result;
  } finally {
    await page.close();
  }
}

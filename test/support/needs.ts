/** What not every browser can do, or who drives it. A test that needs it is skipped where it is lacking, and says why. */

import { devtools } from './devtools.ts';
import { breakFile, freshFolder, mendFiles } from './play.ts';

interface Ability {
  /** Why a test is skipped without it. */
  lacking: string;
  /** Tries it: no browser is asked for its name. */
  isThere(): Promise<boolean>;
}

const abilities = {
  devtools: {
    lacking: 'its driver has no DevTools',
    isThere: () =>
      devtools('Runtime.enable').then(
        () => true,
        () => false,
      ),
  },
  'second imports': {
    lacking: 'a file that it could not import it never asks for again',
    async isThere() {
      const file = `${freshFolder()}/widget/locales/en-answer.ts`;
      await breakFile(file);
      await import(file).catch(() => {});
      await mendFiles();
      return import(file).then(
        () => true,
        () => false,
      );
    },
  },
  'files of its own': {
    lacking: 'it has no files of a page’s own here',
    isThere: () => Promise.resolve('getDirectory' in (navigator.storage ?? {})),
  },
  'steady scrolling': {
    lacking: 'it moves what is in sight when what is above has its real height for the first time',
    async isThere() {
      const scroller = document.createElement('div');
      scroller.style.cssText = 'block-size: 300px; overflow: auto';
      const lines = Array.from({ length: 300 }, () => {
        const line = document.createElement('p');
        line.style.cssText = 'margin: 0; content-visibility: auto; contain-intrinsic-block-size: auto 120px';
        line.append(document.createElement('div'));
        line.firstElementChild!.setAttribute('style', 'block-size: 30px');
        return line;
      });
      scroller.append(...lines);
      document.body.append(scroller);
      scroller.scrollTop = scroller.scrollHeight;
      await twoFrames();
      let isSteady = true;
      for (let step = 0; step < 20 && isSteady; step += 1) {
        const { top, bottom } = scroller.getBoundingClientRect();
        const seen = lines.find(line => line.getBoundingClientRect().bottom > (top + bottom) / 2)!;
        const before = seen.getBoundingClientRect().top;
        scroller.scrollTop -= 120;
        await twoFrames();
        isSteady = Math.abs(seen.getBoundingClientRect().top - before - 120) < 2;
      }
      scroller.remove();
      return isSteady;
    },
  },
} satisfies Record<string, Ability>;

async function twoFrames(): Promise<void> {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}

/** `it` for tests that need this. */
export async function itNeeds(
  ability: keyof typeof abilities,
): Promise<Mocha.TestFunction | Mocha.PendingTestFunction> {
  const { lacking, isThere } = abilities[ability];
  if (await isThere()) return it;
  return name => it.skip(`${name} (${lacking})`);
}

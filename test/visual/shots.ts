/**
 * Takes a picture of every state in every theme, light and dark, to be looked at: `npm run shots -- --out folder
 * [--states empty,failed] [--themes default,ink] [--schemes light,dark]`. With `--references` it takes those anew that
 * test/e2e/looks.test.ts compares with. It needs a build.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowserWithWindows } from '../support/browser.ts';
import { keepReference, references } from './references.ts';
import { type Look, Stage, themes } from './stage.ts';
import { stateOf, states } from './states.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'shots' },
    states: { type: 'string', default: states.map(({ name }) => name).join() },
    themes: { type: 'string', default: themes.join() },
    schemes: { type: 'string', default: 'light,dark' },
    references: { type: 'boolean', default: false },
  },
});

const browser = await launchBrowserWithWindows();
const stage = await Stage.open(browser);
try {
  if (values.references) await takeReferences();
  else await takeAll();
} finally {
  await stage.close();
  await browser.close();
}

async function takeAll(): Promise<void> {
  for (const theme of values.themes.split(',') as Array<Look['theme']>)
    for (const scheme of values.schemes.split(',') as Array<Look['scheme']>) {
      const folder = join(values.out, `${theme}-${scheme}`);
      await mkdir(folder, { recursive: true });
      for (const name of values.states.split(',')) {
        // One that is not reached any more keeps nobody from seeing the others.
        const picture = await stage.shoot(stateOf(name), { theme, scheme }).catch(fault);
        if (picture) await writeFile(join(folder, `${name}.png`), picture);
        console.log(`${folder}/${name}.png${picture ? '' : ' was not taken'}`);
      }
    }
}

function fault(error: unknown): void {
  console.error(error);
  process.exitCode = 1;
}

async function takeReferences(): Promise<void> {
  for (const reference of references) console.log(await keepReference(browser, stage, reference));
}

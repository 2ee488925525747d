/** The blocks of code in our Markdown, which are to do what the words around them say. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import { type Fence, readFence } from '../../demo/docs/site/fence.ts';
import { root } from './clone.mjs';

export interface Sample extends Fence {
  /** From the root of the repository. */
  page: string;
  /** Of the block's beginning. */
  line: number;
  code: string;
}

/** @param page from the root of the repository */
export function samplesOf(page: string): Sample[] {
  const tokens = new MarkdownIt().parse(readFileSync(join(root, page), 'utf8'), {});
  return tokens
    .filter(({ type }) => type === 'fence')
    .map(({ info, content, map }) => ({ ...readFence(info), page, line: map![0] + 1, code: content }));
}

/** The README's block of JavaScript that imports from that entry of the package. */
export function readmeCode(entry: string): string {
  const sample = samplesOf('README.md').find(
    ({ language, code }) => language === 'js' && code.includes(`from '${entry}'`),
  );
  assert.ok(sample, `The README has no code that imports ${entry}.`);
  return sample.code;
}

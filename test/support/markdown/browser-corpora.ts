/** The texts of the Markdown suites, for tests in a browser: asked from the server that the tests come from. */

import { answerNames } from './answer-names.ts';
import type { Case } from './corpora.ts';

export interface Payloads {
  readonly html: readonly string[];
  readonly markdown: readonly string[];
}

export interface Urls {
  /** As written, and as the link has it. */
  readonly shown: ReadonlyArray<readonly [written: string, href: string]>;
  readonly refused: readonly string[];
}

const fixtures = '/test/fixtures/markdown/';

export const payloads = (): Promise<Payloads> => json('payloads.json');
/** The attacks that a sanitizer of HTML is tested with. */
export const sanitizerPayloads = async (): Promise<readonly string[]> =>
  (await json<{ payloads: string[] }>('dompurify/payloads.json')).payloads;
export const urls = (): Promise<Urls> => json('urls.json');

export async function cases(name: 'gfm.json' | 'own.json'): Promise<readonly Case[]> {
  return (await json<{ cases: Case[] }>(name)).cases;
}

/** The realistic answers. */
export function answers(): Promise<string[]> {
  return Promise.all(answerNames.map(async name => (await get(`answers/${name}.md`)).text()));
}

async function json<T>(name: string): Promise<T> {
  return (await get(name)).json() as Promise<T>;
}

async function get(name: string): Promise<Response> {
  const response = await fetch(fixtures + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

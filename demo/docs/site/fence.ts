/**
 * What stands behind the three backticks of a block of code: its language; with `file=path`, the file of this repository
 * that the block shows; with `untried: reason`, why no test runs it.
 */

export interface Fence {
  /** Empty where it has none: then it is no code. */
  language: string;
  /** From the root of the repository. */
  file?: string;
  untried?: string;
}

export function readFence(text: string): Fence {
  const [, head = '', untried] = /^(.*?)(?:\s*untried: (.*))?$/.exec(text.trim())!;
  const [language = '', ...rest] = head.split(/\s+/);
  const file = rest.find(word => word.startsWith('file='))?.slice('file='.length);
  return { language, ...(file && { file }), ...(untried && { untried }) };
}

/** Counts, from outside, how often the blocks of the parser's code run: what the parser itself does not count shows here. */

import { type Profiler, Session } from 'node:inspector/promises';

export class Operations {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post('Profiler.enable');
    await this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** How many runs of functions, branches and loop bodies of the parser a piece of work took. */
  async count(work: () => void): Promise<number> {
    await this.#session.post('Profiler.takePreciseCoverage');
    work();
    const { result } = await this.#session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => url.includes('/widget/markdown/'))
      .reduce((sum, script) => sum + runs(script), 0);
  }

  async stop(): Promise<void> {
    await this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }
}

function runs({ functions }: Profiler.ScriptCoverage): number {
  return functions.reduce((sum, { ranges }) => sum + ranges.reduce((all, range) => all + range.count, 0), 0);
}

/** For tests of what tabs share: a tab whose state is a log, and that writes down what it is called for. */

import { SharedState } from '../../widget/tabs/shared-state.ts';
import type { TabRole } from '../../widget/tabs/tab-role.ts';

export class LogTab implements TabRole<string[], string, string> {
  log: string[] = [];
  /** The names of the calls, in order; each kind of call that came several times in a row once. */
  readonly calls: string[] = [];
  /** Commands that this tab has done. */
  readonly performed: string[] = [];
  readonly shared: SharedState<string[], string, string>;
  #stream: ReturnType<typeof setInterval> | undefined;

  /** @param own what it asks for when it has joined: all it had before it knew of others */
  constructor(name: string, own: string[] = []) {
    this.shared = new SharedState(name, this);
    for (const command of own) this.shared.ask(command);
  }

  state(): string[] {
    return this.log;
  }

  adopt(state: string[]): void {
    this.#called('adopt');
    this.log = state;
  }

  apply(event: string): void {
    this.#called('apply');
    this.log.push(event);
  }

  perform(command: string): void {
    this.#called('perform');
    this.performed.push(command);
    this.add(command);
  }

  lead(): void {
    this.#called('lead');
  }

  yield(): void {
    this.#called('yield');
    this.endStream();
  }

  /** A change of this tab's own. */
  add(event: string): void {
    this.log.push(event);
    this.shared.tell(event);
  }

  /** Several events a tick, numbered on from the last that is in the log. */
  stream(): void {
    this.#stream ??= setInterval(() => {
      for (let count = 0; count < 5; count += 1) this.add(`e${this.numbers().length}`);
    }, 2);
  }

  endStream(): void {
    clearInterval(this.#stream);
    this.#stream = undefined;
  }

  /** The numbers of all streamed events in the log: 0, 1, 2 … if none is lost and none is double. */
  numbers(): number[] {
    return this.log.flatMap(entry => (/^e\d+$/.test(entry) ? [Number(entry.slice(1))] : []));
  }

  #called(name: string): void {
    if (this.calls.at(-1) !== name) this.calls.push(name);
  }
}

/** The commands that a tab waits for, and which commands of all tabs are done: each is done at most once. */

import { newId } from '../conversation/new-id.ts';
import type { Done } from './message.ts';

export interface Numbered<Command> {
  tab: string;
  /** The number of the first of the commands. */
  first: number;
  commands: readonly Command[];
}

export class Commands<Command> {
  readonly tab = newId();
  #waiting: readonly Command[] = [];
  /** The number of this tab's newest command. */
  #last = 0;
  #done: Done = new Map();

  get done(): Done {
    return this.#done;
  }

  /** What this tab has asked for and is not done. */
  get waiting(): Numbered<Command> {
    const commands = this.#waiting;
    return { tab: this.tab, first: this.#last - commands.length + 1, commands };
  }

  add(command: Command): void {
    this.#waiting = [...this.#waiting, command];
    this.#last += 1;
  }

  /** A tab's commands are done in order: the number of the last says it of all before. */
  isDone(tab: string, number: number): boolean {
    return number <= (this.#done.get(tab) ?? 0);
  }

  finish(tab: string, number: number): void {
    this.adopt(this.#done.set(tab, number));
  }

  /** Takes over what another tab knows. */
  adopt(done: Done): void {
    this.#done = done;
    const { tab, first } = this.waiting;
    this.#waiting = this.#waiting.filter((_, index) => !this.isDone(tab, first + index));
  }
}

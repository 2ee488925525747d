/** The commands that a tab waits for, and which commands of all tabs are done: each is done at most once. */

import { newId } from '../conversation/new-id.ts';
import type { Done } from './message.ts';

export interface Asked<Command> {
  tab: string;
  /** The number of the first of the commands. */
  first: number;
  commands: readonly Command[];
}

export class Commands<Command> {
  readonly tab = newId();
  #open: readonly Command[] = [];
  /** The number of this tab's newest command. */
  #last = 0;
  #done: Done = new Map();

  get done(): Done {
    return this.#done;
  }

  /** What this tab has asked for and is not done. */
  get asked(): Asked<Command> {
    return { tab: this.tab, first: this.#last - this.#open.length + 1, commands: this.#open };
  }

  get isWaiting(): boolean {
    return this.#open.length > 0;
  }

  add(command: Command): void {
    this.#open = [...this.#open, command];
    this.#last += 1;
  }

  /** As a tab's commands are done in order, its last number says it of all before. */
  isDone(tab: string, number: number): boolean {
    return number <= (this.#done.get(tab) ?? 0);
  }

  finish(tab: string, number: number): void {
    this.#done.set(tab, number);
    this.#forget();
  }

  /** Takes over what another tab knows. */
  adopt(done: Done): void {
    this.#done = done;
    this.#forget();
  }

  #forget(): void {
    const { tab, first } = this.asked;
    this.#open = this.#open.filter((_, index) => !this.isDone(tab, first + index));
  }
}

/**
 * An answer that may call functions of a page is made in the tab in which it was asked for: there they are, and there is
 * whoever asked. When it is its turn, the tab that leads waits for that one to take the lead.
 */

import { type Conversation, isLive } from '../conversation/conversation.ts';
import type { AssistantMessage } from '../conversation/message.ts';
import type { Asked } from './tab-words.ts';

/** A tab that does not take the lead in this time is gone, or sleeps. */
const PATIENCE_MS = 1000;

export interface Tab {
  readonly id: string;
  /** Whether its page has functions. */
  hasTools(): boolean;
  leads(): boolean;
  takeLead(): void;
  /** Waits no longer for the tab of that answer. */
  giveUp(answerId: string): void;
}

export class ToolTab {
  readonly #tab: Tab;
  /** The answer that waits for another tab. */
  #waitsFor: string | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** The answer for which this tab has taken the lead. */
  #taken: string | undefined;

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  /** Says of what is asked for here that it was. */
  signed(asked: Asked): Asked {
    const hasAnswer = asked.type === 'asked' || asked.type === 'asked_instead';
    if (!hasAnswer || !this.#tab.hasTools()) return asked;
    return { ...asked, answer: { ...asked.answer, tab: this.#tab.id } };
  }

  /** Whether the tab that leads makes the answer, and waits for no other. */
  makes({ id, tab, status }: AssistantMessage): boolean {
    if (tab === undefined || tab === this.#tab.id || status !== 'waiting') return true;
    if (this.#waitsFor !== id) this.#wait(id);
    return false;
  }

  /** Takes the lead when it is the turn of what was asked for here. */
  look({ messages }: Conversation): void {
    const next = messages.find(message => isLive(message) || isWaiting(message));
    const isMine = next?.role === 'assistant' && isWaiting(next) && next.tab === this.#tab.id;
    if (!isMine || this.#tab.leads() || this.#taken === next.id) return;
    this.#taken = next.id;
    this.#tab.takeLead();
  }

  end(): void {
    clearTimeout(this.#patience);
    this.#waitsFor = undefined;
  }

  #wait(id: string): void {
    this.end();
    this.#waitsFor = id;
    this.#patience = setTimeout(() => {
      this.#waitsFor = undefined;
      this.#tab.giveUp(id);
    }, PATIENCE_MS);
  }
}

function isWaiting(message: object): boolean {
  return 'status' in message && message.status === 'waiting';
}

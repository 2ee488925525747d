/**
 * The functions of the page that an answer calls, each where it stands in the text: what was said before them is shown
 * here too. Loaded with the first answer that has some.
 */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { isLive } from '../conversation/conversation.ts';
import type { AssistantMessage, ToolCall } from '../conversation/message.ts';
import { isUnsettled, MOST_ROUNDS } from '../conversation/rounds.ts';
import { enAnswer } from '../locales/en-answer.ts';
import { enCalls } from '../locales/en-calls.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { act } from './act.ts';
import type { AnswerText } from './answer-text.ts';
import { calledStyles } from './called-styles.ts';
import { define } from './define.ts';
import { drawing } from './icons.ts';
import { leadIn } from './lead-in.ts';
import { plainJson } from './plain-json.ts';

const BOLT = 'M13 3L5 14h6l-1 7 8-11h-6z';

/**
 * It renders into the transcript's own tree, in the answer's article.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletCalled extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
  };

  declare message: AssistantMessage | undefined;
  readonly #texts = new WeakMap<Element, AnswerText>();
  /** The ids of those that screen readers have been told of. */
  readonly #announced = new Set<string>();

  constructor() {
    super();
    this.message = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, calledStyles);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { rounds = [] } = this.message ?? {};
    if (rounds.length === 0) return nothing;
    return html`${rounds.map(
      ({ calls }) => html`<div class="text"></div>${calls.map(call => this.#call(call))}`,
    )}${rounds.length >= MOST_ROUNDS ? html`<p class="limit"><bdi>${this.#words.limit(MOST_ROUNDS)}</bdi></p>` : nothing}`;
  }

  protected override updated(): void {
    const { message } = this;
    if (!message) return;
    const { id, content, rounds = [] } = message;
    const answerWords = wordsOf(this, 'answer', enAnswer);
    const containers = this.querySelectorAll<HTMLElement>(':scope > .text');
    rounds.forEach(({ at, calls }, index) => {
      const text = content.slice(rounds[index - 1]?.at ?? 0, at).trimEnd();
      this.#textIn(containers[index]!).show(id, text, true, answerWords);
      for (const call of calls) this.#prepare(call);
    });
    if (isLive(message)) this.dispatchEvent(new Event('grown', { bubbles: true }));
  }

  get #words() {
    return wordsOf(this, 'calls', enCalls);
  }

  #textIn(container: HTMLElement): AnswerText {
    const text = this.#texts.get(container) ?? this.closest('rivulet-answer')!.textIn(container);
    this.#texts.set(container, text);
    return text;
  }

  #call(call: ToolCall) {
    // Of an answer that has ended nothing goes on.
    const shown: ToolCall =
      isUnsettled(call) && !isLive(this.message) ? { ...call, status: 'interrupted' } : call;
    const words = this.#words;
    const name = call.label ?? call.name;
    const state = shown.reason ? words.reasons[shown.reason] : words.statuses[shown.status];
    return html`<details class="call" part="call" data-status=${shown.status}>
        <summary part="summary">
          ${drawing(BOLT)}<bdi>${name}</bdi> <span class="state"><bdi>${state}</bdi></span>
        </summary>
        ${field(words.arguments, call.arguments)} ${field(words.result, call.result)}
      </details>
      ${shown.status === 'asked' ? this.#question(shown) : nothing}
      ${call.slot ? html`<slot name=${call.slot}></slot>` : nothing}`;
  }

  #question(call: ToolCall) {
    const question = this.#words.asks(call.label ?? call.name);
    return html`<div class="asks" part="call" role="group" aria-label=${question}>
      <p><bdi>${question}</bdi></p>
      ${field(this.#words.arguments, call.arguments)}
      <div class="decide">
        ${this.#button(this.#words.refuse, call.id, false)} ${this.#button(this.#words.allow, call.id, true)}
      </div>
    </div>`;
  }

  #button(label: string, callId: string, allows: boolean) {
    const decide = (event: Event) => {
      // The button goes away, and must not take the focus with it.
      const asks = (event.currentTarget as Element).closest('.asks');
      asks?.previousElementSibling?.querySelector('summary')?.focus({ preventScroll: true });
      act(this, { type: 'decided', answerId: this.message!.id, callId, allows });
    };
    return html`<button type="button" class="chip" part="button" @click=${decide}>${label}</button>`;
  }

  #prepare({ id, name, label, status, slot }: ToolCall): void {
    const root = this.getRootNode();
    if (!(root instanceof ShadowRoot)) return;
    if (status === 'asked' && !this.#announced.has(id)) {
      this.#announced.add(id);
      root.host.dispatchEvent(new CustomEvent('announce', { detail: this.#words.asks(label ?? name) }));
    }
    if (slot) leadIn(root.host, slot);
  }
}

function field(name: string, value: string | undefined) {
  if (!value?.trim()) return nothing;
  return html`<div class="field"><span>${name}</span><pre part="values" dir="auto" tabindex="0">${plainJson(value)}</pre></div>`;
}

define('rivulet-called', RivuletCalled);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-called': RivuletCalled;
  }
}

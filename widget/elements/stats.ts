/** How quick an answer was and what it cost: a line at the end of its actions, and all that is known as a list. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type { AssistantMessage } from '../conversation/message.ts';
import { statsOf } from '../conversation/stats.ts';
import { enNote, type NoteWords } from '../locales/en-note.ts';
import { endText, enStats } from '../locales/en-stats.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { css } from '../styles/css.ts';
import { define } from './define.ts';

/** It renders into the transcript's own tree, whose styles it shares. */
export class RivuletStats extends LitElement {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    isOpen: { type: Boolean, attribute: 'open' },
  };

  declare message: AssistantMessage | undefined;
  /** Whether the list is shown. */
  declare isOpen: boolean;

  constructor() {
    super();
    this.message = undefined;
    this.isOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, statsStyles);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get #words() {
    return wordsOf(this, 'stats', enStats);
  }

  protected override render() {
    const { message } = this;
    if (!message) return nothing;
    const rows = rowsOf(message, this.#words, wordsOf(this, 'note', enNote));
    const list = rows.map(([name, value]) => html`<dt>${name}</dt><dd><bdi>${value}</bdi></dd>`);
    // Without their names two times would be taken for each other.
    const facts = rows
      .filter(([name]) => name !== this.#words.duration)
      .map(([, value], index) => html`${index > 0 ? ' · ' : ''}<bdi>${value}</bdi>`);
    return html`<span class="figures" part="figures">${facts}</span>
      ${this.isOpen ? html`<dl part="stats" aria-label=${this.#words.show}>${list}</dl>` : nothing}`;
  }
}

function rowsOf(
  message: AssistantMessage,
  words: typeof enStats,
  noteWords: NoteWords,
): Array<[name: string, value: string]> {
  const { ttftMs, proxyTtftMs, durationMs, tokensPerSecond, usage, costs } = statsOf(message);
  const { model, resumed } = message;
  const times = [ttftMs, proxyTtftMs].flatMap(ms => (ms === undefined ? [] : words.ms(ms)));
  const rows: Array<[string, string | undefined]> = [
    [words.model, model],
    [words.ttft, times.length === 2 ? words.ttftBoth(times[0]!, times[1]!) : times[0]],
    [words.speed, tokensPerSecond && words.perSecond(tokensPerSecond)],
    [words.duration, durationMs && words.ms(durationMs)],
    [words.tokens, usage && words.inAndOut(usage.prompt_tokens, usage.completion_tokens)],
    [words.cost, costs.map(words.money).join(' + ')],
    [words.end, endText(message, words, noteWords)],
    [words.resumed, resumed && words.resumedTimes(resumed)],
  ].map(([name, value]) => [String(name), value ? String(value) : undefined]);
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}

const statsStyles = css`
  rivulet-stats {
    display: contents;
    font-variant-numeric: tabular-nums;
  }
  .figures {
    margin-inline-start: auto;
    color: var(--_ink-3);
    font-size: var(--_tiny);
    font-variant-numeric: tabular-nums;
  }
  :host(:not([stats])) .figures {
    display: none;
  }
  rivulet-stats dl {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 4px 16px;
    flex-basis: 100%;
    margin: 4px 0 8px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-m);
    padding: 10px 14px;
    color: var(--_ink-2);
    font-size: var(--_tiny);
    font-variant-numeric: tabular-nums;
  }
  rivulet-stats dd {
    min-inline-size: 0;
    margin: 0;
    color: var(--_ink);
    overflow-wrap: anywhere;
  }
`;

define('rivulet-stats', RivuletStats);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-stats': RivuletStats;
  }
}

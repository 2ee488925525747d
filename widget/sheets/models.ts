/** Which model answers: the list of those that the server offers, with what is known of each. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { fetchModels, type OfferedModel } from '../client/models.ts';
import { choiceOf } from '../controllers/choice.ts';
import { newAnswer } from '../conversation/conversation.ts';
import { define } from '../elements/define.ts';
import { loadAnswering } from '../load-answering.ts';
import { enModels } from '../locales/en-models.ts';
import { wordsOf } from '../locales/words-of.ts';
import { base } from '../styles/base.ts';
import { exportParts } from '../styles/parts.ts';
import type { ModelOrder } from './model-order.ts';
import { modelTable, modelTableStyles } from './model-table.ts';
import type { Sheet, SheetChat } from './sheet.ts';

export const models: Sheet = {
  title: ({ host }) => wordsOf(host, 'models', enModels).title,
  render: chat => html`<rivulet-models .chat=${chat}></rivulet-models>`,
};

export class RivuletModels extends LitElement {
  static override properties: PropertyDeclarations = {
    chat: { attribute: false },
    models: { state: true },
    failed: { state: true },
    order: { state: true },
    picked: { state: true },
  };
  static override styles = [base, modelTableStyles];

  declare chat: SheetChat;
  declare private models: readonly OfferedModel[] | undefined;
  declare private failed: boolean;
  declare private order: ModelOrder;
  /** The id of the one that is marked, and not yet taken. */
  declare private picked: string | undefined;
  /** What was chosen and is no longer there. */
  #gone = '';

  constructor() {
    super();
    this.models = undefined;
    this.failed = false;
    this.order = 'offered';
    this.picked = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    exportParts(this.renderRoot);
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render() {
    const { models, picked } = this;
    if (this.failed)
      return html`<p role="alert"><bdi>${this.#words.failed}</bdi></p>
        <button type="button" class="chip" part="button" @click=${this.#load}>${this.#words.retry}</button>`;
    if (!models) return html`<p role="status"><bdi>${this.#words.loading}</bdi></p>`;
    return html`${this.#gone ? html`<p role="alert"><bdi>${this.#words.gone(this.#gone)}</bdi></p>` : nothing}
      ${modelTable({
        words: this.#words,
        models,
        picked,
        order: this.order,
        onPick: this.#pick,
        onTake: this.#take,
        onOrder: this.#sort,
      })}
      ${models.length > 1 ? this.#button() : nothing}`;
  }

  #button() {
    const { picked } = this;
    return html`<button
      type="button"
      class="chip take" part="button"
      aria-disabled=${picked ? 'false' : 'true'}
      @click=${() => picked && this.#take(picked)}
    >
      ${this.chat.of ? this.#words.answerAgain : this.#words.use}
    </button>`;
  }

  get #words() {
    return wordsOf(this, 'models', enModels);
  }

  readonly #pick = (id: string): void => {
    this.picked = id;
  };

  readonly #sort = (order: ModelOrder): void => {
    this.order = order;
  };

  readonly #load = async (): Promise<void> => {
    this.failed = false;
    const models = await this.#fetch().catch(() => undefined);
    this.failed = !models;
    this.models = models;
    if (!models) return;
    const { chosen } = this.chat.turn;
    const isThere = models.some(({ id }) => id === chosen?.id);
    if (chosen && !isThere) {
      this.#gone = chosen.label;
      chosen.forget();
    }
    this.picked = isThere ? chosen?.id : this.#standard;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('input:checked, input')?.focus({ preventScroll: true });
  };

  async #fetch(): Promise<readonly OfferedModel[]> {
    const { sender } = await loadAnswering();
    const { visit } = this.chat.turn;
    return fetchModels(visit.endpoint, sender(visit));
  }

  readonly #take = (id: string): void => {
    const { chat } = this;
    const model = this.models?.find(model => model.id === id);
    // The second click of a double one finds it taken.
    if (!model || !this.isConnected) return;
    chat.close();
    if (chat.of) chat.act({ type: 'asked_instead', of: chat.of, answer: { ...newAnswer(), asks: id } });
    else if (id === this.#standard) chat.turn.chosen?.forget();
    else choiceOf(chat.keep).choose(model);
  };

  /** Of the model that answers where nothing is chosen. */
  get #standard(): string | undefined {
    return this.chat.turn.visit.model ?? this.models?.find(({ isDefault }) => isDefault)?.id;
  }
}

define('rivulet-models', RivuletModels);

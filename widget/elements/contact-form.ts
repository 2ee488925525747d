/** A form for a person: fields, what goes along, and what became of it. Nothing that was typed is lost. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import type {
  ContactField,
  ContactRequest,
  MAX_FIELD_CHARACTERS,
  MAX_TEXT_CHARACTERS,
  Transcript,
} from '../../server/protocol.ts';
import type { ContactOutcome } from '../controllers/contact.ts';
import { newId } from '../conversation/new-id.ts';
import { enPerson } from '../locales/en-person.ts';
import { wordsOf } from '../locales/words-of.ts';
import { base } from '../styles/base.ts';
import { exportParts } from '../styles/parts.ts';
import { contactFormStyles } from './contact-form-styles.ts';
import { define } from './define.ts';

/** As the server has them; their types hold them to that. */
const mostCharacters: typeof MAX_FIELD_CHARACTERS = 500;
const mostCharactersOfText: typeof MAX_TEXT_CHARACTERS = 10_000;

/** What is typed and not sent, and the name of its request. It is there again as long as its conversation is. */
interface Draft {
  key: string;
  values: Map<string, string>;
  goesAlong: boolean;
}

/** By the ids of conversations. */
const drafts = new Map<string, Draft>();

/** @event done the visitor goes back to the chat */
export class RivuletContactForm extends LitElement {
  static override properties: PropertyDeclarations = {
    fields: { attribute: false },
    conversation: { attribute: false },
    send: { attribute: false },
    outcome: { state: true },
    isSending: { state: true },
  };
  static override styles = [base, contactFormStyles];

  declare fields: readonly ContactField[];
  declare conversation: Transcript;
  /** Never rejects. */
  declare send: (form: ContactRequest, key: string) => Promise<ContactOutcome>;
  declare private outcome: ContactOutcome | undefined;
  declare private isSending: boolean;

  constructor() {
    super();
    this.fields = [];
    this.outcome = undefined;
    this.isSending = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    exportParts(this.renderRoot);
  }

  protected override render() {
    if (this.outcome?.type === 'sent') return this.#sent();
    const count = this.conversation.messages.length;
    return html`<form part="form" @submit=${this.#onSubmit} @input=${this.#onInput}>
      ${this.fields.map(field => this.#field(field))}
      ${
        count > 0
          ? html`<label class="along"
              ><input type="checkbox" name="along" .checked=${this.#draft.goesAlong} /><bdi>${this.#words.along(count)}</bdi></label
            >`
          : nothing
      }
      <div class="decide">
        <p role="alert"><bdi>${this.#trouble()}</bdi></p>
        <button class="chip" part="button" aria-disabled=${this.isSending ? 'true' : 'false'}>
          ${this.isSending ? this.#words.sending : this.outcome?.type === 'failed' ? this.#words.retry : this.#words.send}
        </button>
      </div>
    </form>`;
  }

  get #words() {
    return wordsOf(this, 'person', enPerson);
  }

  #field(field: ContactField) {
    const { name, kind, required } = field;
    const value = this.#draft.values.get(name) ?? '';
    const isRefused = this.outcome?.type === 'refused' && this.outcome.field === name;
    const invalid = isRefused ? 'true' : nothing;
    return html`<label
      ><span><bdi>${this.#labelOf(field)}</bdi>${required ? nothing : html` <small><bdi>${this.#words.optional}</bdi></small>`}</span>
      ${
        kind === 'textarea'
          ? html`<textarea
              part="input"
              name=${name}
              dir="auto"
              rows="4"
              maxlength=${mostCharactersOfText}
              ?required=${required}
              aria-invalid=${invalid}
              .value=${value}
            ></textarea>`
          : html`<input
              part="input"
              name=${name}
              dir="auto"
              type=${kind}
              maxlength=${mostCharacters}
              autocomplete=${purposes.get(name) ?? 'off'}
              ?required=${required}
              aria-invalid=${invalid}
              .value=${value}
            />`
      }</label
    >`;
  }

  #labelOf({ name, label }: ContactField): string {
    return label ?? this.#words.labels[name] ?? name;
  }

  #sent() {
    return html`<p role="status" tabindex="-1"><bdi>${this.#words.sent}</bdi></p>
      <button type="button" class="chip" part="button" @click=${() => this.dispatchEvent(new Event('done'))}>${this.#words.back}</button>`;
  }

  #trouble() {
    const { outcome } = this;
    if (outcome?.type === 'failed') return this.#words.failed;
    if (outcome?.type !== 'refused') return nothing;
    const field = this.fields.find(({ name }) => name === outcome.field);
    return field ? this.#words.refused(this.#labelOf(field)) : this.#words.failed;
  }

  get #draft(): Draft {
    const { id } = this.conversation;
    const draft = drafts.get(id) ?? { key: newId(), values: new Map(), goesAlong: false };
    drafts.set(id, draft);
    return draft;
  }

  readonly #onInput = ({ target }: Event): void => {
    const { name, value } = target as HTMLInputElement;
    if (name === 'along') this.#draft.goesAlong = (target as HTMLInputElement).checked;
    else this.#draft.values.set(name, value);
  };

  readonly #onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.isSending) return;
    this.isSending = true;
    this.outcome = undefined;
    const { key, values, goesAlong } = this.#draft;
    const filled = this.fields.flatMap(({ name }) => {
      const value = values.get(name)?.trim();
      return value ? [[name, value]] : [];
    });
    const form: ContactRequest = {
      fields: Object.fromEntries(filled),
      ...(goesAlong && { conversation: this.conversation }),
    };
    const { id } = this.conversation;
    const outcome = await this.send(form, key);
    if (outcome.type === 'sent') drafts.delete(id);
    this.isSending = false;
    this.outcome = outcome;
    await this.updateComplete;
    // What had the focus may be gone.
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true], [role=status]')?.focus();
  };
}

/** What browsers may fill in: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-field */
const purposes = new Map([
  ['name', 'name'],
  ['email', 'email'],
  ['phone', 'tel'],
  ['company', 'organization'],
]);

define('rivulet-contact-form', RivuletContactForm);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-contact-form': RivuletContactForm;
  }
}

/** The commands that a slash in the composer may mean, in a list above it. Loaded with the first slash. */

import { html, LitElement, nothing, type PropertyDeclarations, type ReactiveController } from 'lit';
import { enShortcuts } from '../locales/en-shortcuts.ts';
import { wordsOf } from '../locales/words-of.ts';
import { adoptStyles } from '../markdown/later/styles.ts';
import { act } from './act.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { chatOf } from './chat-of.ts';
import type { RivuletComposer } from './composer.ts';
import { define } from './define.ts';
import { isComposing } from './enter-key.ts';
import { commandsFor, type SlashCommand, slashCommands } from './slash-commands.ts';
import { slashListStyles } from './slash-list-styles.ts';

/** From now on the list is there whenever the draft begins with a slash. */
export function showAside({ host }: ChatParts): void {
  const composer = host.renderRoot.querySelector('rivulet-composer');
  if (!composer || composer.renderRoot.querySelector('rivulet-slash-list')) return;
  const list = document.createElement('rivulet-slash-list');
  composer.renderRoot.querySelector('.pill')?.before(list);
  host.addController(list);
  list.follow(composer);
}

/**
 * It renders into the composer's own tree: the field points at the option that is marked. The field stays a plain text field
 * to screen readers, as HTML allows a `textarea` no other role; how many commands there are is said.
 * @event {CustomEvent<Wish>} act
 */
export class RivuletSlashList extends LitElement implements ReactiveController {
  static override properties: PropertyDeclarations = {
    commands: { state: true },
    marked: { state: true },
  };

  declare private commands: readonly SlashCommand[];
  declare private marked: number;
  #composer: RivuletComposer | undefined;
  /** Whether the draft is looked at: not after it was chosen for, or Escape was pressed, until more is typed. */
  #isLooking = false;

  constructor() {
    super();
    this.commands = [];
    this.marked = 0;
  }

  follow(composer: RivuletComposer): void {
    this.#composer = composer;
    adoptStyles(this, slashListStyles);
    // Before the composer hears it: while the list is open, its keys are the list's.
    composer.renderRoot.addEventListener('keydown', this.#onKeydown, { capture: true });
    composer.renderRoot.addEventListener('input', this.#look);
    composer.addEventListener('focusout', this.#close);
    this.#look();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render() {
    const { commands } = this;
    return html`<ul id="commands" part="menu" role="listbox" aria-label=${this.#words.commands} ?hidden=${commands.length === 0}>
        ${commands.map((command, index) => this.#option(command, index))}
      </ul>
      <span class="spoken" role="status">${commands.length > 0 ? this.#words.count(commands.length) : nothing}</span>`;
  }

  get #words() {
    return wordsOf(this, 'shortcuts', enShortcuts);
  }

  #option(command: SlashCommand, index: number) {
    const { name, label } = command;
    // eslint-disable-next-line lit-a11y/click-events-have-key-events -- the field has the focus, and the keys
    return html`<li
      id=${`command-${index}`}
      part="option"
      role="option"
      aria-selected=${index === this.marked ? 'true' : 'false'}
      @mousedown=${keepFocus}
      @click=${() => this.#choose(command)}
    >
      <bdi>/${name}</bdi> <small><bdi>${label}</bdi></small>
    </li>`;
  }

  protected override updated(): void {
    const field = this.#composer?.renderRoot.querySelector('textarea');
    if (!field) return;
    if (this.commands.length === 0) {
      for (const name of ['aria-autocomplete', 'aria-controls', 'aria-activedescendant'])
        field.removeAttribute(name);
      return;
    }
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', 'commands');
    field.setAttribute('aria-activedescendant', `command-${this.marked}`);
    this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  /** The settings may come later than the slash, and the page may have other commands by now. */
  hostUpdated(): void {
    if (!this.#isLooking) return;
    const { name } = this.commands[this.marked] ?? {};
    this.#find();
    this.marked = Math.max(
      0,
      this.commands.findIndex(command => command.name === name),
    );
  }

  readonly #look = (): void => {
    this.#isLooking = true;
    this.#find();
    this.marked = 0;
  };

  #find(): void {
    const chat = chatOf(this);
    this.commands = chat ? commandsFor(this.#composer?.draft ?? '', slashCommands(chat)) : [];
  }

  readonly #close = (): void => {
    this.#isLooking = false;
    this.commands = [];
  };

  readonly #onKeydown = (event: Event): void => {
    const { commands } = this;
    if (!(event instanceof KeyboardEvent) || commands.length === 0 || isComposing(event)) return;
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.marked = (this.marked + step + commands.length) % commands.length;
        break;
      }
      case 'Enter':
      case 'Tab': {
        const command = commands[this.marked]!;
        // It is written already, and goes out.
        if ('text' in command && command.text === this.#composer?.draft) return this.#close();
        this.#choose(command);
        break;
      }
      case 'Escape':
        this.#close();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  #choose(command: SlashCommand): void {
    const composer = this.#composer;
    if (!composer) return;
    this.#close();
    composer.draft = 'text' in command ? command.text : '';
    composer.focus();
    if ('run' in command) command.run();
    else if ('wish' in command) act(this, command.wish);
  }
}

/** A press on an option would take the focus from the field. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

define('rivulet-slash-list', RivuletSlashList);

declare global {
  interface HTMLElementTagNameMap {
    'rivulet-slash-list': RivuletSlashList;
  }
}

/** All shortcuts: the keys, and the commands that a slash brings. */

import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { define } from '../elements/define.ts';
import { hasOnlyTouch } from '../elements/enter-key.ts';
import { slashCommands } from '../elements/slash-commands.ts';
import { enShortcuts } from '../locales/en-shortcuts.ts';
import { wordsOf } from '../locales/words-of.ts';
import { base } from '../styles/base.ts';
import { exportParts } from '../styles/parts.ts';
import { css } from '../styles/css.ts';
import type { Sheet, SheetChat } from './sheet.ts';

export const help: Sheet = {
  title: ({ host }) => wordsOf(host, 'shortcuts', enShortcuts).title,
  // There is nothing in it that could have the focus, and it may have to be scrolled.
  render: chat =>
    html`<rivulet-help role="group" aria-label=${help.title(chat)} tabindex="0" .chat=${chat}></rivulet-help>`,
};

function keysOf(words: typeof enShortcuts): ReadonlyArray<readonly [keys: readonly string[], does: string]> {
  return [
    [[words.enter], words.send],
    [[words.shift, words.enter], words.line],
    [[words.escape], words.stop],
    [['↑'], words.edit],
    [['/'], words.slash],
    [[words.pageUp, words.pageDown], words.page],
    [['F6'], words.part],
    [['↑', '↓'], words.walk],
    [[words.enter], words.into],
  ];
}

export class RivuletHelp extends LitElement {
  static override properties: PropertyDeclarations = {
    chat: { attribute: false },
  };

  declare chat: SheetChat;

  override connectedCallback(): void {
    super.connectedCallback();
    exportParts(this.renderRoot);
  }

  protected override render() {
    const commands = slashCommands(this.chat).map(
      ({ name, label }) =>
        html`<dt><kbd part="key" dir="auto">/${name}</kbd></dt><dd><bdi>${label}</bdi></dd>`,
    );
    return html`${hasOnlyTouch() ? nothing : this.#keys()}
      <h3>${this.#words.commands}</h3>
      <dl>${commands}</dl>`;
  }

  get #words() {
    return wordsOf(this, 'shortcuts', enShortcuts);
  }

  #keys() {
    const words = this.#words;
    return html`<h3>${words.keys}</h3>
      <dl>${keysOf(words).map(([keys, does]) => html`<dt>${keys.map(key => html`<kbd part="key">${key}</kbd> `)}</dt><dd>${does}</dd>`)}</dl>`;
  }

  static override styles = [
    base,
    css`
      h3 {
        margin: 0 0 8px;
        font-size: var(--_small);
        font-weight: 620;
      }
      dl {
        display: grid;
        grid-template-columns: max-content 1fr;
        gap: 8px 16px;
        align-items: baseline;
        margin: 0 0 24px;
        font-size: var(--_small);
        line-height: 1.5;
      }
      dt {
        max-inline-size: 50cqi;
        overflow-wrap: anywhere;
      }
      dd {
        min-inline-size: 0;
        margin: 0;
        color: var(--_ink-2);
        overflow-wrap: anywhere;
      }
      kbd {
        border: 1px solid var(--_line-strong);
        border-radius: calc(var(--_radius-s) / 2);
        padding: 1px 6px;
        background: var(--_sunken);
        font: inherit;
        font-size: var(--_tiny);
      }
    `,
  ];
}

define('rivulet-help', RivuletHelp);

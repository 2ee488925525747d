/** All controls in groups that open, and a search that finds one in any of them. */

import { isOwnHand } from './address.ts';
import { type Control, createControl } from './control.ts';
import { isPossible, type Setting, type Values, type WordSetting } from './setting.ts';
import type { Settings } from './snippet.ts';

export interface Panel {
  show(values: Values): void;
  /** Shows what has the words that are looked for, wherever it is; all for an empty text. */
  find(text: string): void;
}

type Change = (key: string, value: string | undefined) => void;

export function fillPanel(element: HTMLElement, settings: Settings, change: Change): Panel {
  const groups: ReadonlyArray<readonly [title: string, settings: readonly Setting[]]> = [
    ['Attributes', settings.attributes],
    ['Colours, shapes and type', settings.tokens],
    ...[...groupsOf(settings.words)].map(([name, words]) => [`Words: ${spaced(name)}`, words] as const),
  ];
  const filled = groups.map(([title, ofGroup], index) => {
    const details = element.appendChild(document.createElement('details'));
    details.open = index === 0;
    details.appendChild(document.createElement('summary')).textContent = title;
    const controls = ofGroup.map(setting => ({ key: setting.key, ...controlOf(setting, change) }));
    details.append(...controls.map(({ element }) => element));
    return { details, controls };
  });
  return {
    show(values) {
      for (const { controls } of filled) for (const { key, show } of controls) show(values.get(key));
    },
    find(text) {
      const wanted = text.trim().toLowerCase();
      filled.forEach(({ details, controls }, index) => {
        for (const { element, text } of controls) element.hidden = !text.includes(wanted);
        details.hidden = controls.every(({ element }) => element.hidden);
        details.open = wanted !== '' || index === 0;
      });
    },
  };
}

/** What is not yet a value, as half a colour, is left in its field and changes nothing. */
function controlOf(setting: Setting, change: Change): Control {
  const note = isOwnHand(setting.key)
    ? 'In your tag alone: the chat here keeps to this proxy, and no link can set this.'
    : '';
  const control = createControl(setting, note, value => {
    const isWrong = value !== undefined && !isPossible(setting, value);
    control.mark(isWrong);
    if (!isWrong) change(setting.key, value);
  });
  return control;
}

function groupsOf(words: readonly WordSetting[]): Map<string, WordSetting[]> {
  const groups = new Map<string, WordSetting[]>();
  for (const word of words) groups.set(word.group, [...(groups.get(word.group) ?? []), word]);
  return groups;
}

function spaced(name: string): string {
  return name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

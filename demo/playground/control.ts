/** A setting as one can change it: its name, what it is for, an input, and the way back. */

import type { Setting, WordSetting } from './setting.ts';

export interface Control {
  element: HTMLElement;
  /** What one looks for it by. */
  text: string;
  /** Shows a value, or that none is set. */
  show(value: string | undefined): void;
  /** Says whether what is in the field is no value. */
  mark(isWrong: boolean): void;
}

/** What an input of the browser's own shows where nothing is set: it has no empty state. */
const NO_COLOUR = '#808080';

/** @param change called with a value, or without one to take it back */
export function createControl(
  setting: Setting | WordSetting,
  note: string,
  change: (value: string | undefined) => void,
): Control {
  const { key, what } = setting;
  const isWord = 'path' in setting;
  const element = document.createElement('div');
  element.className = 'control';
  const label = element.appendChild(document.createElement('label'));
  label.htmlFor = `set-${key}`;
  const name = label.appendChild(document.createElement(isWord ? 'span' : 'code'));
  name.textContent = isWord ? what : key;
  const input = element.appendChild(inputFor(setting));
  input.id = label.htmlFor;
  const swatch = isColour(setting) ? element.insertBefore(colourOf(key), input) : undefined;
  const back = element.appendChild(document.createElement('button'));
  back.type = 'button';
  back.className = 'back';
  back.textContent = '×';
  back.setAttribute('aria-label', `Take back ${isWord ? what : key}`);
  const explained = [isWord ? '' : sentence(what), note].filter(Boolean).join(' ');
  if (explained) {
    const words = element.appendChild(document.createElement('p'));
    words.id = `${input.id}-what`;
    words.append(...withCode(explained));
    input.setAttribute('aria-describedby', words.id);
  }

  input.addEventListener('input', () => change(valueOf(input)));
  swatch?.addEventListener('input', () => change(swatch.value));
  back.addEventListener('click', () => {
    change(undefined);
    input.focus();
  });
  const mark = (isWrong: boolean) => {
    element.classList.toggle('wrong', isWrong);
    input.setAttribute('aria-invalid', String(isWrong));
  };
  let shown: string | undefined;
  return {
    element,
    text: [key, what, isWord ? setting.english : ''].join(' ').toLowerCase(),
    mark,
    show(value) {
      if (value !== undefined && value === shown) return;
      shown = value;
      mark(false);
      back.hidden = value === undefined;
      if (isSwitch(input)) input.checked = value !== undefined;
      else if (valueOf(input) !== value) input.value = value ?? '';
      if (swatch) swatch.value = value === undefined ? NO_COLOUR : hexOf(value);
    },
  };
}

function sentence(text: string): string {
  return text && `${text[0]!.toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** What is between backticks is code, as in the sources. */
function withCode(text: string): Node[] {
  return text.split('`').map((piece, index) => {
    const node = index % 2 === 1 ? document.createElement('code') : document.createTextNode('');
    node.textContent = piece;
    return node;
  });
}

function isColour({ syntax }: Setting): boolean {
  return syntax === '<color>';
}

function inputFor(setting: Setting | WordSetting): HTMLInputElement | HTMLSelectElement {
  if (setting.input === 'choice') {
    const select = document.createElement('select');
    select.add(new Option('not set', ''));
    for (const choice of setting.choices ?? []) select.add(new Option(choice));
    select.autocomplete = 'off';
    return select;
  }
  const input = document.createElement('input');
  input.type = { switch: 'checkbox', number: 'number' }[setting.input as string] ?? 'text';
  if (input.type === 'number') input.min = '0';
  input.autocomplete = 'off';
  input.spellcheck = false;
  input.placeholder = 'english' in setting ? setting.english : (setting.syntax ?? '').replace('*', '');
  return input;
}

/** The browser's chooser of colours, beside the text that can be any colour of CSS. */
function colourOf(key: string): HTMLInputElement {
  const input = document.createElement('input');
  input.type = 'color';
  input.setAttribute('aria-label', `Choose ${key}`);
  return input;
}

function isSwitch(input: HTMLElement): input is HTMLInputElement {
  return input instanceof HTMLInputElement && input.type === 'checkbox';
}

function valueOf(input: HTMLInputElement | HTMLSelectElement): string | undefined {
  if (isSwitch(input)) return input.checked ? '' : undefined;
  return input.value || undefined;
}

/** As the browser's chooser takes it. */
function hexOf(colour: string): string {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map(value => value.toString(16).padStart(2, '0')).join('')}`;
}

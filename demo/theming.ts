/** The designers' page: properties and pieces of the chat, tried on a live one. */

import { parts } from './parts.ts';
import { chooseTheme } from './themes.ts';

const chat = document.querySelector('rivulet-chat')!;

chooseTheme();
chooseScheme();
tryProperties();
showParts();

function chooseScheme(): void {
  const select = document.querySelector<HTMLSelectElement>('#scheme')!;
  select.addEventListener('change', () => chat.setAttribute('theme', select.value));
}

function tryProperties(): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('#properties tbody tr')];
  for (const row of rows) {
    const name = row.querySelector('code')!.textContent!;
    const input = row.querySelector('input')!;
    input.addEventListener('input', () => {
      const value = input.value && `${input.value}${input.dataset.unit ?? ''}`;
      chat.style.setProperty(name, value);
      showCss(rows.map(row => row.querySelector('code')!.textContent!));
    });
  }
}

/** What has been tried, to be copied. */
function showCss(names: readonly string[]): void {
  const set = names.filter(name => chat.style.getPropertyValue(name));
  const lines = set.map(name => `  ${name}: ${chat.style.getPropertyValue(name)};\n`);
  document.querySelector('#css')!.textContent = `rivulet-chat {\n${lines.join('')}}`;
}

function showParts(): void {
  const shown = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, shown];
  const items = parts.map(([name, what]) => {
    const item = document.createElement('li');
    const code = document.createElement('code');
    code.textContent = name;
    item.tabIndex = 0;
    item.append(code, ` ${what}`);
    const show = () =>
      shown.replaceSync(`rivulet-chat::part(${name}) { outline: 2px dashed #e0218a !important }`);
    const hide = () => shown.replaceSync('');
    item.addEventListener('pointerenter', show);
    item.addEventListener('focus', show);
    item.addEventListener('pointerleave', hide);
    item.addEventListener('blur', hide);
    return item;
  });
  document.querySelector('#parts')!.append(...items);
}

/** The playground: all that can be set of a chat, the chat with it, the tag to paste, and an address that keeps all of that. */

import { attributes, tokens, words } from 'virtual:settings';
import { copyButton } from '../copy.ts';
import { addressOf } from '../proxy.ts';
import { readAddress, writeAddress } from './address.ts';
import { fillPanel } from './panel.ts';
import type { Setting, Values } from './setting.ts';
import { type Form, snippet } from './snippet.ts';
import { openStage, type Played } from './stage.ts';

/** Browsers let a page change its address a few times a second, and not for each letter that is typed. */
const REST_MS = 300;

const settings = { attributes, tokens, words };
const formSetting: Setting = { key: 'form', what: '', input: 'choice', choices: ['script', 'element'] };
const all = [...attributes, ...tokens, ...words];
const byKey = new Map([formSetting, ...all].map(setting => [setting.key, setting]));

const notice = document.querySelector('#notice')!;
const tag = document.querySelector('#tag')!;
const find = document.querySelector<HTMLInputElement>('#find')!;
const forms = document.querySelectorAll<HTMLInputElement>('input[name="form"]');
const panel = fillPanel(document.querySelector('#controls')!, settings, change);

let values: Values = new Map();
let leftOut: readonly string[] = [];
let resting: ReturnType<typeof setTimeout> | undefined;
let play: (played: Played) => void = () => {};

read();
copyButton(document.querySelector('#copy')!, () => tag.textContent ?? '');
copyButton(document.querySelector('#link')!, () => address());
document.querySelector('#reset')!.addEventListener('click', () => set(new Map()));
find.addEventListener('input', () => panel.find(find.value));
for (const choice of forms) choice.addEventListener('change', () => change('form', choice.value));
addEventListener('hashchange', read);
addEventListener('pagehide', keep);
play = await openStage(document.querySelector('iframe')!, settings);
render();

/** Another address was written into the bar, or is gone back to. */
function read(): void {
  const said = readAddress(location.hash, byKey);
  set(said.values, said.leftOut);
}

function change(key: string, value: string | undefined): void {
  const changed = new Map(values);
  changed.delete(key);
  if (value !== undefined) changed.set(key, value);
  set(changed);
}

function set(changed: Values, ignored: readonly string[] = []): void {
  values = changed;
  leftOut = ignored;
  render();
  clearTimeout(resting);
  resting = setTimeout(keep, REST_MS);
}

function keep(): void {
  history.replaceState(null, '', address());
}

function address(): string {
  return new URL(writeAddress(values), location.href.replace(/#.*/s, '')).href;
}

function render(): void {
  const form: Form = values.get('form') === 'element' ? 'element' : 'script';
  panel.show(values);
  for (const choice of forms) choice.checked = choice.value === form;
  tag.textContent = snippet(values, form, addressOf('widget.js').href, settings);
  notice.textContent = noticeText();
  play({ values, form });
}

function noticeText(): string {
  const count = all.filter(({ key }) => values.has(key)).length;
  const isSet = count > 0 ? `${count} set.` : 'Nothing is set: this is the chat as it comes.';
  if (leftOut.length === 0) return isSet;
  const names = leftOut.slice(0, 5).map(name => `“${name.slice(0, 40)}”`);
  const more = leftOut.length > names.length ? ` and ${leftOut.length - names.length} more` : '';
  return `${isSet} Left out of the address: ${names.join(', ')}${more}.`;
}

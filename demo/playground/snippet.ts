/** What has been set, as it is pasted into a page: the tag, the style of its properties, the script of its words. */

import type { Setting, Values, WordSetting } from './setting.ts';
import { asCode, ownWords } from './words.ts';

/** By the script tag alone, or as an element with that. */
export type Form = 'script' | 'element';

export interface Settings {
  attributes: readonly Setting[];
  tokens: readonly Setting[];
  words: readonly WordSetting[];
}

/** @param script the address of `widget.js` */
export function snippet(values: Values, form: Form, script: string, settings: Settings): string {
  const pieces = [
    styleOf(values, settings.tokens),
    form === 'script'
      ? scriptOf(values, script, settings.attributes)
      : elementOf(values, script, settings.attributes),
    wordsOf(values, settings.words),
  ];
  return pieces.filter(Boolean).join('\n');
}

function scriptOf(values: Values, script: string, attributes: readonly Setting[]): string {
  return `<script src="${escaped(script)}" async${written(values, attributes, 'data-')}></script>`;
}

function elementOf(values: Values, script: string, attributes: readonly Setting[]): string {
  return `<rivulet-chat${written(values, attributes)}></rivulet-chat>\n<script src="${escaped(script)}" async></script>`;
}

function written(values: Values, attributes: readonly Setting[], prefix = ''): string {
  const set = attributes.filter(({ key }) => values.has(key));
  return set
    .map(({ key }) => {
      const value = values.get(key);
      return value ? ` ${prefix}${key}="${escaped(value)}"` : ` ${prefix}${key}`;
    })
    .join('');
}

/** The root is around every chat, and the width of the panel is the page's. */
function styleOf(values: Values, tokens: readonly Setting[]): string {
  const set = tokens.filter(({ key }) => values.has(key));
  if (set.length === 0) return '';
  const lines = set.map(({ key }) => `  ${key}: ${values.get(key)};\n`);
  return `<style>\n:root {\n${lines.join('')}}\n</style>`;
}

/** The chat is there when it is defined: with a launcher, when somebody comes near. */
function wordsOf(values: Values, words: readonly WordSetting[]): string {
  const own = ownWords(values, words);
  if (Object.keys(own).length === 0) return '';
  return `<script type="module">
await customElements.whenDefined('rivulet-chat');
document.querySelector('rivulet-chat').words = ${asCode(own)};
</script>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

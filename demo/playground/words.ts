/** Words of one's own, from texts by key to what a chat takes: `{name}` in a text stands for a value of the word. */

import type { Values, WordSetting } from './setting.ts';

/** A text, or one with the names of its values where it has some. */
export interface OwnWord {
  text: string;
  parameters?: readonly string[];
}

export interface OwnWords {
  [name: string]: OwnWords | OwnWord;
}

/** As `chat.words` has them: by group and name. */
export function ownWords(values: Values, settings: readonly WordSetting[]): OwnWords {
  const words: OwnWords = {};
  for (const { key, path, parameters = [] } of settings) {
    const text = values.get(key);
    if (text === undefined) continue;
    let place = words;
    for (const name of path.slice(0, -1)) place = (place[name] ??= {}) as OwnWords;
    const isMade = parameters.some(name => text.includes(`{${name}}`));
    place[path.at(-1)!] = isMade ? { text, parameters } : { text };
  }
  return words;
}

export function isWord(words: OwnWords | OwnWord): words is OwnWord {
  return typeof words.text === 'string';
}

/** The property's value. */
export function asProperty(words: OwnWords | OwnWord): unknown {
  if (!isWord(words))
    return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, asProperty(word)]));
  const { text, parameters } = words;
  if (!parameters) return text;
  return (...values: unknown[]) =>
    parameters.reduce((said, name, index) => said.replaceAll(`{${name}}`, () => String(values[index])), text);
}

/** The property's value as JavaScript that can stand in a page. */
export function asCode(words: OwnWords | OwnWord, indent = ''): string {
  if (!isWord(words)) {
    const lines = Object.entries(words).map(
      ([name, word]) => `${indent}  ${name}: ${asCode(word, `${indent}  `)},\n`,
    );
    return `{\n${lines.join('')}${indent}}`;
  }
  const { text, parameters } = words;
  if (!parameters) return harmless(JSON.stringify(text));
  const template = parameters.reduce(
    (template, name) => template.replaceAll(`{${name}}`, () => `\${${name}}`),
    text.replace(/[\\`]|\$(?=\{)/g, '\\$&'),
  );
  return `(${parameters.join(', ')}) => \`${harmless(template)}\``;
}

/** Nothing in a script may look like its end. */
function harmless(code: string): string {
  return code.replaceAll('<', '\\u003c');
}

/**
 * All that can be set of a chat, for the playground: attributes and CSS properties as the manifest has them, and every word of the
 * widget, as the module `virtual:settings`. What is added to the sources is in it by itself.
 */

import type { Plugin } from 'vite';
import type { Setting, WordSetting } from './demo/playground/setting.ts';
import { describedElement } from './vite.manifest.ts';
import { locales } from './widget/locales/choose.ts';
import { english } from './widget/locales/english.ts';

const ID = 'virtual:settings';

export function settings(): Plugin {
  return {
    name: 'settings',
    resolveId: id => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null;
      const { attributes, tokens } = settingsOfElement();
      const words = Object.entries(english).flatMap(([group, words]) => wordsIn(group, words, [group]));
      return `export const attributes = ${JSON.stringify(attributes)};
        export const tokens = ${JSON.stringify(tokens)};
        export const words = ${JSON.stringify(words)};`;
    },
  };
}

function settingsOfElement(): { attributes: Setting[]; tokens: Setting[] } {
  const { attributes, members, cssProperties } = describedElement();
  const own = attributes.map(({ name, fieldName, description, type }): Setting => {
    const member = members.find(member => member.name === fieldName);
    return {
      key: name,
      what: description ?? member?.description ?? '',
      ...inputFor(type?.text ?? member?.type?.text ?? ''),
    };
  });
  const languages: Setting = {
    key: 'lang',
    what: 'What the chat speaks; what the page around it says where it is not set.',
    input: 'choice',
    choices: ['en', ...Object.keys(locales)],
  };
  const tokens = cssProperties.map(({ name, description = '', syntax = '*' }): Setting => {
    return { key: name, what: description, input: 'css', syntax };
  });
  return { attributes: [...own, languages], tokens };
}

function inputFor(type: string): Pick<Setting, 'input' | 'choices'> {
  const choices = [...type.matchAll(/'([^']+)'/g)].map(([, word]) => word!);
  if (choices.length > 0) return { input: 'choice', choices };
  if (/\bboolean\b/.test(type)) return { input: 'switch' };
  return { input: /\bnumber\b/.test(type) ? 'number' : 'text' };
}

function wordsIn(group: string, words: unknown, path: readonly string[]): WordSetting[] {
  const key = ['words', ...path].join('.');
  const what = path.slice(1).join(' › ');
  switch (typeof words) {
    case 'string':
      return [{ key, what, input: 'text', group, path, english: words }];
    case 'function':
      return [
        { key, what, input: 'text', group, path, ...asTemplate(words as (...values: string[]) => string) },
      ];
    case 'object':
      return Object.entries(words ?? {}).flatMap(([name, word]) => wordsIn(group, word, [...path, name]));
    default:
      return [];
  }
}

/** A word that is made of values, with their names in its text, where it does no more with them than say them. */
function asTemplate(word: (...values: string[]) => string): Pick<WordSetting, 'english' | 'parameters'> {
  const [, list = ''] = /^(?:\(([^)]*)\)|(\w+))\s*=>/.exec(String(word)) ?? [];
  const parameters = list.split(',').flatMap(name => name.trim() || []);
  if (parameters.length === 0 || parameters.some(name => !/^\w+$/.test(name))) return { english: '' };
  try {
    const english = word(...parameters.map(name => `{${name}}`));
    const isPlain = /\{\w+\}/.test(english) && !english.includes('NaN');
    return { english: isPlain ? english : '', parameters };
  } catch {
    return { english: '', parameters };
  }
}

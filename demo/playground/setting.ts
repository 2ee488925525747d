/** One thing that can be set of a chat, and which values it may have. */

export interface Setting {
  /** The name of an attribute or CSS property; of a word, `words.` and its place. */
  key: string;
  what: string;
  input: 'choice' | 'switch' | 'number' | 'text' | 'css';
  choices?: readonly string[];
  /** As `@property` has it, such as `<color>`. */
  syntax?: string;
}

export interface WordSetting extends Setting {
  group: string;
  path: readonly string[];
  /** What is said where it is not set; empty where that depends on more than can be shown. */
  english: string;
  /** The values that the word is made of. */
  parameters?: readonly string[];
}

/** What has been set, by key. A switch that is on is an empty text. */
export type Values = ReadonlyMap<string, string>;

/** Most characters of a value. */
const MAX_CHARACTERS = 1_000;

/** Properties with the same values as those of each syntax, which the browser knows to check. */
const SAMPLES: Readonly<Record<string, string>> = {
  '<color>': 'color',
  '<length>': 'width',
  '<number>': 'line-height',
  '*': 'font-family',
};

/** Whether a chat can have the value: what is written in an address or typed may be anything. */
export function isPossible({ input, choices = [], syntax = '*' }: Setting, value: string): boolean {
  if (value.length > MAX_CHARACTERS) return false;
  switch (input) {
    case 'choice':
      return choices.includes(value);
    case 'switch':
      return value === '';
    case 'number':
      return /^\d{1,6}$/.test(value);
    case 'text':
      return value !== '';
    case 'css':
      // What refers to something else passes any check, and may load it.
      return (
        !/[\\;{}<]|\b(?:url|var|env|attr|image|image-set|src)\(/i.test(value) &&
        CSS.supports(SAMPLES[syntax] ?? '', value)
      );
    default:
      return input satisfies never;
  }
}

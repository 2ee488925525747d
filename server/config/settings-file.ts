/** From the text of a settings file to the values in it, the variables of the environment put in their places. */

import { ConfigError, type Environment } from './config-error.ts';

/** A settings file that was read, and what it is called in errors. */
export interface SettingsFile {
  name: string;
  text: string;
}

/** @throws ConfigError, without a word of the file: there may be a key anywhere in it */
export function readSettings(file: SettingsFile, environment: Environment): unknown {
  return insertVariables(parseJson(file), environment, file.name);
}

function parseJson({ name, text }: SettingsFile): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${name} is not valid JSON${lineOf(error as Error, text)}.`);
  }
}

/** Where the parser gave up. Its own words would quote the file, which may have a key just there. */
function lineOf({ message }: Error, text: string): string {
  const excerpt = /(?:\.\.\.|, )"(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message)?.[1];
  const position = /at position (\d+)/.exec(message)?.[1];
  const at = position ? Number(position) : excerpt ? text.indexOf(excerpt) : -1;
  return at < 0 ? '' : `, in line ${text.slice(0, at).split('\n').length} or after it`;
}

/** `${NAME}` in a string is a variable of the environment. */
function insertVariables(value: unknown, environment: Environment, where: string): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found) return found;
      throw new ConfigError(`${where}: the environment variable ${name} is not set.`);
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return value.map((item, i) => insertVariables(item, environment, `${where}[${i}]`));
  const entries = Object.entries(value).map(([key, item]) => {
    const path = where.includes(': ') ? `${where}.${key}` : `${where}: ${key}`;
    return [key, insertVariables(item, environment, path)] as const;
  });
  return Object.fromEntries(entries);
}

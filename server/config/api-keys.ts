/** The keys of a provider: from the settings, else from the environment, each as a text with one or more or as a file. */

import { ConfigError, type Environment } from './config-error.ts';
import type { ProviderSettings } from './schema.ts';
import { Secret } from './secret.ts';

/** Reads a file of keys. @throws when it cannot */
export type ReadFile = (path: string) => string;

/**
 * @param keyVariable the catalogue's variable; `<keyVariable>_FILE` names a file
 * @returns none where none is set
 * @throws ConfigError
 */
export function apiKeys(
  name: string,
  settings: ProviderSettings,
  keyVariable: string | undefined,
  environment: Environment,
  readFile: ReadFile,
): Secret[] {
  const fromSettings = readKeys(
    { where: `providers.${name}.apiKey`, text: settings.apiKey },
    { where: `providers.${name}.apiKeyFile`, path: settings.apiKeyFile },
    readFile,
  );
  if (fromSettings.length > 0 || !keyVariable) return fromSettings;
  return readKeys(
    { where: keyVariable, text: environment[keyVariable] },
    { where: fileVariable(keyVariable), path: environment[fileVariable(keyVariable)] },
    readFile,
  );
}

/** Names a file with keys, one a line. */
export function fileVariable(keyVariable: string): string {
  return `${keyVariable}_FILE`;
}

function readKeys(
  given: { where: string; text: string | readonly string[] | undefined },
  file: { where: string; path: string | undefined },
  readFile: ReadFile,
): Secret[] {
  if (given.text?.length && file.path) {
    throw new ConfigError(`${given.where} and ${file.where} are both set: leave one out.`);
  }
  if (!file.path) return secrets(given.where, [given.text ?? []].flat(), ',');
  const keys = secrets(file.where, [read(file.where, file.path, readFile)], /\r?\n/);
  if (keys.length === 0) throw new ConfigError(`${file.where}: there is no key in ${file.path}.`);
  return keys;
}

function read(where: string, path: string, readFile: ReadFile): string {
  try {
    return readFile(path);
  } catch (error) {
    const { code } = error as { code?: unknown };
    throw new ConfigError(
      `${where}: ${path} cannot be read (${typeof code === 'string' ? code : 'no file'}).`,
    );
  }
}

function secrets(where: string, texts: readonly string[], separator: string | RegExp): Secret[] {
  const keys = texts.flatMap(text => text.split(separator)).map(key => key.replace(/^ +| +$/g, ''));
  // The message never shows the key, not even a wrong one.
  if (keys.some(key => /[^\x21-\x7e]/.test(key))) {
    throw new ConfigError(`${where}: has a space, a line break or another character no key has.`);
  }
  return [...new Set(keys)].filter(key => key !== '').map(key => new Secret(key));
}

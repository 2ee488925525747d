/** Makes the config of what the file says and what the environment says; where both do, the environment wins. */

import type { z } from 'zod';
import type { Config } from './config.ts';
import { allowlist } from './allowlist.ts';
import type { ReadFile } from './api-keys.ts';
import { ConfigError, type Environment } from './config-error.ts';
import { fallbackModels } from './fallbacks.ts';
import { Secret } from './secret.ts';
import { settingsSchema, type Settings } from './schema.ts';
import { readSettings, type SettingsFile } from './settings-file.ts';

export { ConfigError, type SettingsFile };

/** Common settings that a variable of the environment sets, each with the way its text is read. */
export const variables: Readonly<
  Record<string, { path: readonly string[]; read: (text: string) => unknown }>
> = {
  PORT: { path: ['port'], read: Number },
  HOST: { path: ['host'], read: String },
  ALLOWED_ORIGINS: { path: ['allowedOrigins'], read: list },
  DEFAULT_MODEL: { path: ['defaultModel'], read: String },
  SYSTEM_PROMPT: { path: ['systemPrompt'], read: String },
  STREAMS_PER_CLIENT: { path: ['limits', 'streamsPerClient'], read: Number },
  REDIS_URL: { path: ['redisUrl'], read: String },
  METRICS_TOKEN: { path: ['metrics', 'token'], read: String },
  SESSION_SECRET: { path: ['session', 'secret'], read: String },
  TRUSTED_PROXY_HOPS: { path: ['trustedProxyHops'], read: Number },
};

/** Name an HTTP proxy on the way to the upstreams, maybe with a password. */
const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap(name => [name, name.toUpperCase()]);

/**
 * @param file the settings file, if there is one
 * @param readFile reads files of keys; absent where the runtime has no files
 * @throws ConfigError, one sentence that names the field
 */
export function loadConfig(
  file: SettingsFile | null,
  environment: Environment,
  readFile: ReadFile = noFiles,
): Config {
  const written = file ? readSettings(file, environment) : {};
  const merged = mergeEnvironment(written, environment);
  const parsed = settingsSchema.safeParse(merged);
  if (!parsed.success) throw settingError(parsed.error, file, environment);
  return complete(parsed.data, environment, readFile);
}

function complete(settings: Settings, environment: Environment, readFile: ReadFile): Config {
  const { models, secrets } = allowlist(settings.providers, environment, readFile);
  const defaultModel = settings.defaultModel ?? models.keys().next().value!;
  if (!models.has(defaultModel)) {
    throw new ConfigError(
      `defaultModel: there is no model ${defaultModel}; there are ${[...models.keys()].join(', ')}.`,
    );
  }
  const { $schema: _, providers: __, redisUrl, metrics, session, contact, ...rest } = settings;
  const { secret, previousSecret, captcha, ...sessionRest } = session;
  const sessionSecrets = [secret, previousSecret].filter(text => text !== undefined);
  return {
    ...rest,
    models,
    defaultModel,
    fallbacks: fallbackModels(settings.fallbacks, models),
    systemPrompt: settings.systemPrompt || undefined,
    tools: settings.tools ?? [
      ...new Set([...models.values()].flatMap(({ provider }) => provider.tools ?? [])),
    ],
    allowedOrigins: settings.allowedOrigins,
    redisUrl: redisUrl ? new Secret(redisUrl) : undefined,
    metrics: { token: metrics.token ? new Secret(metrics.token) : undefined },
    audit: settings.audit,
    contact: contact && { ...contact, webhookSecret: new Secret(contact.webhookSecret) },
    session: {
      ...sessionRest,
      secrets: sessionSecrets.map(text => new Secret(text)),
      captcha: captcha && { ...captcha, secret: new Secret(captcha.secret) },
    },
    secrets: [
      ...secrets,
      ...passwords([redisUrl, ...proxyVariables.map(name => environment[name])]),
      ...sessionSecrets,
      ...(metrics.token ? [metrics.token] : []),
      ...(captcha ? [captcha.secret] : []),
      ...(contact ? [contact.webhookSecret] : []),
    ],
  };
}

/** Of URLs that have one. */
function passwords(urls: ReadonlyArray<string | undefined>): string[] {
  return urls
    .map(url => (url && URL.canParse(url) ? new URL(url).password : ''))
    .filter(password => password !== '')
    .flatMap(password => [password, decoded(password)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function noFiles(): never {
  throw new Error('there are no files');
}

function mergeEnvironment(written: unknown, environment: Environment): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written;
  const merged = { ...written } as Record<string, unknown>;
  for (const [name, { path, read }] of Object.entries(variables)) {
    const text = environment[name];
    if (!text) continue;
    const [first, second] = path as [string, string?];
    merged[first] = second ? { ...(merged[first] as object | undefined), [second]: read(text) } : read(text);
  }
  return merged;
}

function settingError(error: z.ZodError, file: SettingsFile | null, environment: Environment): ConfigError {
  const issue = error.issues[0]!;
  const path = issue.path.join('.');
  const variable = Object.keys(variables).find(
    name => environment[name] && path.startsWith(variables[name]!.path.join('.')),
  );
  const source = variable ?? (file ? `${file.name}: ${path || 'the file'}` : path);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map(key => (path ? `${path}.${key}` : key));
    return new ConfigError(`${file?.name}: there is no setting ${keys.join(', ')}.`);
  }
  return new ConfigError(`${source}: ${issue.message}.`);
}

function list(text: string): string[] {
  return text
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '');
}

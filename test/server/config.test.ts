/** Settings from the file and the environment, and the one sentence that a wrong one gets. */

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { test } from 'node:test';
import type { Config } from '../../server/config/config.ts';
import { ConfigError, loadConfig } from '../../server/config/load.ts';
import { providers } from '../../server/config/providers.ts';
import { settingsJsonSchema, settingsSchema } from '../../server/config/schema.ts';

const file = (settings: unknown) => ({ name: 'rivulet.config.json', text: JSON.stringify(settings) });
/** The keys of the default model's provider. */
const revealed = ({ models, defaultModel }: Config) =>
  models.get(defaultModel)!.provider.apiKeys.map(key => key.reveal());
const local = { baseUrl: 'http://127.0.0.1:11434/v1', models: ['a'] };

test('without any setting the demo model answers on port 3000', () => {
  const config = loadConfig(null, {});
  assert.deepEqual(
    [...config.models.keys()],
    ['rivulet-demo', 'rivulet-demo-early', 'rivulet-demo-late', 'rivulet-demo-slow'],
  );
  assert.equal(config.defaultModel, 'rivulet-demo');
  assert.equal(config.port, 3000);
  assert.equal(config.limits.streamsPerClient, 3);
  assert.equal(config.allowedOrigins, undefined);
});

for (const { name, keyVariable, baseUrl, models } of providers) {
  test(`${keyVariable} in the environment turns ${name} on`, () => {
    const config = loadConfig(null, { [keyVariable]: 'the-key' });
    const model = config.models.get(config.defaultModel)!;
    assert.equal(model.id, models[0]!.id);
    assert.equal(model.provider.baseUrl, baseUrl);
    assert.deepEqual(revealed(config), ['the-key']);
    assert.equal(config.models.size, models.length);
  });
}

test('an empty key turns nothing on', () => {
  assert.equal(loadConfig(null, { DEEPSEEK_API_KEY: '' }).defaultModel, 'rivulet-demo');
});

test('a provider without a key is turned on by its base URL', () => {
  const config = loadConfig(null, { OLLAMA_BASE_URL: 'http://10.0.0.7:11434/v1/' });
  const { provider } = config.models.get(config.defaultModel)!;
  assert.equal(provider.baseUrl, 'http://10.0.0.7:11434/v1');
  assert.deepEqual(provider.apiKeys, []);
});

test('a base URL in the environment wins over the file, and the file over the catalogue', () => {
  const settings = file({ providers: { openai: { apiKey: 'k', baseUrl: 'https://file.example/v1' } } });
  const url = (environment: Record<string, string>) =>
    [...loadConfig(settings, environment).models.values()][0]!.provider.baseUrl;
  assert.equal(url({}), 'https://file.example/v1');
  assert.equal(url({ OPENAI_BASE_URL: 'https://environment.example/v1' }), 'https://environment.example/v1');
});

test('providers in the file are all there are, whatever keys lie in the environment', () => {
  const config = loadConfig(file({ providers: { local } }), { OPENAI_API_KEY: 'k' });
  assert.deepEqual([...config.models.keys()], ['a']);
});

test('models of one name in two providers can both be asked for', () => {
  const config = loadConfig(file({ providers: { one: local, two: local } }), {});
  assert.deepEqual([...config.models.keys()], ['a', 'two/a']);
  assert.equal(config.models.get('two/a')!.upstreamId, 'a');
});

test('a model in the file keeps what the catalogue knows, but for what the file says', () => {
  const known = providers.find(({ name }) => name === 'deepseek')!.models[0]!;
  const models = [known.id, { id: 'new-one', label: 'New', price: { input: 1, output: 2 } }];
  const config = loadConfig(file({ providers: { deepseek: { apiKey: 'k', models } } }), {});
  assert.deepEqual(config.models.get(known.id)!.price, known.price);
  const own = { id: known.id, price: { input: 9, output: 9, currency: 'EUR' } };
  const changed = loadConfig(file({ providers: { deepseek: { apiKey: 'k', models: [own] } } }), {});
  assert.deepEqual(changed.models.get(known.id)!.price, own.price);
  assert.equal(changed.models.get(known.id)!.label, known.label);
  assert.equal(config.models.get('new-one')!.label, 'New');
});

test('MODELS chooses, in its order, and names models that the catalogue does not know', () => {
  const keys = { DEEPSEEK_API_KEY: 'd', OPENAI_API_KEY: 'o' };
  const [deepseek] = providers.find(({ name }) => name === 'deepseek')!.models;
  const config = loadConfig(null, { ...keys, MODELS: `openai/gpt-9, ${deepseek!.id}` });
  assert.deepEqual([...config.models.keys()], ['gpt-9', deepseek!.id]);
  assert.equal(config.models.get('gpt-9')!.provider.name, 'openai');
  assert.equal(loadConfig(null, { OPENAI_API_KEY: 'o', MODELS: 'gpt-9' }).defaultModel, 'gpt-9');
  assert.throws(() => loadConfig(null, { ...keys, MODELS: 'gpt-9' }), /MODELS: whose model is gpt-9\?/);
});

test('variables of the environment win over the file', () => {
  const settings = file({ port: 1, limits: { streamsPerClient: 1, maxMessages: 7 }, systemPrompt: 'file' });
  const environment = {
    PORT: '8080',
    HOST: '0.0.0.0',
    STREAMS_PER_CLIENT: '9',
    SYSTEM_PROMPT: 'environment',
    ALLOWED_ORIGINS: 'https://a.example, https://b.example',
    TRUSTED_PROXY_HOPS: '1',
    REDIS_URL: 'redis://:the-password@127.0.0.1:6379',
  };
  const config = loadConfig(settings, environment);
  assert.equal(config.port, 8080);
  assert.equal(config.host, '0.0.0.0');
  assert.equal(config.limits.streamsPerClient, 9);
  assert.equal(config.limits.maxMessages, 7);
  assert.equal(config.systemPrompt, 'environment');
  assert.deepEqual(config.allowedOrigins, ['https://a.example', 'https://b.example']);
  assert.equal(config.trustedProxyHops, 1);
  assert.equal(config.redisUrl?.reveal(), environment.REDIS_URL);
  assert.ok(config.secrets.includes('the-password'), 'for the log to leave out');
  assert.ok(!inspect(config.redisUrl).includes('the-password'));
});

test('${NAME} in a string is a variable of the environment', () => {
  const settings = file({
    providers: { local: { ...local, apiKey: '${MY_KEY}' } },
    systemPrompt: 'Of ${SITE}.',
  });
  const config = loadConfig(settings, { MY_KEY: 'secret', SITE: 'example.com' });
  assert.deepEqual(revealed(config), ['secret']);
  assert.equal(config.systemPrompt, 'Of example.com.');
});

test('a provider may have several keys: a list, or a text with commas, from the file or the environment', () => {
  const keys = (apiKey: unknown, environment: Record<string, string> = {}) =>
    revealed(loadConfig(file({ providers: { openai: { apiKey } } }), environment));
  assert.deepEqual(keys(['one', 'two']), ['one', 'two']);
  assert.deepEqual(keys('one, two,'), ['one', 'two']);
  assert.deepEqual(keys('${KEYS}', { KEYS: 'one,two' }), ['one', 'two']);
  assert.deepEqual(revealed(loadConfig(null, { OPENAI_API_KEY: 'one,two,one' })), ['one', 'two']);
});

test('keys are read from a file, one a line, that a variable or a setting names', () => {
  const files: Record<string, string> = { '/run/secrets/openai': 'one\ntwo\r\n\n' };
  const read = (path: string) => files[path] ?? assert.fail(path);
  const config = loadConfig(null, { OPENAI_API_KEY_FILE: '/run/secrets/openai' }, read);
  assert.deepEqual(revealed(config), ['one', 'two']);
  assert.deepEqual(config.secrets, ['one', 'two'], 'for the log to leave out');
  const settings = file({ providers: { local: { ...local, apiKeyFile: '/run/secrets/openai' } } });
  assert.deepEqual(revealed(loadConfig(settings, {}, read)), ['one', 'two']);
});

test('fallbacks are models of the allowlist, in their order', () => {
  const providers = { one: { ...local, models: ['a', 'b'] }, two: { ...local, models: ['c'] } };
  const config = loadConfig(file({ providers, fallbacks: { a: ['c', 'b'] } }), {});
  assert.deepEqual(
    config.fallbacks.get('a')?.map(({ id, provider }) => `${provider.name}/${id}`),
    ['two/c', 'one/b'],
  );
});

test('the password of a proxy is left out of the log', () => {
  const config = loadConfig(null, { HTTPS_PROXY: 'http://me:pass%20word@proxy.example:3128' });
  assert.deepEqual(config.secrets, ['pass%20word', 'pass word']);
});

const mistakes: Array<
  [name: string, settings: unknown, environment: Record<string, string>, sentence: RegExp]
> = [
  ['an unknown setting', { limit: {} }, {}, /^rivulet\.config\.json: there is no setting limit\.$/],
  ['an unknown inner setting', { limits: { streams: 1 } }, {}, /there is no setting limits\.streams\.$/],
  ['a wrong type', { port: 'x' }, {}, /^rivulet\.config\.json: port: /],
  [
    'a day in which no answer fits',
    { limits: { tokensPerDayTotal: 4_096 } },
    {},
    /limits\.tokensPerDayTotal: must be more than maxOutputTokens, which is 4096/,
  ],
  ['a pause that is neither', { paused: 1 }, {}, /paused: must be true, false, or the words/],
  [
    'a command with a slash',
    { widget: { commands: [{ name: '/bye', text: 'Bye.' }] } },
    {},
    /widget\.commands\.0\.name: must be 1 to 32 characters, and none of them a space or a slash/,
  ],
  ['a number that is too small', { limits: { streamsPerClient: 0 } }, {}, /limits\.streamsPerClient: /],
  ['a wrong variable', {}, { PORT: 'abc' }, /^PORT: /],
  ['a wrong inner variable', {}, { STREAMS_PER_CLIENT: '-1' }, /^STREAMS_PER_CLIENT: /],
  ['a wildcard origin', { allowedOrigins: ['*'] }, {}, /allowedOrigins\.0: must be an origin such as/],
  [
    'an origin with a path',
    {},
    { ALLOWED_ORIGINS: 'https://a.example/' },
    /^ALLOWED_ORIGINS: must be an origin/,
  ],
  [
    'a variable that is not set',
    { systemPrompt: '${NO}' },
    {},
    /systemPrompt: the environment variable NO is not set/,
  ],
  [
    'a provider without a key',
    { providers: { openai: {} } },
    {},
    /set its key in the environment variable OPENAI_API_KEY/,
  ],
  ['an unknown provider', { providers: { mine: {} } }, {}, /providers\.mine\.baseUrl is missing/],
  [
    'an unknown provider without models',
    { providers: { mine: { baseUrl: local.baseUrl } } },
    {},
    /providers\.mine\.models is missing/,
  ],
  [
    'no URL',
    { providers: { mine: { ...local, baseUrl: 'ftp://x' } } },
    {},
    /providers\.mine\.baseUrl: must be an http/,
  ],
  [
    'no URL in a variable',
    {},
    { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'nonsense' },
    /^OPENAI_BASE_URL: must be an http/,
  ],
  [
    'a default model that is not offered',
    { defaultModel: 'x' },
    {},
    /^defaultModel: there is no model x; there are rivulet-demo, rivulet-demo-early, rivulet-demo-late, rivulet-demo-slow/,
  ],
  ['a key with a line break', {}, { OPENAI_API_KEY: 'k\n' }, /^OPENAI_API_KEY: has a space, a line break/],
  [
    'a key in two places',
    {},
    { OPENAI_API_KEY: 'k', OPENAI_API_KEY_FILE: '/x' },
    /^OPENAI_API_KEY and OPENAI_API_KEY_FILE are both set: leave one out\.$/,
  ],
  [
    'a file of keys that is not there',
    {},
    { OPENAI_API_KEY_FILE: '/x' },
    /^OPENAI_API_KEY_FILE: \/x cannot be read/,
  ],
  [
    'a key that is a number',
    { providers: { openai: { apiKey: 1 } } },
    {},
    /apiKey: must be a key, or a list/,
  ],
  ['a fallback for no model', { fallbacks: { x: ['y'] } }, {}, /^fallbacks: there is no model x; there are/],
  [
    'a fallback that is no model',
    { fallbacks: { 'rivulet-demo': ['y'] } },
    {},
    /^fallbacks\.rivulet-demo: there is no model y; there are rivulet-demo, rivulet-demo-early, rivulet-demo-late, rivulet-demo-slow\.$/,
  ],
  [
    'a model that stands in for itself',
    { fallbacks: { 'rivulet-demo': ['rivulet-demo'] } },
    {},
    /^fallbacks\.rivulet-demo: names a model twice, or rivulet-demo itself/,
  ],
  ['no Redis URL', { redisUrl: 'http://127.0.0.1' }, {}, /redisUrl: must be a redis or rediss URL/],
  ['a grace below 0', { resume: { graceSeconds: -1 } }, {}, /resume\.graceSeconds: /],
  ['a file that is a list', [], {}, /rivulet\.config\.json/],
];

for (const [name, settings, environment, sentence] of mistakes) {
  test(`${name} is refused in one sentence that names it`, () => {
    assert.throws(
      () => loadConfig(file(settings), environment),
      (error: unknown) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, sentence);
        assert.equal(error.message.split('\n').length, 1);
        return true;
      },
    );
  });
}

test('a file that is no JSON is refused in one sentence', () => {
  assert.throws(
    () => loadConfig({ name: 'x.json', text: '{"port": 1,}' }, {}),
    /^ConfigError|x\.json is not valid JSON/,
  );
});

test('a file that is no JSON is never quoted: there may be a key just where it breaks', () => {
  const key = 'sk-0123456789';
  const refusal = (text: string): string => {
    try {
      loadConfig({ name: 'x.json', text }, {});
    } catch (error) {
      return (error as Error).message;
    }
    return assert.fail(text);
  };
  for (const text of [
    key,
    `{"apiKey": ${key}}`,
    `{"apiKey": "${key}",}`,
    `["${key}" "${key}"]`,
    `{"${key}`,
  ]) {
    const sentence = refusal(text);
    for (let n = 0; n + 4 <= key.length; n++) assert.ok(!sentence.includes(key.slice(n, n + 4)), sentence);
  }
  assert.equal(refusal('{\n  "port": 3000,\n  oops\n}'), 'x.json is not valid JSON, in line 3 or after it.');
});

test('no way of printing a config shows a key', () => {
  const config = loadConfig(null, { OPENAI_API_KEY: 'the-key' });
  const { provider } = config.models.get(config.defaultModel)!;
  for (const text of [inspect(provider, { depth: 9 }), JSON.stringify(provider), String(provider.apiKeys)]) {
    assert.ok(!text.includes('the-key'), text);
    assert.match(text, /\[redacted\]/);
  }
});

test('every setting has a description in the JSON schema, or is a group of settings', () => {
  const visit = (schema: Record<string, unknown>, path: string): void => {
    for (const [name, property] of Object.entries(
      (schema.properties ?? {}) as Record<string, Record<string, unknown>>,
    )) {
      if (property.properties) visit(property, `${path}${name}.`);
      else if (name !== '$schema' && name !== 'theme') assert.ok(property.description, `${path}${name}`);
    }
  };
  visit(settingsJsonSchema() as Record<string, unknown>, '');
  assert.ok(settingsSchema.safeParse({}).success);
});

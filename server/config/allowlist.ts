/** Joins the catalogue, the settings and the keys of the environment to the models that visitors may ask for. */

import { demoProvider } from '../upstream/demo-model.ts';
import { apiKeys, fileVariable, type ReadFile } from './api-keys.ts';
import { ConfigError, type Environment } from './config-error.ts';
import type { Model, Models, ProviderAccess } from './models.ts';
import { type CatalogueModel, type Provider, providers as catalogue } from './providers.ts';
import type { ProviderSettings } from './schema.ts';

/** A provider that is on, with the models of it that are offered. */
interface Offer {
  access: ProviderAccess;
  models: readonly CatalogueModel[];
}

/** @throws ConfigError */
export function allowlist(
  settings: Readonly<Record<string, ProviderSettings>> | undefined,
  environment: Environment,
  readFile: ReadFile,
): { models: Models; secrets: string[] } {
  const offers = settings
    ? Object.entries(settings).map(([name, provider]) => fromSettings(name, provider, environment, readFile))
    : fromEnvironment(environment, readFile);
  const chosen = environment.MODELS ? chooseModels(offers, environment.MODELS) : offers;
  const secrets = offers.flatMap(({ access }) => access.apiKeys.map(key => key.reveal()));
  return { models: byId(chosen), secrets };
}

/** Every provider whose key is set; the demo model where there is none. */
function fromEnvironment(environment: Environment, readFile: ReadFile): Offer[] {
  const on = catalogue.filter(
    ({ name, keyVariable, keyOptional }) =>
      environment[keyVariable] ||
      environment[fileVariable(keyVariable)] ||
      (keyOptional && environment[baseUrlVariable(name)]),
  );
  return (on.length > 0 ? on : [demoProvider]).map(({ name }) =>
    fromSettings(name, {}, environment, readFile),
  );
}

function fromSettings(
  name: string,
  settings: ProviderSettings,
  environment: Environment,
  readFile: ReadFile,
): Offer {
  const entry = [...catalogue, demoProvider].find(entry => entry.name === name);
  const override = environment[baseUrlVariable(name)];
  if (override && !(URL.canParse(override) && /^https?:/.test(override))) {
    throw new ConfigError(`${baseUrlVariable(name)}: must be an http or https URL.`);
  }
  const baseUrl = override || settings.baseUrl || entry?.baseUrl;
  if (!baseUrl)
    throw new ConfigError(`providers.${name}.baseUrl is missing: the catalogue has no such provider.`);

  const keys = apiKeys(name, settings, entry?.keyVariable, environment, readFile);
  if (keys.length === 0 && entry && !entry.keyOptional) {
    throw new ConfigError(`providers.${name}: set its key in the environment variable ${entry.keyVariable}.`);
  }
  const models = settings.models?.map(model => describe(model, entry)) ?? entry?.models;
  if (!models)
    throw new ConfigError(`providers.${name}.models is missing: the catalogue has no such provider.`);
  const quirks = { ...entry?.quirks };
  if (settings.maxTokensField) quirks.maxTokensField = settings.maxTokensField;
  if (settings.takesThinking !== undefined) quirks.takesThinking = settings.takesThinking;
  const access = {
    name,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    apiKeys: keys,
    quirks,
    ...(entry?.tools && { tools: entry.tools }),
  };
  return { access, models };
}

/** A model as the settings name it, completed by what the catalogue knows of it. */
function describe(
  model: NonNullable<ProviderSettings['models']>[number],
  entry: Provider | undefined,
): CatalogueModel {
  const { id, ...set } = typeof model === 'string' ? { id: model } : model;
  const known = entry?.models.find(known => known.id === id);
  return { label: id, vision: false, price: null, ...known, ...set, id };
}

/** `MODELS`: ids, or `provider/id` where the catalogue does not say whose a model is. */
function chooseModels(offers: readonly Offer[], list: string): Offer[] {
  const chosen = list
    .split(',')
    .map(text => text.trim())
    .filter(text => text !== '')
    .map(text => chooseModel(offers, text));
  if (chosen.length === 0) throw new ConfigError('MODELS: names no model.');
  return chosen;
}

function chooseModel(offers: readonly Offer[], text: string): Offer {
  for (const offer of offers) {
    const known = offer.models.find(({ id }) => id === text);
    if (known) return { access: offer.access, models: [known] };
  }
  const named = offers.find(({ access }) => text.startsWith(`${access.name}/`));
  const offer = named ?? (offers.length === 1 ? offers[0] : undefined);
  if (!offer) {
    throw new ConfigError(`MODELS: whose model is ${text}? Write it as <provider>/${text}.`);
  }
  const id = named ? text.slice(named.access.name.length + 1) : text;
  const known = offer.models.find(model => model.id === id);
  return { access: offer.access, models: [known ?? { id, label: id, vision: false, price: null }] };
}

/** Two providers may have a model of one name: the second is asked for as `provider/id`. */
function byId(offers: readonly Offer[]): Models {
  const models = new Map<string, Model>();
  for (const { access, models: offered } of offers) {
    for (const { id, label, vision, price, refuses = [] } of offered) {
      const publicId = models.has(id) ? `${access.name}/${id}` : id;
      models.set(publicId, { id: publicId, upstreamId: id, label, vision, price, refuses, provider: access });
    }
  }
  return models;
}

function baseUrlVariable(name: string): string {
  return `${name.toUpperCase().replaceAll('-', '_')}_BASE_URL`;
}

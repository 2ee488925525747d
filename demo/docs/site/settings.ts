/** The page of all settings, made of their schema: each setting is a heading with what it may be. */

import { variables } from '../../../server/config/load.ts';
import { settingsJsonSchema } from '../../../server/config/schema.ts';

/** What of a JSON schema ours has. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | false;
  items?: Schema;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  minItems?: number;
  maxItems?: number;
}

const INTRODUCTION = `# Settings

All of these stand in \`rivulet.config.json\`, or in the file that \`--config\` names, and each may be left out. In any text
\`\${NAME}\` is the variable of the environment with that name. A file with a mistake stops the start, with a sentence that
names the field. Some settings have a variable of their own, which wins over the file; besides those named below,
\`MODELS\` is a list of models, apart by commas, to which the ones that are offered are narrowed. The JSON schema of the
file, for your editor, is \`rivulet-chat/config.schema.json\` in the package.`;

export function settingsPage(): string {
  const { properties = {} } = settingsJsonSchema() as Schema;
  const sections = Object.entries(properties).map(([name, schema]) => section(name, schema));
  // Those that stand alone come first, under a heading of their own.
  const alone = sections.filter(text => !text.startsWith('## '));
  const grouped = sections.filter(text => text.startsWith('## '));
  return [INTRODUCTION, '## One by one', ...alone, ...grouped].join('\n\n');
}

function section(name: string, schema: Schema): string {
  const parts = partsOf(name, schema);
  if (parts.length === 0) return entry(name, schema);
  const head = `## \`${name}\`\n\n${sentence(schema.description)}`;
  return [head, ...parts.flatMap(([path, part]) => [entry(path, part), ...deeper(path, part)])].join('\n\n');
}

function deeper(path: string, schema: Schema): string[] {
  return partsOf(path, schema).flatMap(([path, part]) => [entry(path, part), ...deeper(path, part)]);
}

/** The settings within one, by their whole names. */
export function partsOf(path: string, schema: Schema): Array<[string, Schema]> {
  const { anyOf = [], items, additionalProperties, properties } = schema;
  if (properties) return Object.entries(properties).map(([name, part]) => [`${path}.${name}`, part]);
  if (additionalProperties) return partsOf(`${path}.<name>`, additionalProperties);
  if (items) return partsOf(`${path}[]`, items);
  return anyOf.flatMap(one => partsOf(path, one));
}

function entry(path: string, schema: Schema): string {
  const variable = Object.entries(variables).find(([, { path: names }]) => names.join('.') === path)?.[0];
  const facts = [
    kind(schema),
    ...(isPlain(schema.default) ? [`default \`${JSON.stringify(schema.default)}\``] : []),
    ...(variable ? [`variable \`${variable}\``] : []),
  ];
  return `### \`${path}\`\n\n*${facts.join(' · ')}*\n\n${sentence(schema.description)}`;
}

function isPlain(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || Array.isArray(value));
}

function kind(schema: Schema): string {
  const { type, anyOf, enum: words, items, additionalProperties } = schema;
  if (words) return words.map(word => `\`${word}\``).join(' or ');
  if (anyOf) return anyOf.map(kind).join(', or ');
  if (items) return `list of: ${kind(items)}${range(schema.minItems, schema.maxItems)}`;
  if (additionalProperties) return `object of: ${kind(additionalProperties)}`;
  const name = { string: 'text', boolean: '`true` or `false`', integer: 'whole number' }[type!] ?? type!;
  return `${name}${range(schema.minimum, schema.maximum)}`;
}

function range(least?: number, most?: number): string {
  const from = least === undefined ? '' : ` from ${least}`;
  // The largest number that JSON can say exactly is no limit of ours.
  return most === undefined || most === Number.MAX_SAFE_INTEGER ? from : `${from} to ${most}`;
}

function sentence(text = ''): string {
  return text && `${text}.`;
}

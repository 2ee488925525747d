/** The page of the element, made of its manifest: attributes, properties, methods, events, slots, parts, CSS properties. */

import { readFileSync } from 'node:fs';
import type { Described, Element, Member } from '../../../vite.manifest.ts';
import { parts } from '../../parts.ts';

const INTRODUCTION = `# The element

\`<rivulet-chat>\` is an element like any other: attributes and properties may be set at any time, and the conversation stays. With the
script tag, \`data-heading\` sets what the attribute \`heading\` sets, and so on with all of them.`;

export function elementPage({ attributes, members, events, slots, cssProperties }: Element): string {
  const methods = members.filter(({ kind }) => kind === 'method');
  // An attribute says what its property is.
  const ofAttributes = new Set(attributes.flatMap(({ name, fieldName }) => [name, fieldName]));
  const properties = members.filter(({ kind, name }) => kind === 'field' && !ofAttributes.has(name));
  const meaning = ({ name, fieldName, description }: Element['attributes'][number]) =>
    description ?? members.find(member => member.name === (fieldName ?? name))?.description;
  return [
    INTRODUCTION,
    '## Attributes',
    'Each is a property too; where that has another name, it stands in brackets.',
    ...attributes.map(one =>
      entry({
        name: one.name,
        type: one.type,
        description: `${meaning(one)}${one.fieldName && one.fieldName !== one.name ? ` (property: \`${one.fieldName}\`)` : ''}`,
      }),
    ),
    '## Properties',
    'For scripts; they have no attribute.',
    ...properties.map(entry),
    '## Methods',
    ...methods.map(method => entry({ ...method, name: call(method), type: method.return?.type })),
    '## Events',
    'All of them bubble and leave shadow roots. The types of their details stand [below](#details-of-events).',
    ...events.map(entry),
    '### Details of events',
    'What `event.detail` is:',
    `\`\`\`ts\n${details()}\n\`\`\``,
    '## Slots',
    ...slots.map(entry),
    '## CSS properties',
    'Set on `rivulet-chat` or on anything around it. [Theming](theming.md) shows them at work.',
    ...cssProperties.map(entry),
    '## Parts',
    'For `rivulet-chat::part(name)`:',
    `| Part | What it is |\n|---|---|\n${parts.map(([name, what]) => `| \`${name}\` | ${what} |`).join('\n')}`,
  ].join('\n\n');
}

function entry({ name, type, description = '' }: Described): string {
  const text = description.replaceAll(/\s+/g, ' ').trim();
  const end = /[.)]$/.test(text) || !text ? '' : '.';
  const kind = type ? `*\`${type.text}\`*\n\n` : '';
  return `### \`${name}\`\n\n${kind}${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}

function call({ name, parameters = [] }: Member): string {
  return `${name}(${parameters.map(({ name, type }) => `${name}: ${type?.text}`).join(', ')})`;
}

/** The interfaces, with what the sources say of each field. */
function details(): string {
  const files = ['page-events', 'forms/room', 'tools/tool', 'controllers/handover', 'controllers/feedback'];
  return files
    .flatMap(file => {
      const source = readFileSync(`${import.meta.dirname}/../../../widget/${file}.ts`, 'utf8');
      return source.match(/^export interface \w+Detail\b[^{]*\{[^}]*\}/gm) ?? [];
    })
    .map(text => text.replace(/^export /, ''))
    .join('\n\n');
}

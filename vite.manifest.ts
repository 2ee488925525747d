/**
 * What editors and documentation know of the element: a custom-elements manifest, made of the sources by the analyzer, and the
 * hints of it that VS Code and JetBrains' editors read. Only what is for pages is in them.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from '@custom-elements-manifest/analyzer/src/create.js';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';
import type { Plugin } from 'vite';

const TAG = 'rivulet-chat';
const SOURCE = `widget/${TAG}.ts`;
/** As the package has it. */
const MODULE = 'dist/npm/index.js';

/** The analyzer reads the trees of a TypeScript of its own. */
const analyzer = createRequire(import.meta.url).resolve('@custom-elements-manifest/analyzer/src/create.js');
const ts = createRequire(analyzer)('typescript') as typeof import('typescript');

export interface Described {
  name: string;
  description?: string;
  type?: { text: string };
}

export interface Member extends Described {
  kind: 'field' | 'method';
  privacy?: 'public' | 'private' | 'protected';
  static?: boolean;
  /** Of a method. */
  parameters?: Described[];
  return?: { type?: { text: string } };
}

export interface Attribute extends Described {
  /** The property that it sets. */
  fieldName?: string;
}

/** https://developer.mozilla.org/docs/Web/CSS/@property/syntax: what its value has to be. */
export interface CssProperty extends Described {
  syntax?: string;
}

export interface Element extends Described {
  kind: string;
  members: Member[];
  attributes: Attribute[];
  events: Described[];
  slots: Described[];
  cssProperties: CssProperty[];
}

/** Emits `custom-elements.json`, `html-custom-data.json` and `web-types.json`. */
export function manifest(): Plugin {
  return {
    name: 'manifest',
    generateBundle() {
      const element = describedElement();
      const emit = (fileName: string, json: object) =>
        this.emitFile({ type: 'asset', fileName, source: JSON.stringify(json) });
      emit('custom-elements.json', manifestOf(element));
      emit('html-custom-data.json', hintsOf(element));
      emit('web-types.json', webTypesOf(element));
    },
  };
}

/** What the sources say of the element. */
export function describedElement(): Element {
  const text = spelledOut(readFileSync(`${import.meta.dirname}/${SOURCE}`, 'utf8'));
  const source = ts.createSourceFile(SOURCE, text, ts.ScriptTarget.ES2022, true);
  const { modules } = create({ modules: [source], plugins: litPlugin() });
  const element = (modules[0]?.declarations as Element[]).find(({ kind }) => kind === 'class');
  if (!element) throw new Error(`${SOURCE} has no class that the analyzer finds.`);
  return {
    ...element,
    members: element.members.filter(isForPages).map(plainMember),
    cssProperties: element.cssProperties.map(withSyntax),
  };
}

/** The analyzer follows no names: what is said of properties by a constant it would take for attributes. */
function spelledOut(text: string): string {
  const constants = text.matchAll(/^const (\w+) = (\{ attribute: false \});$/gm);
  return [...constants].reduce((text, [, name, value]) => text.replaceAll(`: ${name},`, `: ${value},`), text);
}

/** What Lit calls is none of it. */
function isForPages({ name, privacy, static: isStatic }: Member): boolean {
  return !name.startsWith('#') && !isStatic && privacy !== 'private' && privacy !== 'protected';
}

function plainMember(member: Member): Member {
  return { ...member, privacy: 'public' };
}

/** The analyzer takes what is in braces for a type, and a CSS property has none. */
function withSyntax({ type, ...property }: CssProperty): CssProperty {
  return type ? { ...property, syntax: type.text } : property;
}

/** https://custom-elements-manifest.open-wc.org, version 1 of its schema. */
function manifestOf(element: Element): object {
  const declaration = { name: element.name, module: MODULE };
  const exports = [
    { kind: 'js', name: element.name, declaration },
    { kind: 'custom-element-definition', name: TAG, declaration },
  ];
  const declarations = [{ ...element, tagName: TAG, customElement: true }];
  return {
    schemaVersion: '1.0.0',
    readme: 'README.md',
    modules: [{ kind: 'javascript-module', path: MODULE, declarations, exports }],
  };
}

/** https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.md, version 1.1 */
function hintsOf({ description, attributes }: Element): object {
  const hints = attributes.map(({ name, description, type }) => ({
    name,
    ...(description && { description }),
    values: choices(type?.text).map(name => ({ name })),
  }));
  return { version: 1.1, tags: [{ name: TAG, description, attributes: hints }] };
}

/** https://github.com/JetBrains/web-types, its schema of 2022; JetBrains' editors find it by the `web-types` of package.json. */
function webTypesOf(element: Element): object {
  const { description, members, events, slots, cssProperties } = element;
  const attributes = element.attributes.map(({ name, description, type }) => ({
    ...{ name, description, required: false },
    value: { type: type?.text },
  }));
  const properties = members.filter(({ kind }) => kind === 'field').map(told);
  const { name, version } = JSON.parse(readFileSync(`${import.meta.dirname}/package.json`, 'utf8'));
  const js = { properties, events: events.map(told) };
  const css = { properties: cssProperties.map(told) };
  const tag = { name: TAG, description, attributes, slots: slots.map(told), js, css };
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    ...{ name, version, 'description-markup': 'markdown' },
    contributions: { html: { elements: [tag] } },
  };
}

function told({ name, description }: Described): Described {
  return { name, ...(description && { description }) };
}

/** The words of a closed type. */
function choices(type = ''): string[] {
  return [...type.matchAll(/'([^']+)'/g)].map(([, word]) => word!);
}

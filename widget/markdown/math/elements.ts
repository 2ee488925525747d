/**
 * Makes elements of what the TeX library has built. It may have only what is written here, wherever it comes from: a
 * formula is as little to be trusted as all of the answer.
 */

import { classes, elements, isLength, isShort, properties, words } from './allowed.ts';
import { ink } from './ink.ts';

/** A node of the library's tree. One without a type is no more than its children. */
export interface Built {
  type?: string;
  text?: string;
  children?: Built[];
  attributes?: Record<string, unknown>;
  style?: Record<string, unknown>;
  classes?: string[];
}

const mathml = 'http://www.w3.org/1998/Math/MathML';

/** More would cost more than a formula is worth. */
const mostElements = 4000;

/** Browsers lay out nested boxes by calls in calls. */
const deepest = 100;

/** Throws for what is not allowed. */
export function elementsOf(root: Built): Element {
  let left = mostElements;
  return element(root, 1);

  function element(built: Built, depth: number): Element {
    const { type = '', attributes = {}, style = {}, classes: names = [], children = [] } = built;
    left -= 1;
    if (left < 0 || depth > deepest) throw new Error('A formula cannot be so large.');
    if (!elements.has(type)) throw new Error(`A formula cannot have ${type}.`);
    const made = document.createElementNS(mathml, type) as MathMLElement;
    for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, String(value));
    for (const [name, value] of Object.entries(style)) setStyle(made, name, String(value));
    const known = names.filter(name => classes.has(name));
    if (known.length > 0) made.setAttribute('class', known.join(' '));
    for (const child of children) append(made, child, depth + 1);
    return made;
  }

  function append(parent: Element, built: Built, depth: number): void {
    if (built.type !== undefined) parent.append(element(built, depth));
    else if (built.text !== undefined) parent.append(built.text);
    else if (built.children && !('href' in built))
      for (const child of built.children) append(parent, child, depth);
    else throw new Error('A formula cannot have links or images.');
  }
}

function setAttribute(element: MathMLElement, name: string, value: string): void {
  if (name === 'mathcolor') setStyle(element, 'color', value);
  else if (name === 'mathbackground')
    // A rule is of the colour of the text, which the library takes to be black.
    element.style.setProperty('background', isRule(element) ? 'currentcolor' : ink(value, 'background'));
  else if (name === 'style')
    for (const declaration of value.split(';')) {
      const [property = '', ...rest] = declaration.split(':');
      setStyle(element, property.trim(), rest.join(':').trim());
    }
  else if (words.get(name)?.test(value) || (isLength(name) && isShort(value)))
    element.setAttribute(name, value);
}

function isRule({ localName }: Element): boolean {
  return localName === 'mspace';
}

function setStyle(element: MathMLElement, name: string, value: string): void {
  const property = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  if (property === 'color') element.style.setProperty('color', ink(value, 'text'));
  else if (properties.has(property) && isShort(value)) element.style.setProperty(property, value);
}

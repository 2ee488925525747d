/** Writes inlines as Markdown. What follows a delimiter and what precedes it decide how it is read, so both are known. */

import { isPunctuation, isWhitespace } from '../characters.ts';
import { flanks } from '../inlines/delimiters.ts';
import type { Emphasis, Image, Inline, Link, MathSpan } from '../tree.ts';
import {
  escapeAddress,
  escapeLineStart,
  escapeText,
  escapeTitle,
  firstOf,
  hasPairs,
  type Place,
  reference,
} from './escape.ts';

export interface Leaf {
  /** Its line breaks are spaces. */
  isLine?: boolean;
  /** It begins an item. */
  isInItem?: boolean;
}

export function inlinesToMarkdown(nodes: readonly Inline[], leaf: Leaf = {}): string {
  const text = new Writer(leaf, false).write(nodes);
  // Of two dollars the second could close what the first opens.
  const hasDollars = text.indexOf('$') !== text.lastIndexOf('$');
  return hasDollars ? new Writer(leaf, true).write(nodes) : text;
}

class Writer {
  readonly #leaf: Leaf;
  readonly #hasDollars: boolean;
  #out = '';
  #link: Place['link'] = 'none';
  /** The next character is written by its number: as itself it would change what is before it. */
  #isNextByNumber = false;

  constructor(leaf: Leaf, hasDollars: boolean) {
    this.#leaf = leaf;
    this.#hasDollars = hasDollars;
  }

  write(nodes: readonly Inline[]): string {
    this.#all(nodes, '');
    return this.#out.replace(/[ \t]$/, reference);
  }

  /** @param after what will be written after the last */
  #all(nodes: readonly Inline[], after: string): void {
    for (const [index, node] of nodes.entries()) {
      const next = nodes[index + 1];
      this.#one(node, next ? firstCharacter(next) : after);
    }
  }

  #one(node: Inline, after: string): void {
    switch (node.type) {
      case 'text':
        return this.#text(node.value, after);
      case 'emphasis':
      case 'strong':
      case 'delete':
        return this.#emphasis(node, after);
      case 'code-span':
        return this.#add(codeSpan(node.text));
      case 'line-break':
        return this.#lineBreak(node.hard);
      case 'link':
        return this.#linkTo(node);
      case 'image':
        return this.#add(this.#image(node));
      case 'math':
        return this.#add(mathSpan(node, this.#before, after));
      case 'footnote-reference':
        return this.#add(`[^${node.label}]`);
      default:
        return node satisfies never;
    }
  }

  /** The last character so far. */
  get #before(): string {
    return [...this.#out.slice(-2)].at(-1) ?? '';
  }

  #add(text: string): void {
    this.#out += text;
    this.#isNextByNumber = false;
  }

  #text(value: string, after: string): void {
    let first = '';
    if (this.#isNextByNumber) first = firstOf(value);
    const rest = value.slice(first.length);
    const isLineStart = /^$|\n$/.test(this.#out) && first === '';
    // After a note's number they would make a link or a note of it.
    const beginsOther = this.#out.endsWith(']') && /^[(:]/.test(rest);
    const text = escapeText(beginsOther ? rest.slice(1) : rest, {
      before: first || this.#before,
      after,
      hasDollars: this.#hasDollars,
      link: this.#link,
    });
    const whole = beginsOther ? reference(rest[0]!) + text : text;
    this.#add((first && reference(first)) + (isLineStart ? escapeLineStart(whole, this.#isAtItem) : whole));
  }

  get #isAtItem(): boolean {
    return this.#leaf.isInItem === true && this.#out === '';
  }

  #lineBreak(isHard: boolean): void {
    this.#out = this.#out.replace(/[ \t]$/, reference);
    if (this.#leaf.isLine) this.#add(' ');
    else this.#add(isHard ? '\\\n' : '\n');
  }

  #emphasis(node: Emphasis, after: string): void {
    const { children } = node;
    const [only] = children;
    if (!only) return;
    const edges = {
      before: this.#before,
      first: firstCharacter(only),
      last: lastCharacter(children.at(-1)!),
      after,
    };
    const mark = delimiter(node, edges);
    const { left } = flanks(edges.before, edges.first);
    const { right } = flanks(edges.last, edges.after);
    if (!left && !isWhitespace(edges.first)) this.#lastByNumber();
    this.#add(mark);
    this.#isNextByNumber = isWhitespace(edges.first);
    this.#all(children, mark[0]!);
    if (isWhitespace(edges.last)) this.#lastByNumber();
    this.#add(mark);
    this.#isNextByNumber = !right && !isWhitespace(edges.last);
  }

  #lastByNumber(): void {
    const last = this.#before;
    if (last !== '') this.#out = this.#out.slice(0, -last.length) + reference(last);
  }

  #linkTo({ href = '', title, children }: Link): void {
    const [only] = children;
    const isAlone = only?.type === 'text' && children.length === 1 && title === '';
    if (isAlone && isAddress(only.value, href)) return this.#add(`<${only.value}>`);
    const outer = this.#link;
    this.#link = bracketsIn(children);
    this.#add('[');
    this.#all(children, ']');
    this.#link = outer;
    this.#add(`](${target(href, title)})`);
  }

  #image({ alt, src, title }: Image): string {
    const text = escapeText(alt, {
      before: '[',
      after: ']',
      hasDollars: this.#hasDollars,
      link: brackets(alt),
    });
    return `![${text}](${target(src, title)})`;
  }
}

interface Edges {
  before: string;
  first: string;
  last: string;
  after: string;
}

/** The usual one, unless it runs together with one beside it or in it and the other is read there. */
function delimiter({ type, children }: Emphasis, { before, first, last, after }: Edges): string {
  if (type === 'delete') return before === '~' || after === '~' ? '~' : '~~';
  const [usual, other] = type === 'strong' ? ['**', '__'] : ['*', '_'];
  const opening = flanks(before, first);
  const closing = flanks(last, after);
  const opens = opening.left && (!opening.right || isPunctuation(before)) && before !== '_';
  const closes = closing.right && (!closing.left || isPunctuation(after)) && after !== '_';
  const meets = before === '*' || after === '*' || children.some(child => child.type === type);
  return meets && opens && closes ? other : usual;
}

function firstCharacter(node: Inline): string {
  switch (node.type) {
    case 'text':
      return firstOf(node.value);
    case 'emphasis':
    case 'strong':
      return '*';
    case 'delete':
      return '~';
    case 'code-span':
      return '`';
    case 'line-break':
      return '\n';
    case 'link':
    case 'footnote-reference':
      return '[';
    case 'image':
      return '!';
    case 'math':
      return '$';
    default:
      return node satisfies never;
  }
}

function lastCharacter(node: Inline): string {
  switch (node.type) {
    case 'text':
      return [...node.value.slice(-2)].at(-1) ?? '';
    case 'link':
    case 'image':
      return ')';
    case 'footnote-reference':
      return ']';
    default:
      return firstCharacter(node);
  }
}

function codeSpan(text: string): string {
  const runs = new Set(text.match(/`+/g));
  let fence = '`';
  while (runs.has(fence)) fence += '`';
  const isPadded = /^`|`$|^ .*[^ ].* $/.test(text);
  return isPadded ? `${fence} ${text} ${fence}` : fence + text + fence;
}

/** With dollars, which most programs read, where they are no price and nothing else. */
function mathSpan({ text, display }: MathSpan, before: string, after: string): string {
  if (display)
    return text.includes('$$') || (text.includes('\n') && !text.includes('\\]'))
      ? `\\[${text}\\]`
      : `$$${text}$$`;
  const isPrice = /^\d/.test(text) && /\s/.test(text) && !/[\\^_={}+*/<>]/.test(text);
  const isPlain = /^[^\s$](?:[^$]{0,498}[^\s$])?$/.test(text) && !text.endsWith('\\');
  const isApart = !/[A-Za-z\d\\$]/.test(before) && !/[\d$]/.test(after);
  const isOther = text.includes('\\)') || !/[\p{L}\p{N}]/u.test(text);
  return isOther || (isPlain && isApart && !isPrice) ? `$${text}$` : `\\(${text}\\)`;
}

function target(address: string, title: string): string {
  return escapeAddress(address) + (title && `${address ? ' ' : '<> '}"${escapeTitle(title)}"`);
}

/** Whether an address in angle brackets would lead there. */
function isAddress(text: string, href: string): boolean {
  if (/^[\w.+-]+@[\w.-]*\w$/.test(text)) return href === `mailto:${text}`;
  if (!/^[a-z][a-z\d.+-]{1,31}:[^\s<>]*$/i.test(text)) return false;
  return text === href || (URL.canParse(text) && new URL(text).href === href);
}

function bracketsIn(nodes: readonly Inline[]): Place['link'] {
  return brackets(nodes.map(textIn).join(''));
}

function brackets(text: string): 'paired' | 'unpaired' {
  return hasPairs(text, '[', ']') && !/\][([:]/.test(text) ? 'paired' : 'unpaired';
}

function textIn(node: Inline): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textIn).join('') : ' ';
}

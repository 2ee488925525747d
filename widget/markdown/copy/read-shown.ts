/**
 * Reads what is on screen of an answer, all of it or what is selected, back into a tree: the other way round than the
 * patchers, whose elements are all that it knows. Buttons and names of languages are none of the text.
 */

import type {
  Align,
  Block,
  Cell,
  Code,
  Footnote,
  Heading,
  Inline,
  Item,
  List,
  Root,
  Row,
  Table,
} from '../tree.ts';
import { trimInlines } from './trim.ts';

/** @param shown the element that holds the blocks */
export function readShown(shown: Element, selected?: Range): Root {
  const reader = new Reader(selected && widened(selected));
  const children = reader.blocks(shown);
  const section = shown.querySelector(':scope > .footnotes > ol');
  const notes = section ? reader.notes(section) : [];
  return {
    type: 'root',
    children,
    footnotes: notes.length > 0 ? { type: 'footnotes', children: notes } : undefined,
  };
}

/** One of the blocks. */
export function readBlock(shown: Element): Block[] {
  return new Reader(undefined).block(shown);
}

/** What can only be selected as a whole. */
const atoms = '.deceptive, .math, button, figcaption, sup, input';

/** The range, with its ends outside of what cannot be cut. */
function widened(selected: Range): Range {
  const range = selected.cloneRange();
  const start = atomAround(range.startContainer);
  if (start) {
    const rest = range.cloneRange();
    rest.setEndAfter(start);
    if (rest.toString() === '') range.setStartAfter(start);
    else range.setStartBefore(start);
  }
  const end = atomAround(range.endContainer);
  if (end) {
    const part = range.cloneRange();
    part.setStartBefore(end);
    if (part.toString() === '') range.setEndBefore(end);
    else range.setEndAfter(end);
  }
  return range;
}

function atomAround(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  // The outermost: one can be in another.
  let atom = element?.closest(atoms) ?? null;
  for (let outer = atom; outer; outer = outer.parentElement?.closest(atoms) ?? null) atom = outer;
  return atom;
}

/** The blocks, or items of a list: where there are many, they lie in parts. */
export function childrenOf(parent: Element): Element[] {
  return [...parent.children].flatMap(child =>
    child.classList.contains('part') ? [...child.children] : [child],
  );
}

class Reader {
  /** All, if undefined. */
  readonly #range: Range | undefined;

  constructor(range: Range | undefined) {
    this.#range = range;
  }

  blocks(parent: Element): Block[] {
    return childrenOf(parent)
      .filter(child => this.#has(child))
      .flatMap(child => this.block(child));
  }

  notes(section: Element): Footnote[] {
    return [...section.children].flatMap((note, index) => {
      const children = this.#has(note) ? this.blocks(note) : [];
      const number = index + 1;
      const isCut = this.#range && children.length === 0;
      return isCut ? [] : [{ type: 'footnote' as const, label: String(number), number, children }];
    });
  }

  #has(node: Node): boolean {
    return !this.#range || this.#range.intersectsNode(node);
  }

  block(element: Element): Block[] {
    const name = element.localName;
    switch (name) {
      case 'p':
        return this.#filled({ type: 'paragraph', children: this.#line(element) });
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        return this.#filled<Heading>({
          type: 'heading',
          level: Number(name[1]),
          children: this.#line(element),
        });
      case 'blockquote':
        return this.#filled({ type: 'blockquote', children: this.blocks(element) });
      case 'ul':
      case 'ol':
        return this.#filled(this.#list(element));
      case 'figure':
        return this.#code(element);
      case 'hr':
        return [{ type: 'break' }];
      case 'div':
        if (element.matches('.math')) return [{ type: 'math-block', text: texOf(element), closed: true }];
        return this.#table(element.querySelector('table')!);
      default:
        // Buttons, and what is beside the blocks.
        return [];
    }
  }

  /** Of what is selected, nothing that is empty: a selection may reach to the beginning of the next block. */
  #filled<Node extends Block & { children: unknown[] }>(block: Node): Node[] {
    return this.#range && block.children.length === 0 ? [] : [block];
  }

  #list(element: Element): List {
    const items = childrenOf(element).map(item => this.#item(item));
    const isOrdered = element.localName === 'ol';
    const skipped = isOrdered
      ? Math.max(
          0,
          items.findIndex(item => item !== undefined),
        )
      : 0;
    return {
      type: 'list',
      ordered: isOrdered,
      start: Number(element.getAttribute('start') ?? 1) + skipped,
      tight: !element.classList.contains('loose'),
      children: items.filter(item => item !== undefined),
    };
  }

  #item(element: Element): Item | undefined {
    if (!this.#has(element)) return undefined;
    const isTask = element.classList.contains('task');
    const children = this.blocks(isTask ? element.querySelector(':scope > label > div')! : element);
    if (children.length === 0 && this.#cuts(element)) return undefined;
    const checked = isTask ? !!element.querySelector('input')?.checked : undefined;
    return { type: 'item', checked, children };
  }

  /** Whether the selection begins or ends in it. */
  #cuts(element: Element): boolean {
    const range = this.#range;
    return !!range && (element.contains(range.startContainer) || element.contains(range.endContainer));
  }

  #code(element: Element): Code[] {
    const text = this.#codeText(element.querySelector('code')!);
    if (text === '' && this.#cuts(element)) return [];
    return [{ type: 'code', info: element.querySelector('figcaption')!.textContent, text, closed: true }];
  }

  /** Rows and columns of which nothing is selected are left out; Markdown's head, which must be there, is empty then. */
  #table(table: HTMLTableElement): Table[] {
    const rows = [...table.rows].map(row =>
      [...row.cells].map(cell => (this.#has(cell) ? this.#line(cell) : undefined)),
    );
    const isSelected = (cell: Inline[] | undefined) => cell && (!this.#range || cell.length > 0);
    const first = Math.min(...rows.map(row => row.findIndex(isSelected)).filter(index => index >= 0));
    const last = Math.max(...rows.map(row => row.findLastIndex(isSelected)));
    if (last < 0 && this.#range) return [];
    const [from, to] = this.#range ? [first, last + 1] : [0, undefined];
    const [head = [], ...body] = rows.map(row => row.slice(from, to));
    const align = [...table.rows[0]!.cells].slice(from, to).map(cell => (cell.align || undefined) as Align);
    return [
      {
        type: 'table',
        align,
        head: rowOf(head),
        rows: body.filter(row => !this.#range || row.some(isSelected)).map(rowOf),
      },
    ];
  }

  /** The inlines of a block. */
  #line(element: Element): Inline[] {
    const children = this.#inlines(element);
    return this.#range ? trimInlines(children) : children;
  }

  #inlines(parent: Element): Inline[] {
    const nodes: Inline[] = [];
    for (const child of parent.childNodes) if (this.#has(child)) nodes.push(...this.#inline(child));
    return merged(nodes);
  }

  #inline(node: Node): Inline[] {
    if (node instanceof Text) return this.#text(node);
    if (!(node instanceof Element)) return [];
    switch (node.localName) {
      case 'em':
        return [{ type: 'emphasis', children: this.#inlines(node) }];
      case 'strong':
        return [{ type: 'strong', children: this.#inlines(node) }];
      case 'del':
        return [{ type: 'delete', children: this.#inlines(node) }];
      case 'code':
        return [{ type: 'code-span', text: this.#codeText(node) }];
      case 'br':
        return [{ type: 'line-break', hard: true }];
      case 'a':
        return this.#link(node as HTMLAnchorElement);
      case 'img':
        return [imageOf(node as HTMLImageElement)];
      case 'button':
        return [loadableImage(node as HTMLButtonElement)];
      case 'sup': {
        const number = Number(node.textContent);
        return [{ type: 'footnote-reference', label: String(number), number }];
      }
      default:
        if (node.matches('.math')) return [mathSpan(node)];
        // An address that must not be opened is shown as its text.
        return this.#inlines(node);
    }
  }

  #text(node: Text): Inline[] {
    const lines = this.#dataOf(node).split('\n');
    return lines.flatMap((value, index): Inline[] => [
      ...(index > 0 ? [{ type: 'line-break' as const, hard: false }] : []),
      ...(value ? [{ type: 'text' as const, value }] : []),
    ]);
  }

  /** What is selected of a text. */
  #dataOf(node: Text): string {
    const range = this.#range;
    const from = range?.startContainer === node ? range.startOffset : 0;
    const to = range?.endContainer === node ? range.endOffset : node.length;
    return node.data.slice(from, to);
  }

  #link(element: HTMLAnchorElement): Inline[] {
    const children = this.#inlines(element);
    if (!element.hasAttribute('href')) return children;
    return [{ type: 'link', href: element.href, title: withoutHost(element.title, element.host), children }];
  }

  /** With the characters that are shown by their numbers. */
  #codeText(parent: Element): string {
    let text = '';
    for (const node of parent.childNodes) {
      if (!this.#has(node)) continue;
      if (node instanceof Text) text += this.#dataOf(node);
      else if (node instanceof Element)
        text += node.matches('.deceptive') ? characterOf(node) : this.#codeText(node);
    }
    return text;
  }
}

function rowOf(cells: Array<Inline[] | undefined>): Row {
  return { type: 'row', children: cells.map((children = []): Cell => ({ type: 'cell', children })) };
}

function characterOf({ textContent }: Element): string {
  return String.fromCodePoint(Number.parseInt(textContent.slice('U+'.length), 16));
}

/** The formula's source: it is in the formula, or still there in its place. */
function texOf(element: Element): string {
  return (element.querySelector('annotation') ?? element).textContent;
}

function mathSpan(element: Element): Inline {
  const display = element.classList.contains('display');
  return { type: 'math', text: texOf(element), display, source: '', closed: true };
}

function imageOf({ src, alt, title }: HTMLImageElement): Inline {
  return { type: 'image', src, alt, title };
}

/** One that loads on a click. Its host is shown where it has no text. */
function loadableImage({ value, textContent, title }: HTMLButtonElement): Inline {
  const { host } = new URL(value);
  const alt = textContent === host ? '' : textContent;
  return { type: 'image', src: value, alt, title: withoutHost(title, host) };
}

/** A title as it was written: the host is put after it where a reader should know it. */
function withoutHost(title: string, host: string): string {
  if (host === '' || title === host) return host ? '' : title;
  return title.endsWith(` · ${host}`) ? title.slice(0, -host.length - 3) : title;
}

/** Texts that follow each other are one. */
function merged(nodes: Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    if (node.type === 'text' && last?.type === 'text') last.value += node.value;
    else result.push(node);
  }
  return result;
}

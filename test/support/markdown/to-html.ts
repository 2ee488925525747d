/**
 * Writes a tree as the HTML that CommonMark's examples expect, so that they can be compared. For tests alone: the
 * widget makes no HTML. Beyond CommonMark: math is <math> without the white space at its ends, a footnote's mark <sup>, the notes a <section>.
 */

import type {
  Align,
  Block,
  Cell,
  Code,
  Footnotes,
  Inline,
  Item,
  Root,
  Row,
  Table,
} from '../../../widget/markdown/tree.ts';

export function toHtml(root: Root): string {
  const page = new Page();
  for (const block of root.children) page.block(block);
  if (root.footnotes) page.footnotes(root.footnotes);
  return page.html;
}

class Page {
  html = '';

  block(block: Block, tight = false): void {
    switch (block.type) {
      case 'paragraph':
        if (tight) this.#add(inlines(block.children));
        else this.#line(`<p>${inlines(block.children)}</p>`);
        return;
      case 'heading':
        return this.#line(`<h${block.level}>${inlines(block.children)}</h${block.level}>`);
      case 'blockquote':
        return this.#within('blockquote', () => block.children.forEach(child => this.block(child)));
      case 'list': {
        const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : '';
        return this.#within(
          block.ordered ? 'ol' : 'ul',
          () => block.children.forEach(item => this.#item(item, block.tight)),
          start,
        );
      }
      case 'code':
        return this.#line(`<pre><code${language(block)}>${escape(block.text)}</code></pre>`);
      case 'break':
        return this.#line('<hr />');
      case 'table':
        return this.#table(block);
      case 'math-block':
        return this.#line(`<math display="block">${escape(block.text.trim())}</math>`);
      default:
        return block satisfies never;
    }
  }

  footnotes({ children }: Footnotes): void {
    this.#within('section', () =>
      this.#within('ol', () => {
        for (const note of children)
          this.#within('li', () => note.children.forEach(child => this.block(child)));
      }),
    );
  }

  #item({ checked, children }: Item, tight: boolean): void {
    this.#newLine();
    this.#add('<li>');
    const [first, ...rest] = children;
    if (checked !== undefined) {
      const box = `<input type="checkbox"${checked ? ' checked=""' : ''} disabled="" /> `;
      if (first?.type === 'paragraph') {
        const text = box + inlines(first.children);
        if (tight) this.#add(text);
        else this.#line(`<p>${text}</p>`);
      } else {
        this.#add(box);
        if (first) this.block(first, tight);
      }
    } else if (first) this.block(first, tight);
    for (const child of rest) {
      // A tight paragraph that is not the first begins a line, as cmark writes it.
      if (tight && child.type === 'paragraph') this.#newLine();
      this.block(child, tight);
    }
    this.#add('</li>');
  }

  #table({ align, head, rows }: Table): void {
    this.#within('table', () => {
      this.#within('thead', () => this.#row(head, 'th', align));
      if (rows.length > 0) this.#within('tbody', () => rows.forEach(row => this.#row(row, 'td', align)));
    });
  }

  #row(row: Row, tag: string, align: Align[]): void {
    const cell = ({ children }: Cell, index: number) => {
      const side = align[index] ? ` align="${align[index]}"` : '';
      this.#line(`<${tag}${side}>${inlines(children)}</${tag}>`);
    };
    this.#within('tr', () => row.children.forEach(cell));
  }

  #within(tag: string, content: () => void, attributes = ''): void {
    this.#line(`<${tag}${attributes}>`);
    content();
    this.#line(`</${tag}>`);
  }

  #line(text: string): void {
    this.#newLine();
    this.#add(`${text}\n`);
  }

  #newLine(): void {
    if (this.html !== '' && !this.html.endsWith('\n')) this.html += '\n';
  }

  #add(text: string): void {
    this.html += text;
  }
}

function inlines(children: readonly Inline[]): string {
  return children.map(inline).join('');
}

function inline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escape(node.value);
    case 'emphasis':
      return `<em>${inlines(node.children)}</em>`;
    case 'strong':
      return `<strong>${inlines(node.children)}</strong>`;
    case 'delete':
      return `<del>${inlines(node.children)}</del>`;
    case 'code-span':
      return `<code>${escape(node.text)}</code>`;
    case 'link':
      return `<a href="${address(node.href ?? '')}"${title(node.title)}>${inlines(node.children)}</a>`;
    case 'image':
      return `<img src="${address(node.src)}" alt="${escape(node.alt)}"${title(node.title)} />`;
    case 'line-break':
      return node.hard ? '<br />\n' : '\n';
    case 'math':
      return `<math${node.display ? ' display="block"' : ''}>${escape(node.text.trim())}</math>`;
    case 'footnote-reference':
      return `<sup>${node.number}</sup>`;
    default:
      return node satisfies never;
  }
}

function language({ info }: Code): string {
  const name = info.split(/[ \t]/, 1)[0];
  return name ? ` class="language-${escape(name)}"` : '';
}

function title(text: string): string {
  return text === '' ? '' : ` title="${escape(text)}"`;
}

/** Percent-encodes what may not stand in an address, as CommonMark's examples have it; escapes that are there stay. */
function address(href: string): string {
  return escape(
    href.replaceAll(/%[0-9A-Fa-f]{2}|[\w\-;/?:@&=+$,.!~*'()#]+|[\ud800-\udbff][\udc00-\udfff]|[^]/g, part =>
      /^%.|^[\w\-;/?:@&=+$,.!~*'()#]/.test(part)
        ? part
        : /^[\ud800-\udfff]$/.test(part)
          ? '%EF%BF%BD'
          : encodeURIComponent(part),
    ),
  );
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

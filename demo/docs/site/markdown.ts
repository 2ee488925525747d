/** From the Markdown of a page to its HTML, its headings, and what the search finds in it. */

import { readFileSync } from 'node:fs';
import hljs from 'highlight.js';
import MarkdownIt, { type Token } from 'markdown-it';
import { readFence } from './fence.ts';

const root = `${import.meta.dirname}/../../..`;

export interface Rendered {
  html: string;
  /** The first heading. */
  title: string;
  /** All others. */
  headings: Heading[];
  sections: Section[];
}

export interface Heading {
  level: number;
  id: string;
  text: string;
}

/** A heading and the text below it. */
export interface Section {
  /** Of its heading; empty for what stands below the title. */
  id: string;
  heading: string;
  text: string;
}

const markdown = new MarkdownIt({ html: false, typographer: false });

/** Code as HTML, coloured. */
markdown.renderer.rules.fence = (tokens, index) => {
  const { info, content } = tokens[index]!;
  const { language, file } = readFence(info);
  const code = file ? readFileSync(`${root}/${file}`, 'utf8') : content;
  const html = hljs.getLanguage(language)
    ? hljs.highlight(code.trimEnd(), { language }).value
    : markdown.utils.escapeHtml(code.trimEnd());
  // What scrolls can be scrolled by keyboard.
  return `<pre tabindex="0"><code>${html}</code></pre>\n`;
};

/** Links between pages are written as between their sources. */
markdown.renderer.rules.link_open = (tokens, index, options, _, renderer) => {
  const token = tokens[index]!;
  const href = String(token.attrGet('href'));
  token.attrSet('href', href.replace(/^([\w-]+)\.md(?=#|$)/, '$1.html'));
  return renderer.renderToken(tokens, index, options);
};

/** A heading is the link to itself. */
markdown.renderer.rules.heading_open = (tokens, index) => {
  const token = tokens[index]!;
  const { tag } = token;
  const id = token.attrGet('id');
  return id ? `<${tag} id="${id}"><a href="#${id}">` : `<${tag}>`;
};
markdown.renderer.rules.heading_close = (tokens, index) => {
  const { tag } = tokens[index]!;
  return tag === 'h1' ? '</h1>\n' : `</a></${tag}>\n`;
};

markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

export function render(text: string): Rendered {
  const tokens = markdown.parse(text, {});
  const headings = nameHeadings(tokens);
  const [title] = headings;
  if (title?.level !== 1) throw new Error(`A page begins with its title, and not with ${text.slice(0, 60)}`);
  return {
    html: markdown.renderer.render(tokens, markdown.options, {}),
    title: title.text,
    headings: headings.slice(1),
    sections: sectionsOf(tokens),
  };
}

/** Gives each heading below the title an id of its own. */
function nameHeadings(tokens: readonly Token[]): Heading[] {
  const used = new Set<string>();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = plainText(tokens[index + 1]!);
    const level = Number(token.tag.slice(1));
    const id = idOf(text, used);
    used.add(id);
    if (level > 1) token.attrSet('id', id);
    return [{ level, id, text }];
  });
}

/** As GitHub has it, but that dots part words: names of settings have them. */
function idOf(text: string, used: ReadonlySet<string>): string {
  const base = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s._-]/gu, '')
    .trim()
    .replace(/[\s.]+/g, '-');
  let id = base;
  for (let n = 1; used.has(id); n++) id = `${base}-${n}`;
  return id;
}

/** Code is in it by its name alone, or searches would find every sample. */
function sectionsOf(tokens: readonly Token[]): Section[] {
  const sections: Section[] = [];
  let isHeading = false;
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      isHeading = true;
      sections.push({ id: token.attrGet('id')?.toString() ?? '', heading: '', text: '' });
    }
    if (token.type === 'heading_close') isHeading = false;
    if (token.type !== 'inline') continue;
    const section = sections.at(-1)!;
    if (isHeading) section.heading = plainText(token);
    else section.text = `${section.text} ${plainText(token)}`.trim();
  }
  return sections;
}

function plainText({ children }: Token): string {
  return children!
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
    .join('')
    .trim();
}

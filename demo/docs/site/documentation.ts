/** All files of the documentation that are made of Markdown and sources: its pages, and what the search looks in. */

import { readFileSync } from 'node:fs';
import type { Element } from '../../../vite.manifest.ts';
import { contents } from './contents.ts';
import { render } from './markdown.ts';
import { pageHtml } from './page.ts';

/** An entry of `search.json`. */
export interface Found {
  /** From a page of the documentation. */
  href: string;
  page: string;
  heading: string;
  text: string;
}

const guides = `${import.meta.dirname}/../guides`;

/** By their names in the folder of the documentation. */
export function documentation(element: Element): Record<string, string> {
  const groups = contents(element).map(({ title, pages }) => ({
    title,
    pages: pages.map(({ name, markdown }) => ({
      href: `${name}.html`,
      ...render(markdown ?? readFileSync(`${guides}/${name}.md`, 'utf8')),
    })),
  }));
  const pages = groups.flatMap(({ pages }) => pages);
  const files = pages.map((page, index) => {
    const [before, after] = [pages[index - 1], pages[index + 1]];
    return [page.href, pageHtml({ page, groups, before, after })];
  });
  const found = pages.flatMap(({ href, title, sections }) =>
    sections.map(
      ({ id, heading, text }): Found => ({
        href: id ? `${href}#${id}` : href,
        page: title,
        heading,
        text,
      }),
    ),
  );
  return { ...Object.fromEntries(files), 'search.json': JSON.stringify(found) };
}

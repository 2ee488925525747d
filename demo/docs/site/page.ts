/** What stands around the text of a page: its head, the list of all pages, its own headings, the way on and back. */

import { html, raw } from 'hono/html';
import type { Rendered } from './markdown.ts';

/** A page that links lead to. */
export interface Target {
  href: string;
  title: string;
}

export interface PageParts {
  page: Target & Pick<Rendered, 'html' | 'headings'>;
  groups: ReadonlyArray<{ title: string; pages: readonly Target[] }>;
  before: Target | undefined;
  after: Target | undefined;
}

/** All that it links to is beside it, so that the folder can be anywhere. */
export function pageHtml({ page, groups, before, after }: PageParts): string {
  return String(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${page.href === 'index.html' ? 'Rivulet' : `${page.title} – Rivulet`}</title>
    <link rel="icon" href="./mark.svg">
    <link rel="stylesheet" href="./docs.css">
    <script type="module" src="./docs.js"></script>
  </head>
  <body>
    <a class="skip" href="#text">To the text</a>
    <header>
      <a class="brand" href="./index.html"><img src="./mark.svg" alt="" width="28" height="28"> Rivulet</a>
      <a class="to-pages" href="#pages">All pages</a>
      <search hidden>
        <input type="search" aria-label="Search the documentation" aria-describedby="found" placeholder="Search" autocomplete="off" spellcheck="false" aria-keyshortcuts="/">
        <div class="results" hidden><p id="found" role="status"></p><ol></ol></div>
      </search>
    </header>
    <main id="text" tabindex="-1">
      <article>${raw(page.html)}</article>
      <nav class="turn" aria-label="Next and previous page">
        ${before ? html`<a rel="prev" href="./${before.href}"><span>Before</span> ${before.title}</a>` : ''}
        ${after ? html`<a rel="next" href="./${after.href}"><span>Next</span> ${after.title}</a>` : ''}
      </nav>
    </main>
    ${onThisPage(page)}
    <nav id="pages" aria-label="All pages">
      ${groups.map(
        ({ title, pages }) => html`<p>${title}</p>
      <ul>${pages.map(target => link(target, page.href))}</ul>`,
      )}
    </nav>
  </body>
</html>
`);
}

function onThisPage({ headings }: PageParts['page']) {
  if (headings.length < 2) return '';
  return html`<nav class="headings" aria-label="On this page">
      <p>On this page</p>
      <ul>${headings.map(({ id, level, text }) => html`<li class="level-${level}"><a href="#${id}">${text}</a></li>`)}</ul>
    </nav>`;
}

function link({ href, title }: Target, here: string) {
  const target = `./${href}`;
  return href === here
    ? html`<li><a href="${target}" aria-current="page">${title}</a></li>`
    : html`<li><a href="${target}">${title}</a></li>`;
}

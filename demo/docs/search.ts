/** The search of the documentation, by keyboard: its index is loaded when somebody goes into the field. */

import MiniSearch, { type SearchResult } from 'minisearch';
import type { Found } from './site/documentation.ts';

const MOST_RESULTS = 12;
const EXCERPT_CHARACTERS = 140;

export function offerSearch(box: HTMLElement): void {
  const input = box.querySelector('input')!;
  const results = box.querySelector<HTMLElement>('.results')!;
  let index: Promise<MiniSearch<Found>> | undefined;

  const show = async () => {
    const query = input.value.trim();
    index ??= loadIndex();
    const found = query ? (await index).search(query) : [];
    // Meanwhile more was typed.
    if (query !== input.value.trim()) return;
    showResults(results, query, found);
  };

  input.addEventListener('focus', show);
  input.addEventListener('input', show);
  box.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      input.value = '';
      input.focus();
      void show();
    } else if (event.key === 'Enter' && event.target === input) {
      results.querySelector('a')?.click();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step([input, ...results.querySelectorAll('a')], event.key === 'ArrowDown' ? 1 : -1);
    }
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!box.contains(relatedTarget as Node | null)) results.hidden = true;
  });
  // A result of the page that is open is no new page.
  results.addEventListener('click', () => (results.hidden = true));
  document.addEventListener('keydown', event => {
    const isWriting = (event.target as Element).matches('input, textarea');
    if (event.key !== '/' || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
  box.hidden = false;
}

async function loadIndex(): Promise<MiniSearch<Found>> {
  const response = await fetch(new URL('./search.json', import.meta.url));
  const index = new MiniSearch<Found>({
    idField: 'href',
    fields: ['heading', 'page', 'text'],
    storeFields: ['href', 'heading', 'page', 'text'],
    searchOptions: {
      boost: { heading: 4, page: 2 },
      prefix: true,
      fuzzy: 0.2,
      // What begins as it was typed comes before what is only like it.
      weights: { prefix: 0.8, fuzzy: 0.1 },
      combineWith: 'AND',
    },
  });
  index.addAll((await response.json()) as Found[]);
  return index;
}

function showResults(box: HTMLElement, query: string, found: readonly SearchResult[]): void {
  const [status, list] = [box.querySelector('p')!, box.querySelector('ol')!];
  status.textContent = found.length > 0 ? `${found.length} found` : `Nothing has “${query}”.`;
  list.replaceChildren(...found.slice(0, MOST_RESULTS).map(item));
  box.hidden = query === '';
}

function item({ href, heading, page, text }: SearchResult): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  const [title, below] = [document.createElement('strong'), document.createElement('span')];
  link.href = `./${href}`;
  title.textContent = heading;
  below.textContent = [heading === page ? '' : page, excerpt(text)].filter(Boolean).join(' – ');
  link.append(title, below);
  item.append(link);
  return item;
}

function excerpt(text: string): string {
  return text.length > EXCERPT_CHARACTERS ? `${text.slice(0, EXCERPT_CHARACTERS)}…` : text;
}

/** Moves the focus among these, and stays at the ends. */
function step(stops: readonly HTMLElement[], by: 1 | -1): void {
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus();
}

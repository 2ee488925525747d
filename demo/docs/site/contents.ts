/** The pages in the order in which they are read. */

import type { Element } from '../../../vite.manifest.ts';
import { elementPage } from './element.ts';
import { errorsPage } from './errors.ts';
import { modelsPage } from './models.ts';
import { settingsPage } from './settings.ts';

export interface Group {
  title: string;
  pages: Page[];
}

/** A guide is a file of that name in `guides`; the others are made of the sources. */
export interface Page {
  name: string;
  markdown?: string;
}

export function contents(element: Element): Group[] {
  return [
    { title: 'Begin', pages: guides('index', 'one-minute', 'self-hosting', 'providers') },
    { title: 'The chat', pages: guides('theming', 'tools', 'resuming') },
    { title: 'The proxy', pages: guides('security', 'scaling') },
    { title: 'Moving here', pages: guides('from-deep-chat', 'from-n8n-chat') },
    {
      title: 'Reference',
      pages: [
        { name: 'element', markdown: elementPage(element) },
        { name: 'settings', markdown: settingsPage() },
        { name: 'models', markdown: modelsPage() },
        { name: 'errors', markdown: errorsPage() },
      ],
    },
  ];
}

function guides(...names: string[]): Page[] {
  return names.map(name => ({ name }));
}

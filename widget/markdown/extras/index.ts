/** The part of an answer's reading and showing that is loaded when an answer needs it. */

import type { Syntax } from '../syntax.ts';
import type { Views } from '../view.ts';
import { fullSyntax } from './syntax.ts';
import { fullViews } from './views.ts';

export interface Extras {
  syntax: Syntax;
  views: Views;
}

export const extras: Extras = { syntax: fullSyntax, views: fullViews };

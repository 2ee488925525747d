/** The part of an answer's reading and showing that is loaded when an answer needs it. */

import { fullViews } from '../patcher-extras.ts';
import type { Views } from '../patcher-inlines.ts';
import type { Syntax } from '../syntax.ts';
import { fullSyntax } from './syntax.ts';

export interface Extras {
  syntax: Syntax;
  views: Views;
}

export const extras: Extras = { syntax: fullSyntax, views: fullViews };

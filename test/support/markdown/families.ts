/** Inputs that make a careless Markdown parser blow up: each family is a text that can be made of any length. */

import type { Family } from './family.ts';
import { blockFamilies } from './hostile-blocks.ts';
import { inlineFamilies } from './hostile-inlines.ts';

export const families: readonly Family[] = [...inlineFamilies, ...blockFamilies];

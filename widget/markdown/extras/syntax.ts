/** All that answers are written in: links, images, GFM's tables, footnotes and bare addresses, math, named characters. */

import { asLeaf } from '../blocks/starts.ts';
import { backslash } from '../inlines/rules.ts';
import type { Scan } from '../inlines/scan.ts';
import { coreSyntax, type Rule, type Syntax } from '../syntax.ts';
import { angleAutolink } from './angle.ts';
import { ClosedHeading } from './closed-heading.ts';
import { emailAutolink, schemeAutolink, wwwAutolink } from './autolink.ts';
import { entity, unescapeText } from './entities.ts';
import { HeldParagraph } from './held-paragraph.ts';
import { readIndentedCode } from './indented-code.ts';
import { Labels } from './labels.ts';
import { closeBracket, exclamation, openBracket } from './link.ts';
import { readMath } from './math-block.ts';
import { backslashMath, dollarMath } from './math-span.ts';
import { readNote } from './note.ts';
import { readTask } from './task.ts';

/** Asks rules in turn that may find that nothing begins there: the character is text then. */
function first(...rules: Array<(scan: Scan) => boolean>): Rule {
  return scan => {
    if (!rules.some(rule => rule(scan))) scan.addText(scan.position + 1);
  };
}

export const fullSyntax: Syntax = {
  inlines: {
    ...coreSyntax.inlines,
    '[': scan => openBracket(scan, false),
    ']': closeBracket,
    '!': exclamation,
    '&': first(entity),
    '<': first(angleAutolink),
    $: dollarMath,
    '\\': scan => backslashMath(scan) || backslash(scan),
    ':': first(schemeAutolink),
    '.': first(wwwAutolink),
    '@': first(emailAutolink),
  },
  plain: /[^\\`*_~[\]!&\n$<:.@]+/y,
  starts: {
    $: line => asLeaf(readMath(line)),
    '\\': line => asLeaf(readMath(line)),
    '[': readNote,
  },
  readIndented: readIndentedCode,
  readTask,
  createHeading: (level, shared) => new ClosedHeading(level, shared),
  createParagraph: shared => new HeldParagraph(shared),
  unescape: unescapeText,
  createLabels: () => new Labels(),
};

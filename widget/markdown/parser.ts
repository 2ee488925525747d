/** The parser with all that answers are written in. */

import { fullSyntax } from './extras/syntax.ts';
import { SyntaxParser } from './syntax-parser.ts';

export class MarkdownParser extends SyntaxParser {
  constructor() {
    super(fullSyntax);
  }
}

/** Code that is told by its indentation. */

import type { Going } from '../blocks/block.ts';
import { CodeLines } from '../blocks/code.ts';
import type { Line } from '../blocks/line.ts';
import type { Start } from '../blocks/starts.ts';

class IndentedCode extends CodeLines {
  /** Blank lines, which belong to it if more of it follows. */
  #blank = '';
  #isBlank = false;

  constructor() {
    super('');
  }

  override going(line: Line): Going {
    if (line.indent < 4 && !line.isBlank) return 'no';
    line.passColumns(4);
    return 'yes';
  }

  override beginLine(line: Line): void {
    this.#isBlank = line.isBlank;
    if (this.#isBlank) {
      this.#blank += line.content;
    } else {
      this.write(this.#blank + line.content);
      this.#blank = '';
    }
  }

  override endLine(): void {
    if (this.#isBlank) this.#blank += '\n';
    else this.write('\n');
  }
}

/** At a line that is indented and goes on with no paragraph. */
export function readIndentedCode(line: Line): Start {
  line.passColumns(4);
  return { leaf: new IndentedCode() };
}

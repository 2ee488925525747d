/**
 * Tells the thinking of a model from its answer, where both stand in one text: `<think>…</think>` and then the answer.
 * Only where an answer opens with it: in the midst of one it is spoken of. Pure, and fed in pieces cut anywhere.
 */

export interface Split {
  reasoning: string;
  content: string;
}

/** Where a text is that goes on: in the tag of that name, with all that was thought before; or at its beginning. */
export interface Place {
  tag: string;
  reasoning: string;
  /** Nothing was said yet. */
  isBlank: boolean;
}

/** `think` of most; `thought` of Gemini: https://ai.google.dev/gemini-api/docs/openai */
const OPENER = /^\s*<(think|thinking|thought)>/;
const OPENERS = ['<think>', '<thinking>', '<thought>'];
/** Some are asked with the opening tag, and write only this: at the beginning of a line, and nothing behind it there. */
export const CLOSER = '</think>';
const LONE_CLOSER = /^<\/think>\s*$/m;

export class ThinkTags {
  /** Of the tag that is open; empty where none is. */
  #tag: string;
  #isBlank: boolean;
  /** All that was thought, as whether a tag is quoted shows only in what is before it. */
  #reasoning: string;
  /** What may be half a tag. */
  #held = '';

  constructor({ tag, reasoning, isBlank }: Place) {
    this.#tag = tag;
    this.#reasoning = reasoning;
    this.#isBlank = isBlank || tag !== '';
  }

  get tag(): string {
    return this.#tag;
  }

  /** Whether something is held back that the next piece decides on. */
  get holds(): boolean {
    return this.#held !== '';
  }

  /** Takes the next piece, and gives what of the text so far is certain. */
  feed(piece: string): Split {
    this.#held += piece;
    const split: Split = { reasoning: '', content: '' };
    while (this.#tag ? this.#think(split) : this.#isBlank && this.#begin());
    if (!this.#isBlank) split.content += this.#take(this.#held.length);
    return split;
  }

  /** There is no more: what was held back is no tag. */
  end(): Split {
    const held = this.#take(this.#held.length);
    if (!this.#tag) return { reasoning: '', content: this.#reasoning ? held.trimStart() : held };
    this.#reasoning += held;
    return { reasoning: held, content: '' };
  }

  /**
   * What the whole text comes to after all, if a tag that was taken for quoted has closed the thinking: a block of code
   * that was open there has never ended.
   */
  reconsidered(): Split | undefined {
    const closer = `</${this.#tag}>`;
    const at = this.#reasoning.indexOf(closer);
    if (!this.#tag || at < 0 || !isInCode(this.#reasoning)) return undefined;
    const content = this.#reasoning.slice(at + closer.length).trimStart();
    return content ? { reasoning: this.#reasoning.slice(0, at), content } : undefined;
  }

  /** True when there is more to look at. */
  #begin(): boolean {
    const opener = OPENER.exec(this.#held);
    if (opener) {
      this.#take(opener[0].length);
      this.#tag = opener[1]!;
      return true;
    }
    const begun = this.#held.trimStart();
    if (begun === '' || OPENERS.some(tag => tag.startsWith(begun))) return false;
    this.#isBlank = false;
    // After its thinking an answer begins with its first word.
    if (this.#reasoning) this.#held = begun;
    return false;
  }

  #think(split: Split): boolean {
    const closer = `</${this.#tag}>`;
    const at = this.#held.indexOf(closer);
    const thought = this.#take(at < 0 ? this.#held.length - halfAtEnd(this.#held, closer) : at);
    split.reasoning += thought;
    this.#reasoning += thought;
    if (at < 0) return false;
    if (isQuoted(this.#reasoning)) {
      this.#reasoning += closer;
      split.reasoning += closer;
    } else this.#tag = '';
    this.#take(closer.length);
    return true;
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }
}

/** The answer so far was thinking, if a closing tag stands in it that nothing has opened. */
export function loneCloser(content: string): Split | undefined {
  const closer = LONE_CLOSER.exec(content);
  if (!closer || isInCode(content.slice(0, closer.index))) return undefined;
  const after = content.slice(closer.index + closer[0].length);
  return { reasoning: content.slice(0, closer.index), content: after.trimStart() };
}

/** How much of the beginning of a tag a text ends with. */
function halfAtEnd(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1)
    if (text.endsWith(tag.slice(0, length))) return length;
  return 0;
}

/** Whether what follows this text is spoken of, and not meant: in code, or in a line of it. */
function isQuoted(text: string): boolean {
  return text.endsWith('`') || isInCode(text);
}

function isInCode(text: string): boolean {
  let fence = '';
  for (const [, marks = ''] of text.matchAll(/^ {0,3}(`{3,}|~{3,})/gm)) {
    if (!fence) fence = marks;
    else if (marks.startsWith(fence)) fence = '';
  }
  return fence !== '';
}

/**
 * The tree of an answer: plain objects in closed unions. The parser alone changes them, and only at the open end.
 *
 * A tree holds what the text means by CommonMark and GFM, harmless or not: what may be shown is the patcher's to say.
 */

export interface Root {
  type: 'root';
  children: Block[];
  /** Only notes that are referred to, in the order of their numbers. */
  footnotes: Footnotes | undefined;
}

export interface Paragraph {
  type: 'paragraph';
  children: Inline[];
}

export interface Heading {
  type: 'heading';
  level: number;
  children: Inline[];
}

export interface Blockquote {
  type: 'blockquote';
  children: Block[];
}

export interface List {
  type: 'list';
  ordered: boolean;
  /** The first number of an ordered list. */
  start: number;
  /** No blank line between its items or their blocks: its paragraphs stand close. */
  tight: boolean;
  children: Item[];
}

export interface Item {
  type: 'item';
  /** Of a task; undefined for any other item. */
  checked: boolean | undefined;
  children: Block[];
}

export interface Code {
  type: 'code';
  /** The whole info string, its escapes resolved; its first word names the language. */
  info: string;
  /** Each line with its line break. */
  text: string;
  /** Its fence or its indentation has ended: the text grows no more. */
  closed: boolean;
}

export interface ThematicBreak {
  type: 'break';
}

export type Align = 'left' | 'center' | 'right' | undefined;

export interface Cell {
  type: 'cell';
  children: Inline[];
}

export interface Row {
  type: 'row';
  children: Cell[];
}

export interface Table {
  type: 'table';
  align: Align[];
  head: Row;
  rows: Row[];
}

export interface MathBlock {
  type: 'math-block';
  /** TeX, without its delimiters. */
  text: string;
  closed: boolean;
}

export interface Footnotes {
  type: 'footnotes';
  children: Footnote[];
}

export interface Footnote {
  type: 'footnote';
  label: string;
  number: number;
  children: Block[];
}

/** What only the full syntax makes. */
export type ExtraBlock = Table | MathBlock;
export type Block = Paragraph | Heading | Blockquote | List | Code | ThematicBreak | ExtraBlock;

export interface Text {
  type: 'text';
  value: string;
}

export interface Emphasis {
  type: 'emphasis' | 'strong' | 'delete';
  children: Inline[];
}

export interface CodeSpan {
  type: 'code-span';
  text: string;
}

export interface Link {
  type: 'link';
  /** As written, escapes and entities resolved, not percent-encoded. Undefined while it has not arrived whole. */
  href: string | undefined;
  title: string;
  children: Inline[];
}

export interface Image {
  type: 'image';
  /** As written, escapes and entities resolved, not percent-encoded. */
  src: string;
  alt: string;
  title: string;
}

export interface LineBreak {
  type: 'line-break';
  /** A soft one is written as a line break too, but shows as a space. */
  hard: boolean;
}

export interface MathSpan {
  type: 'math';
  /** TeX, without its delimiters. */
  text: string;
  display: boolean;
  /** As it was written, for when it cannot be shown as math. */
  source: string;
  /** Its closing delimiter has arrived. */
  closed: boolean;
}

export interface FootnoteReference {
  type: 'footnote-reference';
  label: string;
  number: number;
}

/** What only the full syntax makes. */
export type ExtraInline = Link | Image | MathSpan | FootnoteReference;
export type Inline = Text | Emphasis | CodeSpan | LineBreak | ExtraInline;

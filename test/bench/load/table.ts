/** A table of plain text whose rows are printed as they come, and all of it once more at the end. */

/** What the first columns take, which have names; all others have figures below headings. */
const NAMES = [18, 9];
const LEAST = 6;

export class Table {
  readonly #lines: string[];
  readonly #widths: number[];

  constructor(columns: readonly string[]) {
    this.#widths = columns.map(({ length }, column) => NAMES[column] ?? Math.max(length, LEAST));
    this.#lines = [this.#line(columns)];
  }

  add(cells: readonly string[]): void {
    if (this.#lines.length === 1) console.log(this.#lines[0]);
    this.#lines.push(this.#line(cells));
    console.log(this.#lines.at(-1));
  }

  /** Empty without rows. */
  get text(): string {
    return this.#lines.length > 1 ? `\n${this.#lines.join('\n')}\n` : '';
  }

  #line(cells: readonly string[]): string {
    const pad = (cell: string, column: number) =>
      column < NAMES.length ? cell.padEnd(this.#widths[column]!) : cell.padStart(this.#widths[column]!);
    return cells.map(pad).join('  ').trimEnd();
  }
}

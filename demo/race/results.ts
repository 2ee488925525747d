/** The race as a table, which can be sorted by each of its columns. */

import { type Lap, tokensPerSecond } from './lap.ts';
import { msText, speedText, spentText, stageText, tokensText } from './words.ts';

interface Column {
  name: string;
  text(lap: Lap): string;
  /** What it is sorted by; null comes last in either direction. */
  value(lap: Lap): number | string | null;
}

const columns: readonly Column[] = [
  { name: 'Model', text: ({ racer }) => racer.label, value: ({ racer }) => racer.label },
  { name: 'First token', text: ({ firstMs }) => msText(firstMs), value: ({ firstMs }) => firstMs },
  { name: 'Tokens/s', text: speedText, value: tokensPerSecond },
  { name: 'Tokens', text: tokensText, value: ({ tokens }) => tokens || null },
  { name: 'Cost', text: spentText, value: ({ cost }) => cost?.amount ?? null },
  { name: 'End', text: stageText, value: stageText },
];

type Direction = 'ascending' | 'descending';

export class Results {
  readonly #table: HTMLTableElement;
  #laps: readonly Lap[] = [];
  #by = columns[1]!;
  #direction: Direction = 'ascending';

  constructor(table: HTMLTableElement) {
    this.#table = table;
    const row = table.createTHead().insertRow();
    for (const column of columns) {
      const head = row.appendChild(document.createElement('th'));
      head.scope = 'col';
      const button = head.appendChild(document.createElement('button'));
      button.type = 'button';
      button.textContent = column.name;
      button.addEventListener('click', () => this.#sort(column));
    }
    table.createTBody();
  }

  show(laps: readonly Lap[]): void {
    this.#laps = laps;
    this.#render();
  }

  #sort(column: Column): void {
    this.#direction = column === this.#by && this.#direction === 'ascending' ? 'descending' : 'ascending';
    this.#by = column;
    this.#render();
  }

  #render(): void {
    const heads = [...this.#table.tHead!.rows[0]!.cells];
    heads.forEach((head, index) => {
      if (columns[index] === this.#by) head.setAttribute('aria-sort', this.#direction);
      else head.removeAttribute('aria-sort');
    });
    const rows = this.#laps.toSorted((one, other) =>
      compare(this.#by.value(one), this.#by.value(other), this.#direction),
    );
    this.#table.tBodies[0]!.replaceChildren(...rows.map(rowOf));
  }
}

function rowOf(lap: Lap): HTMLTableRowElement {
  const row = document.createElement('tr');
  row.classList.toggle('failed', lap.stage.type === 'failed');
  columns.forEach(({ text }, index) => {
    const cell = row.appendChild(document.createElement(index === 0 ? 'th' : 'td'));
    if (index === 0) cell.scope = 'row';
    cell.textContent = text(lap);
  });
  return row;
}

function compare(one: number | string | null, other: number | string | null, direction: Direction): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order =
    typeof one === 'number' && typeof other === 'number'
      ? one - other
      : String(one).localeCompare(String(other));
  return direction === 'ascending' ? order : -order;
}

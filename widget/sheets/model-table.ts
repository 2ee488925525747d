/** The models side by side, as buttons of which one is pressed in, sorted by what matters to the visitor. */

import { html, nothing } from 'lit';
import type { OfferedModel } from '../client/models.ts';
import type { enModels } from '../locales/en-models.ts';
import { css } from '../styles/css.ts';
import { type ModelOrder, ordered } from './model-order.ts';

export interface ModelTable {
  words: typeof enModels;
  models: readonly OfferedModel[];
  picked: string | undefined;
  order: ModelOrder;
  onPick(id: string): void;
  /** It is the one. */
  onTake(id: string): void;
  onOrder(order: ModelOrder): void;
}

export function modelTable(table: ModelTable) {
  const { words } = table;
  return html`<fieldset>
    <legend class="spoken">${words.models}</legend>
    <table part="table">
      <thead>
        <tr>
          <th scope="col">${words.model}</th>
          ${head(table, 'firstToken', words.firstToken)}${head(table, 'price', words.price, words.inAndOut)}
        </tr>
      </thead>
      <tbody>
        ${ordered(table.models, table.order).map((model, index) => row(table, model, index))}
      </tbody>
    </table>
  </fieldset>`;
}

function head({ order, onOrder }: ModelTable, by: ModelOrder, name: string, more = '') {
  const isOrder = order === by;
  return html`<th scope="col" aria-sort=${isOrder ? 'ascending' : 'none'}>
    <button type="button" part="sort" @click=${() => onOrder(isOrder ? 'offered' : by)}>
      ${name}${more ? html`<small>${more}</small>` : nothing}
    </button>
  </th>`;
}

/** The arrow keys of a radio button mark another one, which is not yet to take it: a click or Enter does. */
function row({ words, models, picked, onPick, onTake }: ModelTable, model: OfferedModel, index: number) {
  const { id, label, isDefault, sees, price, ttftMs } = model;
  const about = [id !== label && id, isDefault && words.standard, sees && words.sees].filter(Boolean);
  // Where there is one model there is nothing to choose.
  const isChoice = models.length > 1;
  const onClick = ({ detail }: MouseEvent) => detail > 0 && onTake(id);
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    // It would press the button that gets the focus back.
    event.preventDefault();
    onTake(id);
  };
  const radio = html`<input
    part="radio"
    type="radio"
    name="model"
    aria-labelledby=${`model-${index}`}
    aria-describedby=${`about-${index}`}
    .checked=${id === picked}
    @change=${() => onPick(id)}
    @keydown=${onKeydown}
  />`;
  return html`<tr part="option" class=${isChoice && id === picked ? 'picked' : ''} @click=${isChoice ? onClick : nothing}>
    <th scope="row">
      ${isChoice ? radio : nothing}
      <span>
        <bdi id=${`model-${index}`}>${label}</bdi>
        <small id=${`about-${index}`}>${about.join(' · ')}</small>
      </span>
    </th>
    <td>${ttftMs === null ? unknown(words) : words.time(ttftMs)}</td>
    <td>${price ? cost(price, words) : unknown(words)}</td>
  </tr>`;
}

function cost(price: NonNullable<OfferedModel['price']>, words: typeof enModels) {
  return price.input + price.output === 0 ? words.free : words.amounts(price);
}

function unknown(words: typeof enModels) {
  return html`<span aria-hidden="true">–</span><span class="spoken">${words.unknown}</span>`;
}

export const modelTableStyles = css`
  fieldset {
    margin: 0 -8px;
    border: 0;
    padding: 0;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: var(--_small);
    font-variant-numeric: tabular-nums;
    line-height: 1.4;
  }
  tr {
    border-block-end: 1px solid var(--_line);
  }
  th,
  td {
    padding: 8px;
    font-weight: inherit;
    text-align: end;
    vertical-align: top;
  }
  th:first-child {
    text-align: start;
  }
  thead th {
    color: var(--_ink-2);
    font-size: var(--_tiny);
    vertical-align: bottom;
  }
  thead button {
    min-block-size: 24px;
    text-align: end;
  }
  [aria-sort='ascending'] button {
    color: var(--_ink);
    font-weight: 620;
    text-decoration: underline;
    text-underline-offset: 4px;
  }
  tr:has(input) {
    cursor: pointer;
  }
  tbody tr.picked {
    --_ink-2: var(--_on-tint);
    background: var(--_tint);
    color: var(--_on-tint);
  }
  tbody th {
    display: flex;
    gap: 8px;
    overflow-wrap: anywhere;
  }
  td {
    color: var(--_ink-2);
    white-space: nowrap;
  }
  bdi {
    font-size: var(--_text);
  }
  small {
    display: block;
    color: var(--_ink-2);
    font-size: var(--_tiny);
  }
  input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 3px 0 0;
    accent-color: var(--_accent);
  }
  p {
    margin: 0 0 12px;
    color: var(--_ink-2);
    font-size: var(--_small);
  }
  .take {
    margin-block-start: 16px;
  }
  @media (hover: hover) {
    tr:has(input):not(.picked):hover {
      background: var(--_sunken);
    }
    thead button:hover {
      color: var(--_ink);
    }
  }
`;

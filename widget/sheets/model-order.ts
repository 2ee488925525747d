/** In which order models are shown. Pure. */

import type { OfferedModel } from '../client/models.ts';

/** `offered`: as the server names them. */
export type ModelOrder = 'offered' | 'firstToken' | 'price';

/** The least comes first; what nobody knows, last. Prices in one currency stand together, as nobody knows the rates. */
export function ordered(models: readonly OfferedModel[], order: ModelOrder): readonly OfferedModel[] {
  switch (order) {
    case 'offered':
      return models;
    case 'firstToken':
      return models.toSorted((one, other) => least(one.ttftMs, other.ttftMs));
    case 'price':
      return models.toSorted(
        (one, other) => group(one) - group(other) || byCurrency(one, other) || least(sum(one), sum(other)),
      );
    default:
      return order satisfies never;
  }
}

function least(one: number | null, other: number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one - other;
}

/** What costs nothing, costs it in any currency. */
function group(model: OfferedModel): number {
  const price = sum(model);
  if (price === null) return 2;
  return price === 0 ? 0 : 1;
}

function byCurrency({ price: one }: OfferedModel, { price: other }: OfferedModel): number {
  return (one?.currency ?? 'USD').localeCompare(other?.currency ?? 'USD');
}

/** An answer is mostly shorter than what it is an answer to, but costs more: both count. */
function sum({ price }: OfferedModel): number | null {
  return price && price.input + price.output;
}

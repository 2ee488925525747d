/** The words of the choice of a model, in English. */

import type { Price } from '../../server/protocol.ts';

export const enModels = {
  title: 'Model',
  /** The accessible name of the list. */
  models: 'Models',
  model: 'Model',
  firstToken: 'First token',
  price: 'Price of 1M tokens',
  /** Under the price, which is two. */
  inAndOut: 'in / out',
  standard: 'standard',
  sees: 'sees images',
  free: 'free',
  /** In place of a figure. */
  unknown: 'unknown',
  use: 'Use this model',
  answerAgain: 'Answer again with it',
  loading: 'Loading…',
  failed: 'The models could not be loaded.',
  retry: 'Retry',
  gone: (model: string) => `“${model}” is no longer available.`,
  time: (ms: number) =>
    ms < 1000
      ? ms.toLocaleString('en', { style: 'unit', unit: 'millisecond' })
      : (ms / 1000).toLocaleString('en', { style: 'unit', unit: 'second', maximumFractionDigits: 1 }),
  amounts: ({ input, output, currency = 'USD' }: Price) => {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 3 });
    return `${format.format(input)} / ${format.format(output)}`;
  },
};

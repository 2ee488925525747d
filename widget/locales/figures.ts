/** Numbers, times, amounts and plurals as a language writes them. */

import type { Cost } from '../conversation/message.ts';

/** @template Form the plural forms that the language has */
export interface Figures<Form extends Intl.LDMLPluralRule = 'other'> {
  /** `1,234` */
  whole(count: number): string;
  /** Two digits where it is small: `4.2`, `38`. */
  rough(count: number): string;
  /** `240 ms`, `1.4 s` */
  duration(ms: number): string;
  /** `8 s`, `3 min`, `2 h`: never less than it is. */
  wait(seconds: number): string;
  seconds(count: number): string;
  /** Of what an answer has cost. */
  cost(cost: Cost): string;
  /** Of a price in a list. */
  price(amount: number, currency?: string): string;
  /** A time of today, a day of before. */
  when(time: number): string;
  /** The form for a count; `#` in it is the number. */
  plural(count: number, forms: Readonly<Record<Form | 'other', string>>): string;
}

/**
 * Formats are made when something is shown: the first one of a page takes longer than a frame.
 * @param tag as BCP 47 has it; its region decides how numbers are written
 */
export function figuresIn(tag: string): Figures<Intl.LDMLPluralRule> {
  const numbers = (options: Intl.NumberFormatOptions) => (value: number) =>
    value.toLocaleString(tag, options);
  const unit = (name: string, options: Intl.NumberFormatOptions) =>
    numbers({ ...options, style: 'unit', unit: name });
  const whole = numbers({ maximumFractionDigits: 0 });
  const two = numbers({ maximumSignificantDigits: 2 });
  const milliseconds = unit('millisecond', { maximumFractionDigits: 0 });
  const roughSeconds = unit('second', { maximumSignificantDigits: 2 });
  const seconds = unit('second', { maximumFractionDigits: 0 });
  const minutes = unit('minute', { maximumFractionDigits: 0 });
  const hours = unit('hour', { maximumFractionDigits: 0 });
  return {
    whole,
    rough: count => (count < 10 ? two(count) : whole(count)),
    duration: ms => (ms < 1000 ? milliseconds(ms) : roughSeconds(ms / 1000)),
    wait: count => {
      if (count < 120) return seconds(count);
      return count < 7200 ? minutes(Math.ceil(count / 60)) : hours(Math.ceil(count / 3600));
    },
    seconds,
    cost: ({ amount, currency }) =>
      numbers({ style: 'currency', currency, maximumSignificantDigits: 2 })(amount),
    price: (amount, currency = 'USD') =>
      numbers({ style: 'currency', currency, maximumFractionDigits: 3 })(amount),
    when: time => {
      const date = new Date(time);
      return date.toDateString() === new Date().toDateString()
        ? date.toLocaleTimeString(tag, { hour: 'numeric', minute: '2-digit' })
        : date.toLocaleDateString(tag, { day: 'numeric', month: 'short' });
    },
    plural: (count, forms) => {
      const form = new Intl.PluralRules(tag).select(count);
      return (forms[form] ?? forms.other).replace('#', whole(count));
    },
  };
}

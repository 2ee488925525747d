/** What the demo pages ask of the proxy that serves them. */

import type { ModelEntry, ModelList, Price, SessionToken, WidgetSettings } from '../server/protocol.ts';

export const DEMO_MODEL = 'rivulet-demo';

/** Whether it is one of the built-in ones, which play what they are asked for in a time that was set. */
export function isDemo({ id }: ModelEntry): boolean {
  return id.startsWith(DEMO_MODEL);
}

/** Null where the proxy offers none to this page. */
export async function fetchModels(): Promise<ModelEntry[] | null> {
  const response = await fetch(addressOf('v1/models'), { headers: await authorization() });
  return response.ok ? ((await response.json()) as ModelList).data : null;
}

/** Where visitors have sessions, these pages are visitors too. */
export async function authorization(): Promise<Record<string, string>> {
  const settings = await fetch(addressOf('v1/widget'));
  const { session } = settings.ok ? ((await settings.json()) as WidgetSettings) : {};
  if (!session) return {};
  const response = await fetch(addressOf('v1/session'), { method: 'POST' });
  if (!response.ok) return {};
  const { token } = (await response.json()) as SessionToken;
  return { Authorization: `Bearer ${token}` };
}

/** The proxy may be under a path of its own. */
export function addressOf(path: string): URL {
  return new URL(path, location.href);
}

export function priceText(price: Price | null): string {
  if (!price) return 'unknown';
  if (price.input === 0 && price.output === 0) return 'free';
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: price.currency ?? 'USD' });
  return `${format.format(price.input)} in, ${format.format(price.output)} out`;
}

/** What an answer cost, as exact as it is small. */
export function costText({ amount, currency }: { amount: number; currency: string }): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency, maximumSignificantDigits: 3 }).format(
    amount,
  );
}

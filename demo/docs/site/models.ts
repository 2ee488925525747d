/** The page of the catalogue: which providers are known, how each is turned on, what it offers for what price. */

import { type CatalogueModel, type Provider, providers } from '../../../server/config/providers.ts';

const INTRODUCTION = `# Models and prices

What the proxy knows of each provider without being told. A key in the environment turns it on, with the models below; others
are a matter of [settings](settings.md#providers). Prices are list prices of a million tokens without discounts, as the provider's page had
them on the day beside them; where none is known, costs are not shown. [Which provider for what](providers.md) is a page of its own.`;

export function modelsPage(): string {
  return [INTRODUCTION, ...providers.map(section)].join('\n\n');
}

function section({ name, label, baseUrl, keyVariable, keyOptional, docs, models }: Provider): string {
  const variables = `\`${keyVariable}\`${keyOptional ? `, or without a key \`${name.toUpperCase()}_BASE_URL\`` : ''}`;
  return `## ${label}

Turned on by ${variables}. In settings it is \`${name}\`. Requests go to \`${baseUrl}\`; \`${name.toUpperCase()}_BASE_URL\`
names another address. [Its documentation](${docs})

| Model | Name | Sees images | Prompt | Answer | Of |
|---|---|---|---|---|---|
${models.map(row).join('\n')}`;
}

function row({ id, label, vision, price, priceSource, priceDate }: CatalogueModel): string {
  const amount = (value: number | undefined) =>
    value === undefined ? '–' : `${value} ${price?.currency ?? 'USD'}`;
  const source = priceSource ? `[${priceDate}](${priceSource})` : '–';
  return `| \`${id}\` | ${label} | ${vision ? 'yes' : 'no'} | ${amount(price?.input)} | ${amount(price?.output)} | ${source} |`;
}

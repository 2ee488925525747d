/** The demo page: the tag to paste, the models that answer, and the situations that the demo model plays. */

import type { ModelEntry, ModelList, Price, SessionToken, WidgetSettings } from '../server/protocol.ts';

const DEMO_MODEL = 'rivulet-demo';

const situations: ReadonlyArray<[label: string, question: string]> = [
  ['Thinking first', '/reasoning'],
  ['A long answer', '/long'],
  ['A very quick one', '/fast'],
  ['A slow first token', '/slow'],
  ['Cut at its length', '/cut'],
  ['A failure in the middle', '/error'],
  ['Too many requests', '/busy'],
  ['An empty answer', '/empty'],
];

const chat = document.querySelector('rivulet-chat')!;

showTag();
void showModels();

function showTag(): void {
  const tag = `<script src="${new URL('widget.js', location.href)}" async></script>`;
  document.querySelector('#tag')!.textContent = tag;
  const copy = document.querySelector<HTMLButtonElement>('#copy')!;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(tag);
    copy.textContent = 'Copied';
    setTimeout(() => {
      copy.textContent = 'Copy';
    }, 2_000);
  });
}

async function showModels(): Promise<void> {
  const response = await fetch(new URL('v1/models', location.href), { headers: await authorization() });
  if (!response.ok) return;
  const { data } = (await response.json()) as ModelList;
  if (data.some(({ id }) => id === DEMO_MODEL)) showSituations();
  const rows = data.map(({ id, rivulet }) =>
    row(rivulet.label || id, firstToken(rivulet), price(rivulet.price)),
  );
  document.querySelector('#models tbody')!.replaceChildren(...rows);
  document.querySelector<HTMLElement>('#models')!.hidden = false;
}

/** Where visitors have sessions, this page is a visitor too. */
async function authorization(): Promise<Record<string, string>> {
  const settings = await fetch(new URL('v1/widget', location.href));
  const { session } = settings.ok ? ((await settings.json()) as WidgetSettings) : {};
  if (!session) return {};
  const response = await fetch(new URL('v1/session', location.href), { method: 'POST' });
  if (!response.ok) return {};
  const { token } = (await response.json()) as SessionToken;
  return { Authorization: `Bearer ${token}` };
}

function showSituations(): void {
  const buttons = situations.map(([label, question]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.addEventListener('click', async () => {
      await customElements.whenDefined('rivulet-chat');
      chat.model = DEMO_MODEL;
      chat.stop();
      chat.send(question);
    });
    return button;
  });
  document.querySelector('.chips')!.replaceChildren(...buttons);
  document.querySelector<HTMLElement>('#situations')!.hidden = false;
}

function row(...texts: string[]): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (const text of texts) row.insertCell().textContent = text;
  return row;
}

function firstToken({ ttft_ms }: ModelEntry['rivulet']): string {
  return ttft_ms === null ? 'not yet measured' : `${ttft_ms} ms`;
}

function price(price: Price | null): string {
  if (!price) return 'unknown';
  if (price.input === 0 && price.output === 0) return 'free';
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: price.currency ?? 'USD' });
  return `${format.format(price.input)} in, ${format.format(price.output)} out`;
}

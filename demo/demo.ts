/** The demo page: the tag to paste, the models that answer, and the situations that the demo model plays. */

import type { ModelEntry } from '../server/protocol.ts';
import { copyButton } from './copy.ts';
import { addressOf, DEMO_MODEL, fetchModels, isDemo, priceText } from './proxy.ts';
import { chooseTheme } from './themes.ts';
import { giveTools } from './tools.ts';

const situations: ReadonlyArray<[label: string, question: string]> = [
  ['Thinking first', '/reasoning'],
  ['With its sources', '/sources'],
  ['Functions of this page', '/tools'],
  ['A long answer', '/long'],
  ['A very quick one', '/fast'],
  ['A slow first token', '/slow'],
  ['Cut at its length', '/cut'],
  ['A failure in the middle', '/error'],
  ['Too many requests', '/busy'],
  ['An empty answer', '/empty'],
  ['Files of yours', '/attachments'],
];

const chat = document.querySelector('rivulet-chat')!;

chat.commands = situations.map(([label, text]) => ({ name: text.slice(1), label, text }));
chat.followUps = ({ question }) =>
  situations
    .map(([, text]) => text)
    .filter(text => !question.includes(text))
    .slice(0, 2);

giveTools(chat);
chooseLanguage();
chooseTheme();
showTag();
void showModels();
listen();

function showTag(): void {
  const tag = `<script src="${addressOf('widget.js')}" async></script>`;
  document.querySelector('#tag')!.textContent = tag;
  copyButton(document.querySelector('#copy')!, () => tag);
}

function chooseLanguage(): void {
  const select = document.querySelector<HTMLSelectElement>('#language')!;
  select.addEventListener('change', () => (chat.lang = select.value));
}

/** What visitors say of an answer or to a person stays in this page. */
function listen(): void {
  const show = (what: string, said: unknown) => {
    document.querySelector('#heard code')!.textContent = `${what}: ${JSON.stringify(said, null, 2)}`;
    document.querySelector<HTMLElement>('#heard')!.hidden = false;
  };
  chat.addEventListener('rivulet-feedback', event => show('feedback', (event as CustomEvent).detail));
  chat.onContact = form => show('contact', form);
}

async function showModels(): Promise<void> {
  const models = await fetchModels();
  if (!models) return;
  if (models.some(isDemo)) showSituations();
  const rows = models.map(({ id, rivulet }) =>
    row(rivulet.label || id, firstToken(rivulet), priceText(rivulet.price)),
  );
  document.querySelector('#models tbody')!.replaceChildren(...rows);
  document.querySelector<HTMLElement>('#models')!.hidden = false;
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

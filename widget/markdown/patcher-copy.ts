/** A button that copies something and says that it did. */

import { element } from './patcher.ts';

const saidMs = 2000;

export function copyButton(name: string, done: string, text: () => string): HTMLButtonElement {
  const button = element('button', 'copy');
  button.type = 'button';
  button.textContent = name;
  button.addEventListener('click', async () => {
    await copy(text(), button);
    button.textContent = done;
    setTimeout(() => (button.textContent = name), saidMs);
  });
  return button;
}

/** Pages that are not served safely have no clipboard to write to, and those in a frame may not be let to it. */
async function copy(text: string, button: HTMLElement): Promise<void> {
  const isRefused = await navigator.clipboard?.writeText(text).catch(() => true);
  if (isRefused || !navigator.clipboard) (await import('./later/copy.ts')).copyByCommand(text, button);
}

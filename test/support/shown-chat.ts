/** For browser tests: a chat in a page, and what one sees and does in it. */

import { fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import type { Played } from './play.ts';

/** Longer than the slowest machine takes. */
const WAIT = { timeout: 15_000 };

export async function showChat(
  { endpoint }: Played,
  attributes: Record<string, string> = {},
): Promise<RivuletChat> {
  const chat = await fixture<RivuletChat>(
    html`<rivulet-chat persist="none" endpoint=${endpoint}></rivulet-chat>`,
  );
  for (const [name, value] of Object.entries(attributes)) chat.setAttribute(name, value);
  await chat.updateComplete;
  return chat;
}

/** Also in the trees below. */
export function all(root: Element | ShadowRoot | null | undefined, selector: string): HTMLElement[] {
  if (!root) return [];
  const within = [...root.querySelectorAll<HTMLElement>('*')];
  const below = within.flatMap(({ shadowRoot }) => all(shadowRoot, selector));
  return [...within.filter(element => element.matches(selector)), ...below];
}

/** The last one of that accessible name or text, when it is there. */
export async function named(chat: RivuletChat, name: string, selector = '*'): Promise<HTMLElement> {
  const find = () =>
    all(chat.shadowRoot, selector).findLast(
      element =>
        element.getAttribute('aria-label') === name ||
        (element.localName === 'button' && element.textContent?.trim() === name),
    );
  await waitUntil(find, `there is ${name}`, WAIT);
  return find()!;
}

export function isThere(chat: RivuletChat, name: string): boolean {
  return all(chat.shadowRoot, `[aria-label="${name}"]`).length > 0;
}

export async function ask(chat: RivuletChat, text: string): Promise<void> {
  chat.focus();
  await sendKeys({ type: text });
  await sendKeys({ press: 'Enter' });
}

export async function says(chat: RivuletChat, text: string): Promise<void> {
  const find = () => all(chat.shadowRoot, '*').some(({ textContent }) => textContent?.trim() === text);
  await waitUntil(find, `it says: ${text}`, WAIT);
}

/** The last answer has ended, and says this. */
export async function answered(chat: RivuletChat, text: string): Promise<void> {
  const last = () => all(chat.shadowRoot, 'rivulet-answer .text').at(-1)?.textContent?.trim();
  await waitUntil(() => !chat.busy && last() === text, `it has answered: ${text}`, WAIT);
}

/** The innermost element that has the focus. */
export function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

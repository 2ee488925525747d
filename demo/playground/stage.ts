/** The chat that is played with, on a page of its own: a popup, a panel or a full page has a window there as on any site. */

import { isOwnHand } from './address.ts';
import type { Values } from './setting.ts';
import type { Form, Settings } from './snippet.ts';
import { asProperty, ownWords } from './words.ts';

type Chat = HTMLElementTagNameMap['rivulet-chat'];

export interface Played {
  values: Values;
  form: Form;
}

/** @returns what gives the chat other settings */
export async function openStage(
  frame: HTMLIFrameElement,
  settings: Settings,
): Promise<(played: Played) => void> {
  await loaded(frame);
  const { contentDocument, contentWindow } = frame;
  const chat = contentDocument!.querySelector<Chat>('rivulet-chat')!;
  await contentWindow!.customElements.whenDefined('rivulet-chat');
  let before: Played | undefined;
  return played => {
    for (const { key } of settings.attributes) {
      const value = valueHere(key, played);
      // A chat that was opened or closed by hand stays as it is.
      const isSame = before?.values.get(key) === played.values.get(key);
      if (before && isSame && value === valueHere(key, before)) continue;
      if (value === undefined) chat.removeAttribute(key);
      else chat.setAttribute(key, value);
    }
    const { style } = contentDocument!.documentElement;
    for (const { key } of settings.tokens) style.setProperty(key, played.values.get(key) ?? '');
    // All that the chat says is said anew then.
    if (settings.words.some(({ key }) => before?.values.get(key) !== played.values.get(key)))
      chat.words = asProperty(ownWords(played.values, settings.words)) as Chat['words'];
    before = played;
  };
}

function loaded(frame: HTMLIFrameElement): Promise<unknown> {
  const { readyState, URL } = frame.contentDocument!;
  if (readyState === 'complete' && URL !== 'about:blank') return Promise.resolve();
  return new Promise(resolve => frame.addEventListener('load', resolve, { once: true }));
}

/** What differs here: without a word the script tag is a popup; it is open, to be seen; and what one tries is not kept. */
function valueHere(key: string, { values, form }: Played): string | undefined {
  // The chat here asks its own proxy and nobody else; the page's policy sees to that as well.
  if (isOwnHand(key)) return undefined;
  const usual: Record<string, string> = {
    open: '',
    persist: 'none',
    ...(form === 'script' && { mode: 'popup' }),
  };
  return values.get(key) ?? usual[key];
}

/** What screen readers are told of a chat, from now on. */

import type { RivuletChat } from '../../widget/index.ts';

export interface Heard {
  text: string;
  manner: string;
  lang: string;
}

/** Each thing as it comes into a live region. */
export function heard(chat: RivuletChat): readonly Heard[] {
  const said: Heard[] = [];
  const observer = new MutationObserver(changes => {
    for (const { target, addedNodes } of changes)
      for (const node of addedNodes) {
        const manner = target instanceof Element && target.getAttribute('aria-live');
        if (manner && node instanceof HTMLElement)
          said.push({ text: node.textContent, manner, lang: node.lang });
      }
  });
  observer.observe(chat.renderRoot, { childList: true, subtree: true });
  return said;
}

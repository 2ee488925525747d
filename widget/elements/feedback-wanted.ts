/** Whether visitors are asked what they think of answers: by the page or by the proxy. What asks them is loaded then. */

import type { RivuletChat } from '../rivulet-chat.ts';
import type { ChatParts } from '../sheets/sheet.ts';
import { chatOf } from './chat-of.ts';

export function wantsFeedback({ host, owner }: ChatParts): boolean {
  return (host as RivuletChat).feedback || owner.settings.all?.feedback === true;
}

const followed = new WeakSet<object>();

/** Once is enough for a chat. */
export function loadWhenWanted(element: Node): void {
  const parts = chatOf(element);
  if (!parts || followed.has(parts)) return;
  followed.add(parts);
  const load = () => {
    if (!wantsFeedback(parts) || customElements.get('rivulet-feedback')) return;
    // Without a network now, it is asked for again with the next change.
    import('./feedback.ts').catch(() => {});
  };
  parts.host.addController({ hostUpdated: load });
  load();
}

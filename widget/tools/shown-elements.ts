/**
 * Elements of the page that tools have given. They stay in the page's own tree, as children of the chat in slots, so that
 * the page's styles and scripts hold for them; and go when the conversation has no place for them any more.
 */

import type { ReactiveController } from 'lit';
import type { Conversation } from '../conversation/conversation.ts';
import { newId } from '../conversation/new-id.ts';
import type { ToolHost } from './tool.ts';

const ofHosts = new WeakMap<ToolHost, ShownElements>();

/**
 * Gives the name of the slot in which it shows.
 * @throws what the browser throws for an element that the chat is in
 */
export function showElement(host: ToolHost, element: Element, conversation: () => Conversation): string {
  let shown = ofHosts.get(host);
  if (!shown) {
    ofHosts.set(host, (shown = new ShownElements(conversation)));
    host.addController(shown);
  }
  host.append(element);
  element.slot = `rivulet-${newId()}`;
  shown.elements.add(element);
  return element.slot;
}

class ShownElements implements ReactiveController {
  readonly elements = new Set<Element>();
  readonly #conversation: () => Conversation;
  #checked: Conversation | undefined;

  constructor(conversation: () => Conversation) {
    this.#conversation = conversation;
  }

  hostUpdated(): void {
    const conversation = this.#conversation();
    if (this.elements.size === 0 || conversation === this.#checked) return;
    this.#checked = conversation;
    const slots = slotsOf(conversation);
    for (const element of this.elements) {
      if (slots.has(element.slot)) continue;
      this.elements.delete(element);
      element.remove();
    }
  }
}

/** Of all that was said, shown or aside. */
function slotsOf(conversation: Conversation): Set<string | undefined> {
  const messages = [conversation, ...(conversation.aside ?? [])].flatMap(({ messages }) => messages);
  const rounds = messages.flatMap(message => (message.role === 'assistant' && message.rounds) || []);
  return new Set(rounds.flatMap(({ calls }) => calls.map(({ slot }) => slot)));
}

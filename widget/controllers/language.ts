/** Follows the language of the page around a chat. English is here; what speaks another one is loaded. */

import type { ReactiveController } from 'lit';
import { languages } from '../locales/words-of.ts';
import type { RivuletChat } from '../rivulet-chat.ts';

export class LanguageController implements ReactiveController {
  readonly #host: RivuletChat;
  readonly #observer = new MutationObserver(() => this.#look());
  /** The chat and all that it is in, whatever trees these are in. */
  #around: HTMLElement[] = [];
  /** What could not be loaded is asked for again, each time after twice as long. */
  #retryMs = 1000;
  /** The page's words that are followed; where nothing is, something else. */
  #words: unknown = this;

  constructor(host: RivuletChat) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#around = [];
    for (
      let node: Node | null = this.#host;
      node;
      node = node.parentNode ?? ((node as ShadowRoot).host as Node)
    ) {
      this.#around.push(node as HTMLElement);
      this.#observer.observe(node, { attributeFilter: ['lang', 'dir'] });
    }
    this.#look();
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** Fulfilled when what the chat speaks is here, or cannot be had: then it is English. */
  prepare(): Promise<void> | undefined {
    const host = this.#host;
    if (this.#words === host.words) return undefined;
    this.#words = host.words;
    const lang = this.#around.find(({ lang }) => lang)?.lang ?? 'en';
    if (lang.startsWith('en') && !host.words && !languages.has(host)) return undefined;
    return (
      import('../languages.ts')
        .then(({ speak }) => speak(host, lang, this.#around, languages))
        // Where they cannot be had, it is English until they can.
        .catch(() => void setTimeout(this.#look, (this.#retryMs *= 2)))
    );
  }

  readonly #look = (): void => {
    this.#words = this;
    this.#host.requestUpdate();
  };
}

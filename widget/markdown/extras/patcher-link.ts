/** Shows links. One that must not be opened is shown as its text. */

import { InlineList } from '../patcher-inlines.ts';
import { element } from '../patcher.ts';
import type { Link } from '../tree.ts';
import type { Surroundings } from '../view.ts';
import { plainText } from './plain-text.ts';
import { claimsAnotherHost, safeUrl } from './urls.ts';

/** Half a link, whose address has not arrived, is one already. */
export function linkElement({ href }: Link): 'a' | 'span' {
  return href === undefined || safeUrl(href, document.baseURI) ? 'a' : 'span';
}

export class LinkView {
  readonly dom: HTMLElement;
  readonly #list: InlineList;

  constructor(node: Link, around: Surroundings) {
    this.dom = element(linkElement(node));
    this.dom.part.value = 'link';
    this.#list = new InlineList(this.dom, around);
  }

  update({ href, title, children }: Link): void {
    this.#list.update(children);
    const url = safeUrl(href, document.baseURI);
    if (!url || !(this.dom instanceof HTMLAnchorElement) || this.dom.href === url.href) return;
    this.dom.href = url.href;
    this.dom.target = '_blank';
    this.dom.rel = 'noopener noreferrer nofollow';
    const host = claimsAnotherHost(plainText(children), url) ? url.host : '';
    const said = [title, host].filter(Boolean).join(' · ');
    if (said) this.dom.title = said;
  }
}

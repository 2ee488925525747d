/** Images. What an answer names is not fetched before a click, unless the page allows its origin. */

import { element } from '../patcher.ts';
import type { Image } from '../tree.ts';
import type { Surroundings } from '../view.ts';
import { isAllowedImage, safeUrl } from './urls.ts';

export function imageDom(image: Image, { imageOrigins, extraWords }: Surroundings): HTMLElement {
  const url = safeUrl(image.src, document.baseURI);
  if (!url?.protocol.startsWith('http')) return withText(element('span', 'image'), image.alt);
  if (isAllowedImage(url, imageOrigins)) return loaded(image, url);
  const button = element('button', 'image');
  button.type = 'button';
  // For those who copy the answer.
  button.value = url.href;
  button.title = image.title ? `${image.title} · ${url.host}` : url.host;
  withText(button, image.alt || url.host);
  button.ariaLabel = `${extraWords!.loadImage(url.host)}: ${image.alt}`;
  button.addEventListener('click', () => button.replaceWith(loaded(image, url)));
  return button;
}

function loaded(image: Image, url: URL): HTMLImageElement {
  const made = element('img');
  made.alt = image.alt;
  if (image.title) made.title = image.title;
  made.loading = 'lazy';
  made.decoding = 'async';
  made.referrerPolicy = 'no-referrer';
  made.src = url.href;
  return made;
}

function withText<Made extends HTMLElement>(made: Made, text: string): Made {
  made.textContent = text;
  return made;
}

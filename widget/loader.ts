/**
 * The script tag's own file: `<script src="https://proxy.example/widget.js" async></script>`, classic or
 * `type="module"`, on any origin. It puts a launcher in the corner and loads the chat on first need; a page
 * that has a `<rivulet-chat>` of its own gets that one defined, and no launcher.
 *
 * The built file has no `import` or `export` statement and no `import.meta`: a classic script may not.
 */

import { RivuletLauncher } from './elements/launcher.ts';
import type { RivuletChat } from './rivulet-chat.ts';
import { leftPopup, rememberPopup } from './storage/popup.ts';

/** The chat's file, `./widget/chat-<hash>.js`, relative to this one. The build puts it here. */
declare const CHAT_FILE: string;

/** Null in a module. */
const classic = document.currentScript as HTMLScriptElement | null;

let loading: Promise<unknown> | undefined;
let failures = 0;

// A second copy of this script finds the launcher of the first defined, and leaves all to it.
if (customElements.get('rivulet-launcher') === RivuletLauncher) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}

function start(): void {
  if (document.querySelector('rivulet-chat')) void prefetch();
  else addLauncher();
}

function addLauncher(): void {
  const chat = document.createElement('rivulet-chat') as RivuletChat;
  const launcher = document.createElement('rivulet-launcher');
  chat.setAttribute('mode', 'popup');
  launcher.slot = 'launcher';
  for (const [name, value] of tagAttributes()) {
    chat.setAttribute(name, value);
    // The chat sets these on its launcher, but it is not there yet.
    if (name === 'theme' || name === 'position') launcher.setAttribute(name, value);
  }
  launcher.addEventListener('pointerenter', prefetch);
  launcher.addEventListener('focusin', prefetch);
  launcher.addEventListener('click', async () => {
    // Once the chat is there, it hears the clicks itself.
    if (customElements.get('rivulet-chat')) return;
    launcher.state = 'loading';
    try {
      await loadChat();
      launcher.state = 'idle';
      chat.open();
    } catch {
      launcher.state = 'failed';
    }
  });
  chat.append(launcher);
  document.body.append(chat);
  goOn(chat);
  addEventListener('pagehide', () => {
    // Before its code is there, the attribute is all that is known.
    const { isOpen = chat.hasAttribute('open'), busy = false } = chat as Partial<RivuletChat>;
    rememberPopup({ isOpen, isBusy: busy });
  });
}

/** The popup is as the visitor left it on the page before, and its answer goes on. */
function goOn(chat: RivuletChat): void {
  const { isOpen, isBusy } = leftPopup() ?? {};
  // What is the whole screen would hide the page that they went to.
  if (isOpen !== undefined) chat.toggleAttribute('open', isOpen && (isReload() || !isScreen()));
  if (chat.hasAttribute('open')) void loadChat().then(() => appear(chat), ignore);
  else if (isOpen || isBusy) void loadChat().then(() => chat.resume(), ignore);
}

/** At once: it was there, or is a part of the page. */
async function appear(chat: RivuletChat): Promise<void> {
  await chat.updateComplete;
  for (const animation of chat.shadowRoot?.getAnimations() ?? []) animation.finish();
}

/** As in the panel's styles. */
function isScreen(): boolean {
  return matchMedia('(max-width: 480px), (max-height: 480px)').matches;
}

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload';
}

function ignore(): void {}

/** The tag's `data-*` as attributes of the element; those that would be script or style of the page are not. */
function tagAttributes(): Array<[string, string]> {
  const tags = [...document.querySelectorAll<HTMLScriptElement>('script[src]')];
  const tag = classic ?? tags.findLast(({ src }) => new URL(src).pathname.endsWith('/widget.js'));
  return [...(tag?.attributes ?? [])].flatMap(({ name, value }) => {
    const key = /^data-(?!on|style$)(.+)/.exec(name)?.[1];
    return key ? [[key, value]] : [];
  });
}

/** A failed load is silent until somebody wants to see the chat. */
function prefetch(): Promise<unknown> {
  return loadChat().catch(ignore);
}

function loadChat(): Promise<unknown> {
  loading ??= importChat().catch(error => {
    failures += 1;
    loading = undefined;
    throw error;
  });
  return loading;
}

function importChat(): Promise<unknown> {
  // Browsers before 2026 remember for a URL that it failed; another query is another URL.
  const file = CHAT_FILE + (failures > 0 ? `?again=${failures}` : '');
  // In a classic script of another origin a relative import has no base.
  return import(/* @vite-ignore */ classic ? new URL(file, classic.src).href : file);
}

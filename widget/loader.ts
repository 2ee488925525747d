/**
 * The script tag's own file: `<script src="https://proxy.example/widget.js" async></script>`, classic or
 * `type="module"`, on any origin. It puts a launcher in the corner and loads the chat on first need, or the chat into its
 * own place, or before the page; a page that has a `<rivulet-chat>` of its own gets that one defined, and no launcher.
 *
 * The built file has no `import` or `export` statement and no `import.meta`: a classic script may not.
 */

import { RivuletLauncher } from './elements/launcher.ts';
import { isScreen } from './forms/is-screen.ts';
import type { RivuletChat } from './rivulet-chat.ts';
import { addressOf, allIn, scriptTag, tagAttributes } from './script-tag.ts';
import { leftPopup, rememberPopup } from './storage/popup.ts';

/** The chat's file, `./widget/chat-<hash>.js`, relative to this one. The build puts it here. */
declare const CHAT_FILE: string;
/** What speaks another language than English, likewise. */
declare const LANGUAGES_FILE: string;
/** What shows a teaser, likewise. */
declare const TEASER_FILE: string;

let loading: Promise<unknown> | undefined;
let failures = 0;

// A second copy of this script finds the launcher of the first defined, and leaves all to it.
if (customElements.get('rivulet-launcher') === RivuletLauncher) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
}

function start(): void {
  if (allIn(document).some(({ localName }) => localName === 'rivulet-chat')) void prefetch();
  else addChat();
}

function addChat(): void {
  const chat = document.createElement('rivulet-chat') as RivuletChat;
  for (const [name, value] of tagAttributes()) chat.setAttribute(name, value);
  const mode = chat.getAttribute('mode');
  if (mode === 'inline' || mode === 'page') void prefetch();
  else {
    if (mode !== 'panel') chat.setAttribute('mode', 'popup');
    addLauncher(chat);
  }
  if (mode === 'inline' && scriptTag) scriptTag.after(chat);
  else document.body.append(chat);
}

function addLauncher(chat: RivuletChat): void {
  const launcher = document.createElement('rivulet-launcher');
  launcher.slot = 'launcher';
  // The chat sets these on its launcher, but it is not there yet.
  for (const name of ['theme', 'position', 'teaser'])
    launcher.setAttribute(name, chat.getAttribute(name) ?? '');
  launcher.addEventListener('pointerenter', prefetch);
  launcher.addEventListener('focusin', prefetch);
  // What is selected can be asked about, and the chat's code has to notice.
  if (chat.hasAttribute('quote'))
    document.addEventListener('selectionchange', () => getSelection()?.isCollapsed || prefetch());
  launcher.addEventListener('click', async () => {
    // Once the chat is there, it hears the clicks itself.
    if (customElements.get('rivulet-chat')) return;
    launcher.state = 'loading';
    try {
      await loadChat();
      // What is open from the beginning would not take the focus.
      await chat.updateComplete;
      launcher.state = 'idle';
      chat.open();
    } catch {
      launcher.state = 'failed';
    }
  });
  chat.append(launcher);
  translate(chat).catch(ignore);
  if (chat.hasAttribute('teaser')) tease(launcher).catch(ignore);
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

function isReload(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload';
}

function ignore(): void {}

/** The launcher speaks the page's language before the chat is there. */
async function translate(chat: RivuletChat): Promise<void> {
  const around = [chat, document.body, document.documentElement];
  const lang = around.find(({ lang }) => lang)?.lang ?? 'en';
  if (lang.startsWith('en')) return;
  const { speak } = (await importFile(LANGUAGES_FILE)) as typeof import('./languages.ts');
  // The chat, once it is there, speaks for both: what was asked for first may come last.
  if (!chat.shadowRoot) await speak(chat, lang, around, new WeakMap());
}

/** The tag's words; where it has none, the chat asks the server for some. */
async function tease(launcher: RivuletLauncher): Promise<void> {
  const { tease } = (await importFile(TEASER_FILE)) as typeof import('./forms/teaser.ts');
  tease(launcher, prefetch);
}

/** A failed load is silent until somebody wants to see the chat. */
function prefetch(): Promise<unknown> {
  return loadChat().catch(ignore);
}

function loadChat(): Promise<unknown> {
  loading ??= importFile(CHAT_FILE)
    .catch(importAnew)
    .catch(error => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/**
 * Browsers before 2026 remember for a URL that it failed. In another folder all that the chat imports is another one too: its
 * later files must not find a second chat, nor one that failed. A map may say what the files have to be, and knows no such folder.
 */
function importAnew(error: unknown): Promise<unknown> {
  if (document.querySelector('[type=importmap]')) throw error;
  return importFile(CHAT_FILE.replace(/.*\//, `$&again-${failures++}/`));
}

function importFile(file: string): Promise<unknown> {
  return import(/* @vite-ignore */ addressOf(file));
}

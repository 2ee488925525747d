/** What stands before the chat: it comes, has the keyboard to itself, and gives the place back. */

import { aTimeout, expect, fixture, nextFrame, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { answer, holdFile, letFilesGo, play } from '../support/play.ts';

/** A busy machine takes its time. */
const PATIENT = { timeout: 10_000 };

async function openChat(mode: 'inline' | 'popup'): Promise<RivuletChat> {
  const { endpoint } = await play(answer('Hello.'));
  const chat = await fixture<RivuletChat>(
    html`<rivulet-chat mode=${mode} endpoint=${endpoint} open></rivulet-chat>`,
  );
  await waitUntil(() => panel(chat), undefined, PATIENT);
  await panel(chat).updateComplete;
  return chat;
}

const panel = (chat: RivuletChat) => chat.renderRoot.querySelector('rivulet-panel')!;
const sheet = (chat: RivuletChat) =>
  chat.renderRoot.querySelector('rivulet-sheet')!.shadowRoot?.querySelector('[role=dialog]') ?? null;
const menuButton = (chat: RivuletChat) =>
  panel(chat).renderRoot.querySelector<HTMLElement>('[aria-label=Menu]')!;

async function openMenu(chat: RivuletChat): Promise<void> {
  menuButton(chat).focus();
  menuButton(chat).click();
  await waitUntil(() => sheet(chat)?.querySelector('h2')?.textContent === 'Menu', 'the menu', {
    timeout: 10_000,
  });
  await nextFrame();
}

/** The innermost element that has the focus. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

describe('a sheet', () => {
  afterEach(letFilesGo);

  it('goes with Escape also before its code is there, and does not come when it is', async () => {
    // The first of this page: what has been loaded is not waited for.
    await holdFile('/widget/sheets/menu.ts');
    const chat = await openChat('popup');
    menuButton(chat).focus();
    menuButton(chat).click();
    await waitUntil(() => sheet(chat)?.ariaLabel === 'Loading…', 'it loads', { timeout: 10_000 });
    await waitUntil(() => focused()?.ariaLabel === 'Back', 'it has the focus', PATIENT);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => focused() === menuButton(chat), 'focus is back', PATIENT);
    await letFilesGo();
    await aTimeout(300);
    expect(sheet(chat)).to.equal(null);
    expect(chat.isOpen).to.equal(true);
  });

  it('goes back to the one before with Escape, whether its code is there or not', async () => {
    await holdFile('/widget/sheets/help.ts');
    const chat = await openChat('popup');
    await openMenu(chat);
    [...sheet(chat)!.querySelectorAll('button')].find(button => button.textContent === 'Shortcuts')!.click();
    const isAway = () => /^(Loading…|Shortcuts)$/.test(sheet(chat)?.ariaLabel ?? '');
    await waitUntil(
      () => isAway() && focused()?.ariaLabel === 'Back',
      'it is shown, or that it loads',
      PATIENT,
    );
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => sheet(chat)?.ariaLabel === 'Menu', 'the menu is back', PATIENT);
    await letFilesGo();
    await aTimeout(300);
    expect(sheet(chat)?.ariaLabel).to.equal('Menu');
  });

  it('has the focus, and nothing behind it can be reached', async () => {
    const chat = await openChat('inline');
    await openMenu(chat);
    expect(focused()?.getAttribute('aria-label')).to.equal('Back');
    chat.focus();
    menuButton(chat).focus();
    expect(focused()?.getAttribute('aria-label')).to.equal('Back');
  });

  it('goes with Escape, which leaves the popup open, and gives the focus back', async () => {
    const chat = await openChat('popup');
    await openMenu(chat);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => focused() === menuButton(chat), 'focus is back', PATIENT);
    expect(sheet(chat)).to.equal(null);
    expect(chat.isOpen).to.equal(true);
    await sendKeys({ press: 'Escape' });
    expect(chat.isOpen).to.equal(false);
  });

  it('is gone when the popup opens again', async () => {
    const chat = await openChat('popup');
    await openMenu(chat);
    chat.close();
    await chat.updateComplete;
    chat.open();
    await waitUntil(() => focused()?.localName === 'textarea', 'one can write', PATIENT);
    expect(sheet(chat)).to.equal(null);
  });

  it('does not come into a popup that was closed before its code was there', async () => {
    const chat = await openChat('popup');
    menuButton(chat).focus();
    menuButton(chat).click();
    chat.close();
    await aTimeout(300);
    chat.open();
    await waitUntil(() => focused()?.localName === 'textarea', 'one can write', PATIENT);
    expect(sheet(chat)).to.equal(null);
  });

  it('stays with an element that is moved in its page', async () => {
    const chat = await openChat('inline');
    await openMenu(chat);
    const elsewhere = await fixture(html`<div></div>`);
    elsewhere.append(chat);
    await nextFrame();
    expect(sheet(chat)?.querySelector('h2')?.textContent).to.equal('Menu');
  });
});

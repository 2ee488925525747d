/** The forms of a chat besides a popup and a part of the page: where they stand, what they do to the page, what they leave. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RoomDetail } from '../../widget/forms/room.ts';
import type { RivuletChat } from '../../widget/index.ts';
import { answer, play } from '../support/play.ts';
import { showChat } from '../support/shown-chat.ts';

const WIDE = { width: 1280, height: 800 };
/** Some systems let no window be quite as narrow. */
const NARROW = { width: 390, height: 844 };

const root = document.documentElement;
const panelOf = (chat: RivuletChat) => chat.shadowRoot!.querySelector('rivulet-panel')!;
const room = (side: string) => getComputedStyle(root).getPropertyValue(`--rivulet-room-${side}`);
const edges = (element: Element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return [left, right, top, bottom].map(Math.round);
};
const becomes = (look: () => unknown, what: string) => waitUntil(look, what, { timeout: 15_000 });

/** Where it ends up, without the way there. */
async function settle(chat: RivuletChat): Promise<void> {
  await chat.updateComplete;
  for (const animation of chat.shadowRoot!.getAnimations()) animation.finish();
}

async function show(attributes: Record<string, string>): Promise<RivuletChat> {
  return showChat(await play(answer('Because.')), attributes);
}

/** Opened, and in its place. */
async function open(attributes: Record<string, string>): Promise<RivuletChat> {
  const chat = await show({ mode: 'panel', ...attributes });
  chat.open();
  await becomes(() => panelOf(chat)?.offsetHeight === innerHeight, 'it is at a side');
  await settle(chat);
  return chat;
}

beforeEach(() => setViewport(WIDE));
afterEach(() => {
  root.removeAttribute('dir');
  root.removeAttribute('style');
});

describe('a side panel', () => {
  /** In the middle of the page. */
  let middle: HTMLElement;

  beforeEach(async () => {
    middle = await fixture(html`<div></div>`);
    middle.style.cssText = 'max-width: 600px; height: 20px; margin-inline: auto';
  });

  for (const [dir, position, side] of [
    ['ltr', 'end', 'right'],
    ['ltr', 'start', 'left'],
    ['rtl', 'end', 'left'],
    ['rtl', 'start', 'right'],
  ] as const)
    it(`is at the ${side} as the ${position} of a page that is ${dir}, and moves what it would cover`, async () => {
      root.dir = dir;
      const before = edges(middle);
      const chat = await open({ position });
      const [left, right, top, bottom] = edges(panelOf(chat));
      expect([top, bottom]).to.deep.equal([0, root.clientHeight]);
      expect(side === 'left' ? left : right).to.equal(side === 'left' ? 0 : root.clientWidth);
      // What was in the middle of the page is in the middle of the rest.
      const [from, to] = edges(middle);
      const rest = side === 'left' ? [right, root.clientWidth] : [0, left];
      expect((from! + to!) / 2).to.be.closeTo((rest[0]! + rest[1]!) / 2, 1);
      chat.close();
      await chat.updateComplete;
      expect(edges(middle)).to.deep.equal(before);
      expect(room(side)).to.equal('');
    });

  it('moves a page whose root says how wide it is, and one with margins of its own', async () => {
    root.style.cssText = 'width: 100%; margin-right: 40px';
    const before = edges(root);
    const chat = await open({});
    expect(edges(root)[1]).to.equal(edges(panelOf(chat))[0]);
    chat.remove();
    expect(edges(root)).to.deep.equal(before);
  });

  it('gives the room back when it is taken away, and takes it where it is put again', async () => {
    const chat = await open({});
    const parent = chat.parentElement!;
    chat.remove();
    expect(room('right')).to.equal('');
    parent.append(chat);
    expect(room('right')).not.to.equal('');
    chat.mode = 'popup';
    await chat.updateComplete;
    expect(room('right')).to.equal('');
  });

  it('shares the page with another one, at the other side or at the same', async () => {
    const one = await open({});
    const two = await open({ position: 'start' });
    const between = [edges(panelOf(two))[1], edges(panelOf(one))[0]];
    expect(edges(root).slice(0, 2)).to.deep.equal(between);
    const three = await open({});
    one.close();
    await one.updateComplete;
    expect(edges(root).slice(0, 2)).to.deep.equal(between);
    three.close();
    two.close();
    await Promise.all([two.updateComplete, three.updateComplete]);
    expect(edges(root).slice(0, 2)).to.deep.equal([0, root.clientWidth]);
  });

  it('leaves the page where it is that makes room by itself, and says how much', async () => {
    const heard: RoomDetail[] = [];
    const listen = (event: Event) => {
      event.preventDefault();
      heard.push((event as CustomEvent<RoomDetail>).detail);
    };
    document.addEventListener('rivulet-room', listen);
    root.style.setProperty('--rivulet-panel-width', '420px');
    const chat = await open({});
    expect(edges(root)[1]).to.equal(root.clientWidth);
    expect(room('right')).to.equal('420px');
    expect(panelOf(chat).offsetWidth).to.equal(420);
    chat.close();
    await chat.updateComplete;
    expect(heard).to.deep.equal([{ side: 'right' }, { side: null }]);
    document.removeEventListener('rivulet-room', listen);
  });

  it('covers a page that has no room to give, and on a phone is the screen', async () => {
    const chat = await open({});
    await setViewport({ width: 700, height: 800 });
    expect(edges(root)[1]).to.equal(700);
    expect(edges(panelOf(chat))).to.deep.equal([340, 700, 0, 800]);
    await setViewport(NARROW);
    expect(edges(panelOf(chat))).to.deep.equal([0, innerWidth, 0, 844]);
    await setViewport({ width: 844, height: 390 });
    expect(edges(panelOf(chat))).to.deep.equal([0, 844, 0, 390]);
    expect(room('right')).to.equal('');
  });

  it('has no launcher before its composer, and gives it the focus when it closes', async () => {
    const chat = await open({});
    const launcher = chat.shadowRoot!.querySelector('rivulet-launcher')!;
    expect(launcher.shadowRoot!.querySelector('button')!.getClientRects().length).to.equal(0);
    await becomes(() => chat.shadowRoot!.activeElement?.localName === 'rivulet-composer', 'it has the focus');
    chat.close();
    await chat.updateComplete;
    expect(chat.shadowRoot!.activeElement).to.equal(launcher);
  });
});

describe('a chat that is the page', () => {
  it('fills the window, with a column in the middle and larger type, and gives the page back', async () => {
    const chat = await show({ mode: 'page' });
    await becomes(() => edges(panelOf(chat))[1] === root.clientWidth, 'it is as wide as the window');
    expect(edges(panelOf(chat))).to.deep.equal([0, 1280, 0, 800]);
    const composer = chat.shadowRoot!.querySelector('rivulet-composer')!;
    expect(composer.offsetWidth).to.equal(720 + 2 * 16);
    const start = chat.shadowRoot!.querySelector('rivulet-start')!;
    expect(getComputedStyle(start).fontSize).to.equal('16px');
    expect(getComputedStyle(root).overflow).to.equal('hidden');
    expect(panelOf(chat).getAttribute('role')).to.equal('region');
    chat.mode = 'inline';
    await chat.updateComplete;
    expect(getComputedStyle(chat).position).to.equal('static');
    expect(getComputedStyle(root).overflow).to.equal('visible');
  });
});

describe('a chat that is the screen', () => {
  /** The page is long, and was scrolled. */
  async function openOnPhone(): Promise<RivuletChat> {
    await setViewport(NARROW);
    const long = await fixture<HTMLElement>(html`<div></div>`);
    long.style.height = '5000px';
    scrollTo(0, 700);
    const chat = await show({ mode: 'popup' });
    chat.open();
    await becomes(() => getComputedStyle(root).overflow === 'hidden', 'the page is held');
    await settle(chat);
    return chat;
  }

  afterEach(() => scrollTo(0, 0));

  it('holds the page behind it, which is where it was afterwards', async () => {
    const chat = await openOnPhone();
    root.style.scrollBehavior = 'smooth';
    // As browsers do to show where one writes.
    root.scrollTo({ top: 0, behavior: 'instant' });
    chat.close();
    await chat.updateComplete;
    expect(getComputedStyle(root).overflow).to.equal('visible');
    expect(scrollY).to.equal(700);
    chat.open();
    await chat.updateComplete;
    chat.remove();
    expect(getComputedStyle(root).overflow).to.equal('visible');
  });

  it('holds it no more when the window has become wide, and again when it is narrow', async () => {
    await openOnPhone();
    await setViewport(WIDE);
    await becomes(() => getComputedStyle(root).overflow === 'visible', 'the page is free');
    await setViewport(NARROW);
    await becomes(() => getComputedStyle(root).overflow === 'hidden', 'the page is held');
  });

  it('writes in letters that no browser zooms in to', async () => {
    const chat = await openOnPhone();
    const composer = chat
      .shadowRoot!.querySelector('rivulet-composer')!
      .shadowRoot!.querySelector('textarea')!;
    expect(parseFloat(getComputedStyle(composer).fontSize)).to.be.at.least(16);
    chat.style.setProperty('--rivulet-font-size', '30px');
    expect(getComputedStyle(composer).fontSize).to.equal('30px');
  });

  // A headless browser has no keyboard: the visual viewport is told what it would be.
  describe('with a keyboard', () => {
    afterEach(() => {
      for (const name of ['height', 'offsetTop', 'scale'])
        delete (visualViewport as unknown as Record<string, unknown>)[name];
    });

    function see(seen: { height: number; offsetTop: number; scale: number }): void {
      for (const [name, value] of Object.entries(seen))
        Object.defineProperty(visualViewport, name, { value, configurable: true });
      visualViewport!.dispatchEvent(new Event('resize'));
    }

    it('is what the keyboard leaves, also where the browser has moved that, and all of it afterwards', async () => {
      const chat = await openOnPhone();
      see({ height: 500, offsetTop: 0, scale: 1 });
      expect(edges(panelOf(chat))).to.deep.equal([0, innerWidth, 0, 500]);
      see({ height: 500, offsetTop: 344, scale: 1 });
      expect(edges(panelOf(chat))).to.deep.equal([0, innerWidth, 344, 844]);
      const [, , , bottom] = edges(chat.shadowRoot!.querySelector('rivulet-composer')!);
      expect(bottom).to.equal(844);
      see({ height: 844, offsetTop: 0, scale: 1 });
      expect(edges(panelOf(chat))).to.deep.equal([0, innerWidth, 0, 844]);
    });

    it('keeps the last line in sight', async () => {
      await setViewport(NARROW);
      const lines = Array.from({ length: 60 }, (_, index) => `Line ${index}\n\n`);
      const chat = await showChat(await play(answer(...lines)), { mode: 'popup' });
      chat.open();
      await chat.updateComplete;
      chat.send('Why?');
      await becomes(
        () => !chat.busy && chat.shadowRoot!.querySelector('rivulet-transcript')?.bottom,
        'it is answered',
      );
      const scroller = chat
        .shadowRoot!.querySelector('rivulet-transcript')!
        .shadowRoot!.querySelector('.scroller')!;
      const left = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
      await becomes(() => left() < 2, 'the end is seen');
      const { clientHeight } = scroller;
      see({ height: 500, offsetTop: 344, scale: 1 });
      await becomes(() => scroller.clientHeight < clientHeight && left() < 2, 'the end is seen');
    });

    it('is as it was for who looks closer, who has no keyboard, and follows no one about who has', async () => {
      const chat = await openOnPhone();
      see({ height: 422, offsetTop: 100, scale: 2 });
      expect(edges(panelOf(chat))).to.deep.equal([0, innerWidth, 0, 844]);
      see({ height: 250, offsetTop: 100, scale: 2 });
      expect(edges(panelOf(chat))).to.deep.equal([0, innerWidth, 0, 500]);
    });

    it('is above it also where it is not all of the screen', async () => {
      const chat = await openOnPhone();
      await setViewport(WIDE);
      see({ height: 500, offsetTop: 0, scale: 1 });
      const [, , top, bottom] = edges(panelOf(chat));
      expect([top, bottom]).to.deep.equal([12, 488]);
    });
  });
});

/** The element as a page uses it: attributes, methods, events; with real answers. */

import { expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { heard } from '../support/heard.ts';
import { answer, ending, failing, type Played, play, setForWidget, words } from '../support/play.ts';

const inside = <E extends HTMLElement>(chat: RivuletChat, selector: string): E =>
  chat.renderRoot.querySelector<E>(selector)!;
const composer = (chat: RivuletChat) =>
  inside<HTMLElementTagNameMap['rivulet-composer']>(chat, 'rivulet-composer');
const panel = (chat: RivuletChat) => inside<HTMLElementTagNameMap['rivulet-panel']>(chat, 'rivulet-panel');
const start = (chat: RivuletChat) => inside<HTMLElementTagNameMap['rivulet-start']>(chat, 'rivulet-start');
const button = (chat: RivuletChat) => composer(chat).renderRoot.querySelector<HTMLButtonElement>('button')!;
const header = (chat: RivuletChat) => panel(chat).renderRoot.querySelector('.header')!;

/** What stands in the transcript, message by message. */
function transcript(chat: RivuletChat): string[] {
  const root = chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;
  return [...(root?.querySelectorAll('article') ?? [])].map(message =>
    message.textContent!.replace(/\s+/g, ' ').trim(),
  );
}

const shows = (chat: RivuletChat, ...texts: string[]) =>
  waitUntil(
    () => JSON.stringify(transcript(chat)) === JSON.stringify(texts),
    `it shows ${texts.join(' | ')}`,
    {
      timeout: 15_000,
    },
  );

async function inline(played: Played): Promise<RivuletChat> {
  const chat = await fixture<RivuletChat>(html`<rivulet-chat endpoint=${played.endpoint}></rivulet-chat>`);
  await settled(chat);
  return chat;
}

async function popup(): Promise<RivuletChat> {
  const { endpoint } = await play(answer('Because.'));
  return fixture<RivuletChat>(html`<rivulet-chat mode="popup" endpoint=${endpoint}></rivulet-chat>`);
}

async function settled(chat: RivuletChat): Promise<void> {
  await chat.updateComplete;
  const elements = [...chat.renderRoot.querySelectorAll('rivulet-panel, rivulet-composer, rivulet-start')];
  for (const element of elements) await (element as RivuletChat).updateComplete;
}

async function write(chat: RivuletChat, text: string): Promise<void> {
  composer(chat).focus();
  await sendKeys({ type: text });
  await settled(chat);
}

describe('<rivulet-chat>', () => {
  it('streams an answer to what was typed, and says for screen readers what becomes of it', async () => {
    const played = await play([words(1, 'Be'), { gate: true }, words(2, 'cause.'), ending(3)]);
    const chat = await inline(played);
    const said = heard(chat);
    await write(chat, 'Why?');
    await sendKeys({ press: 'Enter' });
    await shows(chat, 'Why?', 'Be');
    await waitUntil(() => said.length > 0, 'it is said that one is given', { timeout: 10_000 });
    await played.go();
    await shows(chat, 'Why?', 'Because.');
    await waitUntil(() => said.length > 2, 'its end is said', { timeout: 10_000 });
    expect(said.map(({ text }) => text)).to.deep.equal(['Answering.', 'Because.', 'Answer complete.']);
    expect(header(chat).textContent).to.contain('played-1');
  });

  it('stops with the button that sends, each time, and keeps what has arrived', async () => {
    const chat = await inline(await play([words(1, 'So far'), { hold: true }]));
    for (const texts of [
      ['Why?', 'So far Stopped. Continue'],
      ['Why?', 'So far Stopped.', 'Why?', 'So far Stopped. Continue'],
    ]) {
      await write(chat, 'Why?');
      await sendKeys({ press: 'Enter' });
      await waitUntil(() => transcript(chat).at(-1) === 'So far', 'it streams', { timeout: 15_000 });
      button(chat).click();
      await shows(chat, ...texts);
    }
  });

  it('asks again after a failure', async () => {
    const chat = await inline(await play([failing('upstream_error')], answer('Because.')));
    chat.send('Why?');
    await shows(chat, 'Why?', 'The model had a problem. Retry');
    inside(chat, 'rivulet-transcript').shadowRoot!.querySelector<HTMLElement>('.remedy')!.click();
    await shows(chat, 'Why?', 'Because.');
    expect(chat.shadowRoot!.activeElement).to.equal(composer(chat));
  });

  it('never shows the words of a server’s error', async () => {
    const chat = await inline(await play([{ head: { status: 500 } }, { write: '<h1>secret-words</h1>' }]));
    chat.send('Why?');
    await waitUntil(() => transcript(chat).at(-1)?.endsWith('Retry'), 'it fails', { timeout: 15_000 });
    expect(chat.renderRoot.querySelector('rivulet-transcript')!.shadowRoot!.textContent).not.to.contain(
      'secret',
    );
  });

  it('keeps the conversation, the draft and the focus when attributes change', async () => {
    const chat = await inline(await play(answer('Because.')));
    chat.send('Why?');
    await shows(chat, 'Why?', 'Because.');
    await write(chat, 'And th');
    const changes = {
      model: 'm',
      endpoint: '/played/elsewhere',
      heading: 'H',
      greeting: 'G',
      suggestions: 'a|b',
    };
    for (const [name, value] of Object.entries({
      ...changes,
      placeholder: 'P',
      theme: 'dark',
      position: 'start',
    }))
      chat.setAttribute(name, value);
    await settled(chat);
    chat.mode = 'popup';
    chat.open();
    await settled(chat);
    await sendKeys({ type: 'en?' });
    expect(composer(chat).draft).to.equal('And then?');
    expect(transcript(chat)).to.deep.equal(['Why?', 'Because.']);
    expect(header(chat).textContent).to.contain('H').and.contain('m');
  });

  it('sends to what the attributes say at the moment', async () => {
    const first = await play(answer('One.'));
    const second = await play(answer('Two.'));
    const chat = await inline(first);
    chat.send('Why?');
    await shows(chat, 'Why?', 'One.');
    chat.setAttribute('endpoint', second.endpoint);
    chat.setAttribute('model', 'other');
    chat.send('And?');
    await shows(chat, 'Why?', 'One.', 'And?', 'Two.');
    const [request] = (await second.seen()).requests;
    expect(request?.body).to.deep.include({ model: 'other' });
    expect(request?.body.messages).to.have.length(3);
  });

  it('takes rubbish in attributes for nothing', async () => {
    const chat = await fixture<RivuletChat>(
      html`<rivulet-chat mode="7" theme="pink" position="top" suggestions='["a", 1, {' heading=""></rivulet-chat>`,
    );
    await settled(chat);
    expect(panel(chat)).to.include({ mode: 'inline', heading: 'Ask us' });
    expect(panel(chat).getAttribute('theme')).to.equal('auto');
    expect(panel(chat).getAttribute('position')).to.equal('end');
    expect(start(chat).renderRoot.textContent).to.contain('Hello!').and.not.contain('undefined');
  });

  it('offers suggestions and asks the one that is chosen', async () => {
    const chat = await inline(await play(answer('Because.')));
    for (const list of ['["Why?", "How?"]', 'Why?|How?', 'Why?\n  How?\n']) {
      chat.setAttribute('suggestions', list);
      await settled(chat);
      const buttons = [...start(chat).renderRoot.querySelectorAll('button')];
      expect(buttons.map(({ textContent }) => textContent)).to.deep.equal(['Why?', 'How?']);
    }
    start(chat).renderRoot.querySelector('button')!.click();
    await shows(chat, 'Why?', 'Because.');
    expect(chat.shadowRoot!.activeElement).to.equal(composer(chat));
  });

  it('shows what the site owner has set on the server, unless an attribute says otherwise', async () => {
    const played = await play(answer('Because.'));
    await setForWidget(played, {
      title: 'From the server',
      greeting: 'Hi from the server',
      suggestions: ['Why?', 7],
      placeholder: 8,
      theme: 'dark',
      limits: { messages: 100, bodyBytes: 40 },
    });
    const chat = await fixture<RivuletChat>(
      html`<rivulet-chat endpoint=${played.endpoint} greeting="Hi from the page"></rivulet-chat>`,
    );
    await waitUntil(() => panel(chat)?.heading === 'From the server', 'they come');
    await settled(chat);
    expect(start(chat)).to.deep.include({ greeting: 'Hi from the page', suggestions: ['Why?'] });
    expect(composer(chat).placeholder).to.equal('Ask anything');
    expect(panel(chat).getAttribute('theme')).to.equal('dark');
    chat.theme = 'light';
    await settled(chat);
    expect(panel(chat).getAttribute('theme')).to.equal('light');
    // The limit of 40 bytes holds as well: the draft stays.
    await write(chat, 'A question that is much too long for this server');
    await sendKeys({ press: 'Enter' });
    await settled(chat);
    expect(composer(chat).draft).to.contain('much too long');
    expect(composer(chat).renderRoot.querySelector('[role=alert]')?.textContent).to.contain('Shorten');
    expect((await played.seen()).requests).to.deep.equal([]);
  });

  it('forgets the conversation for a new chat, but not the draft', async () => {
    const chat = await inline(await play([words(1, 'So far'), { hold: true }]));
    chat.send('Why?');
    await shows(chat, 'Why?', 'So far');
    await write(chat, 'And then?');
    header(chat).querySelector<HTMLElement>('[aria-label="New chat"]')!.click();
    await waitUntil(() => start(chat));
    expect(composer(chat).draft).to.equal('And then?');
  });

  it('never takes the focus as a part of the page', async () => {
    const before = document.activeElement;
    await inline(await play(answer('Because.')));
    expect(document.activeElement).to.equal(before);
  });

  it('lets nothing of the page’s style in', async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { font-family: fantasy; color: rgb(1, 2, 3); letter-spacing: 9px; text-transform: uppercase; }',
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const chat = await inline(await play(answer('Because.')));
    const style = getComputedStyle(composer(chat).renderRoot.querySelector('textarea')!);
    expect(style.letterSpacing).to.equal('normal');
    expect(style.textTransform).to.equal('none');
    expect(style.fontFamily).not.to.contain('fantasy');
    expect(style.color).not.to.equal('rgb(1, 2, 3)');
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet);
  });

  it('is accessible at its start, while it streams and after a failure', async () => {
    const chat = await inline(await play([words(1, 'So far'), { gate: true }, failing('overloaded')]));
    chat.setAttribute('suggestions', 'Why?');
    await settled(chat);
    await expect(chat).to.be.accessible();
    chat.send('Why?');
    await shows(chat, 'Why?', 'So far');
    await expect(chat).to.be.accessible();
  });
});

describe('<rivulet-chat mode="popup">', () => {
  it('shows a launcher, and makes its panel when it is first opened', async () => {
    const chat = await popup();
    expect(panel(chat)).to.equal(null);
    expect(chat.renderRoot.querySelector('rivulet-launcher')).to.exist;
    chat.open();
    await settled(chat);
    expect(panel(chat).hasAttribute('open')).to.equal(true);
    expect(chat.hasAttribute('open')).to.equal(true);
  });

  it('opens with the cursor in the composer; Escape closes and goes back to the launcher', async () => {
    const chat = await popup();
    const launcher = inside(chat, 'rivulet-launcher');
    const opened = oneEvent(chat, 'rivulet-open');
    launcher.shadowRoot!.querySelector('button')!.click();
    expect(await opened).to.include({ bubbles: true, composed: true });
    await waitUntil(() => chat.shadowRoot!.activeElement === composer(chat), 'the composer has the focus');
    const closed = oneEvent(chat, 'rivulet-close');
    await sendKeys({ press: 'Escape' });
    await closed;
    expect(chat.shadowRoot!.activeElement).to.equal(launcher);
    expect(launcher.shadowRoot!.querySelector('button')!.getAttribute('aria-expanded')).to.equal('false');
    expect(getComputedStyle(panel(chat)).visibility).to.be.oneOf(['hidden', 'visible']);
    await waitUntil(() => getComputedStyle(panel(chat)).visibility === 'hidden', 'the panel is gone');
  });

  it('stays open on an Escape that belongs to an input method', async () => {
    const chat = await popup();
    chat.open();
    await settled(chat);
    const escape = new KeyboardEvent('keydown', {
      key: 'Escape',
      isComposing: true,
      bubbles: true,
      composed: true,
    });
    composer(chat).renderRoot.querySelector('textarea')!.dispatchEvent(escape);
    await settled(chat);
    expect(chat.isOpen).to.equal(true);
  });

  it('keeps its conversation and goes on streaming while it is closed', async () => {
    const played = await play([words(1, 'Be'), { gate: true }, words(2, 'cause.'), ending(3)]);
    const chat = await fixture<RivuletChat>(
      html`<rivulet-chat mode="popup" open endpoint=${played.endpoint}></rivulet-chat>`,
    );
    chat.send('Why?');
    await shows(chat, 'Why?', 'Be');
    chat.close();
    await played.go();
    await shows(chat, 'Why?', 'Because.');
    chat.toggle();
    await settled(chat);
    expect(transcript(chat)).to.deep.equal(['Why?', 'Because.']);
  });

  it('can be opened by something of the page’s own', async () => {
    const chat = await fixture<RivuletChat>(
      html`<rivulet-chat mode="popup"><button slot="launcher">Help</button></rivulet-chat>`,
    );
    chat.querySelector('button')!.click();
    await settled(chat);
    expect(panel(chat).hasAttribute('open')).to.equal(true);
  });

  it('is the whole screen on a phone, in whatever corner its launcher is', async () => {
    await setViewport({ width: 390, height: 700 });
    const chat = await popup();
    chat.position = 'start';
    chat.open();
    await settled(chat);
    await Promise.all(
      panel(chat)
        .getAnimations()
        .map(({ finished }) => finished),
    );
    const { x, y, width, height } = panel(chat).getBoundingClientRect();
    // Some systems let no window be as narrow as that.
    expect([x, y, width, height]).to.deep.equal([0, 0, innerWidth, 700]);
    expect(
      parseFloat(getComputedStyle(composer(chat).renderRoot.querySelector('textarea')!).fontSize),
    ).to.be.at.least(16);
    await setViewport({ width: 800, height: 600 });
  });

  it('is accessible', async () => {
    const chat = await popup();
    chat.open();
    await settled(chat);
    await expect(chat).to.be.accessible();
  });
});

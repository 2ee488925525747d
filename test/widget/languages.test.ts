/** What a chat speaks: the language of the page around it, at any time, and the page's own words. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { enHistory } from '../../widget/locales/en-history.ts';
import { withRegion } from '../../widget/locales/region.ts';
import { itNeeds } from '../support/needs.ts';
import { answer, breakFile, ending, freshFolder, mendFiles, play, words } from '../support/play.ts';
import { all, answered, ask, named, says } from '../support/shown-chat.ts';

const itAskingAgain = await itNeeds('second imports');

const WAIT = { timeout: 15_000 };

const field = (chat: RivuletChat) => all(chat.shadowRoot, '.pill textarea')[0] as HTMLTextAreaElement;
const panel = (chat: RivuletChat) => all(chat.shadowRoot, 'rivulet-panel')[0]!;
const speaks = (chat: RivuletChat, placeholder: string) =>
  waitUntil(() => field(chat)?.placeholder === placeholder, `it speaks: ${placeholder}`, WAIT);
const copyButtons = (chat: RivuletChat) =>
  all(chat.shadowRoot, '.code .copy').map(({ textContent }) => textContent);

const english = 'Ask anything';
const german = 'Stellen Sie eine Frage';
const french = 'Posez une question';
const arabic = 'اكتب سؤالك';

async function show(lang: string | undefined, endpoint?: string): Promise<RivuletChat> {
  const chat = document.createElement('rivulet-chat');
  if (lang !== undefined) chat.lang = lang;
  chat.setAttribute('persist', 'none');
  chat.setAttribute('endpoint', endpoint ?? (await play(answer('So.'))).endpoint);
  await fixture(html`<div>${chat}</div>`);
  return chat;
}

describe('the language of a chat', () => {
  afterEach(async () => {
    document.documentElement.removeAttribute('lang');
    document.documentElement.removeAttribute('dir');
    await mendFiles();
  });

  it('is English where a page says nothing, and there is nothing to wait for', async () => {
    const chat = await show(undefined);
    await chat.updateComplete;
    expect(field(chat).placeholder).to.equal(english);
    expect(panel(chat).lang).to.equal('en');
  });

  it('is that of the page, and nothing is shown in English before', async () => {
    document.documentElement.lang = 'de-AT';
    const chat = await show(undefined);
    const shown: string[] = [];
    const look = () => field(chat) && shown.push(field(chat).placeholder);
    const frames = setInterval(look, 1);
    await speaks(chat, german);
    clearInterval(frames);
    expect(new Set(shown)).to.deep.equal(new Set(shown.length > 0 ? [german] : []));
    expect(panel(chat).lang).to.equal('de');
    expect(chat.dir).to.equal('');
  });

  it('is that of the closest element that names one, also out of shadow trees', async () => {
    document.documentElement.lang = 'de';
    const outer = await fixture(html`<div lang="fr"></div>`);
    const inner = document.createElement('div');
    outer.attachShadow({ mode: 'open' }).append(inner);
    const chat = await show(undefined);
    inner.append(chat);
    await speaks(chat, french);
    chat.lang = 'de';
    await speaks(chat, german);
    chat.lang = '';
    await speaks(chat, french);
  });

  it('changes in the middle of an answer, with all that is shown, and the answer goes on', async () => {
    const played = await play([
      words(1, 'So:\n\n```js\nlet x;\n```\n\n'),
      { gate: true },
      words(2, 'Done.'),
      ending(3),
    ]);
    const chat = await show('en', played.endpoint);
    await ask(chat, 'Why?');
    await waitUntil(() => copyButtons(chat)[0] === 'Copy code', 'the code is there', WAIT);
    await named(chat, 'Edit');
    chat.lang = 'de';
    await speaks(chat, german);
    await waitUntil(() => copyButtons(chat)[0] === 'Code kopieren', 'the code has other words', WAIT);
    expect(copyButtons(chat)).to.have.length(1);
    await named(chat, 'Bearbeiten');
    await played.go();
    await waitUntil(() => !chat.busy, 'it is complete', WAIT);
    await named(chat, 'Neu antworten');
    await says(chat, 'Antwort vollständig.');
    expect(all(chat.shadowRoot, '.text')[0]!.textContent).to.contain('Done.');
    document.documentElement.lang = 'fr';
    chat.removeAttribute('lang');
    await named(chat, 'Régénérer');
    await named(chat, 'Copier');
    chat.lang = 'en-GB';
    await named(chat, 'Answer again');
    await speaks(chat, english);
    expect(panel(chat).lang).to.equal('en');
  });

  it('changes with what the chat is moved into', async () => {
    const chat = await show('');
    chat.removeAttribute('lang');
    const place = await fixture(html`<div lang="fr"></div>`);
    place.append(chat);
    await speaks(chat, french);
  });

  it('that was asked for last is spoken, whichever comes first', async () => {
    const chat = await show('de');
    await speaks(chat, german);
    for (const lang of ['fr', 'ar', 'ja', 'de', 'fr']) chat.lang = lang;
    await speaks(chat, french);
    for (const lang of ['vi', 'en', 'tr', 'en']) {
      chat.lang = lang;
      await chat.updateComplete;
    }
    await speaks(chat, english);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(field(chat).placeholder).to.equal(english);
  });

  it('is one for each of two chats on a page', async () => {
    const [one, other] = [await show('de'), await show('fr')];
    await speaks(one, german);
    await speaks(other, french);
    other.lang = 'en';
    await speaks(other, english);
    expect(field(one).placeholder).to.equal(german);
    (await named(one, 'Menü', 'button')).click();
    await says(one, 'Noch keine Unterhaltungen.');
    await says(one, 'Tastenkürzel');
    expect(all(other.shadowRoot, '.sheet')).to.have.length(0);
  });

  it('has the words of the page in place of its own, at any time, in English too', async () => {
    const chat = await show('en');
    await speaks(chat, english);
    chat.words = { chat: { placeholder: 'What is it?' }, turnActions: { regenerate: 'Once more' } };
    await speaks(chat, 'What is it?');
    await ask(chat, 'Why?');
    await answered(chat, 'So.');
    await named(chat, 'Once more');
    await named(chat, 'Copy');
    chat.lang = 'de';
    await named(chat, 'Kopieren');
    expect(field(chat).placeholder).to.equal('What is it?');
    chat.placeholder = 'Of the attribute';
    await speaks(chat, 'Of the attribute');
    chat.placeholder = null;
    chat.words = undefined;
    await speaks(chat, german);
    await named(chat, 'Neu antworten');
  });

  it('is mirrored where it is written from the right and the page has no direction', async () => {
    const chat = await show('ar');
    await speaks(chat, arabic);
    const sides = () => {
      const title = all(panel(chat).shadowRoot, 'h2')[0]!.getBoundingClientRect();
      const menu = all(panel(chat).shadowRoot, '.tool')[0]!.getBoundingClientRect();
      const send = all(chat.shadowRoot, '.round')[0]!.getBoundingClientRect();
      const text = field(chat).getBoundingClientRect();
      return { header: Math.sign(title.left - menu.left), composer: Math.sign(text.left - send.left) };
    };
    expect(sides()).to.deep.equal({ header: 1, composer: 1 });
    expect(getComputedStyle(field(chat)).direction).to.equal('rtl');
    chat.lang = 'de';
    await speaks(chat, german);
    expect(sides()).to.deep.equal({ header: -1, composer: -1 });
    expect(chat.hasAttribute('dir')).to.equal(false);
    chat.lang = 'ar';
    await speaks(chat, arabic);
    // Now the page says how it is written.
    document.documentElement.dir = 'ltr';
    await waitUntil(() => !chat.hasAttribute('dir'), 'it is as the page is', WAIT);
    expect(sides()).to.deep.equal({ header: -1, composer: -1 });
  });

  it('is settled when it is there: nothing is set again and again', async () => {
    const chat = await show(undefined);
    let times = 0;
    const observer = new MutationObserver(records => void (times += records.length));
    observer.observe(chat, { attributeFilter: ['dir'] });
    chat.lang = 'ar';
    await waitUntil(() => chat.dir === 'rtl', 'it is from right to left', WAIT);
    // Each would bring the next one.
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    observer.disconnect();
    expect(times).to.equal(1);
  });

  itAskingAgain(
    'is English where it cannot be loaded, and spoken as soon as it can, or the next one',
    async () => {
      const folder = freshFolder();
      await breakFile(`${folder}/widget/locales/ja.ts`);
      const frame = await fixture<HTMLIFrameElement>(html`<iframe width="500" height="700"></iframe>`);
      const { endpoint } = await play(answer('So.'));
      frame.srcdoc = `<!doctype html><html lang="ja"><title>A page</title>
      <rivulet-chat persist="none" endpoint="${endpoint}"></rivulet-chat>
      <script type="module" src="${folder}/widget/index.ts"></script>`;
      const chat = () => frame.contentDocument?.querySelector('rivulet-chat') as RivuletChat;
      const placeholder = () => {
        const composer = chat()?.shadowRoot?.querySelector('rivulet-composer');
        return composer?.shadowRoot?.querySelector('textarea')?.placeholder;
      };
      await waitUntil(() => placeholder() === english, 'it is English', WAIT);
      await mendFiles();
      await waitUntil(() => placeholder() === '質問を入力', 'it is Japanese', WAIT);
      chat().lang = 'ko';
      await waitUntil(() => placeholder() === '질문을 입력하세요', 'it is Korean', WAIT);
    },
  );

  it('writes dates as they are written in the region that is named with it, by the page or by the visitor', async () => {
    const day = Date.UTC(2020, 10, 9, 12);
    const languages = ['fr-FR', 'en-GB', 'de-CH', 'zh-TW', 'en-US@posix'];
    Object.defineProperty(navigator, 'languages', { value: languages, configurable: true });
    try {
      const meant = ['en', 'en-US', 'en_AU', 'de', 'zh', 'zh-Hant', 'ko', 'de de'];
      const tags = ['en-GB', 'en-US', 'en-AU', 'de-CH', 'zh', 'zh-TW', 'ko', 'de de'];
      expect(meant.map(withRegion)).to.deep.equal(tags);
      expect(enHistory.when(day)).to.equal('9 Nov');
      document.documentElement.lang = 'en-US';
      expect(enHistory.when(day)).to.equal('Nov 9');
    } finally {
      Reflect.deleteProperty(navigator, 'languages');
    }
  });

  it('does not change what an input method is writing', async () => {
    const chat = await show('zh-CN');
    await speaks(chat, '输入问题');
    const textarea = field(chat);
    textarea.focus();
    textarea.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, composed: true }));
    textarea.value = 'ni hao';
    textarea.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, isComposing: true }));
    chat.lang = 'zh-TW';
    await speaks(chat, '輸入問題');
    expect(field(chat)).to.equal(textarea);
    expect(textarea.value).to.equal('ni hao');
    const enter = new KeyboardEvent('keydown', {
      key: 'Enter',
      bubbles: true,
      composed: true,
      isComposing: true,
    });
    textarea.dispatchEvent(enter);
    expect(chat.busy).to.equal(false);
    expect(textarea.value).to.equal('ni hao');
  });
});

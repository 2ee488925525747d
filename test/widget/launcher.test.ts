/** The script tag's first file and its launcher, each time on a page of its own. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import type { RivuletChat } from '../../widget/rivulet-chat.ts';
import { itNeeds } from '../support/needs.ts';
import { answer, breakFile, freshFolder, mendFiles, play } from '../support/play.ts';

const itAskingAgain = await itNeeds('second imports');

interface Page {
  document: Document;
  isLoaded(): boolean;
  chat(): RivuletChat;
  button(): HTMLButtonElement;
  launcherText(): string;
}

/** A page with the tag. The built file knows where the chat is; here the page says so. */
async function page(
  body = '',
  { tag = '', copies = 1, folder = freshFolder(), lang = 'en' } = {},
): Promise<Page> {
  const frame = await fixture<HTMLIFrameElement>(html`<iframe width="500" height="700"></iframe>`);
  const loaded = new Promise(done => frame.addEventListener('load', done, { once: true }));
  const copy = (number: number) =>
    `<script type="module" src="${folder}/widget/loader.ts?${number}"></script>`;
  frame.srcdoc = `<!doctype html><html lang="${lang}"><title>A page</title><body>${body}
    <script>
      CHAT_FILE = '${location.origin}${folder}/widget/chat.ts';
      LANGUAGES_FILE = '${location.origin}${folder}/widget/languages.ts';
    </script>
    <script type="text/plain" src="https://proxy.example/widget.js" ${tag}></script>
    ${Array.from({ length: copies }, (_, index) => copy(index)).join('')}`;
  await loaded;
  const doc = frame.contentDocument!;
  const launcher = () => doc.querySelector('rivulet-launcher')!;
  return {
    document: doc,
    isLoaded: () => frame.contentWindow!.customElements.get('rivulet-chat') !== undefined,
    chat: () => doc.querySelector('rivulet-chat')!,
    button: () => launcher().shadowRoot!.querySelector('button')!,
    launcherText: () => launcher().shadowRoot!.querySelector('[role=status]')!.textContent ?? '',
  };
}

const loaded = (there: Page) => waitUntil(there.isLoaded, 'the chat is loaded', { timeout: 15_000 });
const panelOf = (there: Page) => there.chat().shadowRoot?.querySelector('rivulet-panel') ?? undefined;

describe('the script tag', () => {
  // The pages are one site in one tab: each would be as the one before was left.
  beforeEach(() => sessionStorage.clear());
  afterEach(mendFiles);

  it('puts a launcher in the corner and loads nothing else', async () => {
    const there = await page();
    expect(there.document.querySelectorAll('rivulet-launcher').length).to.equal(1);
    expect(there.button().getAttribute('aria-label')).to.equal('Open the chat');
    expect(there.button().getAttribute('aria-expanded')).to.equal('false');
    expect(there.isLoaded()).to.equal(false);
  });

  it('is named in the language of the page, or of the tag, before the chat is there', async () => {
    const there = await page('', { lang: 'ru-RU' });
    await waitUntil(() => there.button().ariaLabel === 'Открыть чат', 'it has a Russian name', {
      timeout: 15_000,
    });
    expect(there.isLoaded()).to.equal(false);
    const other = await page('', { lang: 'ru-RU', tag: 'data-lang="fr"' });
    await waitUntil(() => other.button().ariaLabel === 'Ouvrir le chat', 'it has a French name', {
      timeout: 15_000,
    });
    other.button().click();
    await waitUntil(() => other.button().ariaLabel === 'Fermer le chat', 'it is open', { timeout: 15_000 });
    other.chat().lang = 'en';
    await waitUntil(() => other.button().ariaLabel === 'Close the chat', 'it is English', {
      timeout: 15_000,
    });
  });

  it('hands its data attributes on, but none that would be script or style of the page', async () => {
    const tag = `data-model="m" data-heading="Hi" data-theme="dark" data-onclick="x()" data-style="color: red"`;
    const there = await page('', { tag });
    const given = Object.fromEntries([...there.chat().attributes].map(({ name, value }) => [name, value]));
    expect(given).to.deep.equal({ mode: 'popup', model: 'm', heading: 'Hi', theme: 'dark' });
    expect(there.document.querySelector('rivulet-launcher')?.getAttribute('theme')).to.equal('dark');
  });

  it('loads the chat and opens it on a click, with the cursor where one writes', async () => {
    const there = await page();
    there.button().click();
    expect(there.button().getAttribute('aria-busy')).to.equal('true');
    await loaded(there);
    await waitUntil(() => panelOf(there)?.hasAttribute('open'), 'the panel is open');
    await waitUntil(
      () => there.chat().shadowRoot?.activeElement?.localName === 'rivulet-composer',
      'it has the focus',
    );
    expect(there.button().getAttribute('aria-busy')).to.equal('false');
    expect(there.button().getAttribute('aria-expanded')).to.equal('true');
    expect(there.document.querySelectorAll('rivulet-launcher').length).to.equal(1);
    there.button().click();
    await waitUntil(() => !panelOf(there)?.hasAttribute('open'), 'the panel is closed');
  });

  it('opens for files that are dragged over it, and for nothing else, and takes none', async () => {
    const there = await page();
    const drag = (type: string, dataTransfer: DataTransfer) =>
      there.button().dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    const [files, words] = [new DataTransfer(), new DataTransfer()];
    files.items.add(new File(['A'], 'a.txt'));
    words.setData('text/plain', 'words');
    expect([drag('dragenter', words), drag('dragover', words)]).to.deep.equal([true, true]);
    expect(there.button().getAttribute('aria-busy')).to.equal('false');
    expect([drag('dragenter', files), drag('dragover', files)]).to.deep.equal([false, false]);
    await loaded(there);
    await waitUntil(() => panelOf(there)?.hasAttribute('open'), 'the panel is open');
    drag('dragenter', files);
    expect(panelOf(there)?.hasAttribute('open')).to.equal(true);
  });

  it('begins to load when the pointer comes near', async () => {
    const there = await page();
    there.document.querySelector('rivulet-launcher')!.dispatchEvent(new PointerEvent('pointerenter'));
    await loaded(there);
    expect(panelOf(there)).to.equal(undefined);
  });

  it('only defines the chat on a page that has one', async () => {
    const there = await page('<rivulet-chat></rivulet-chat>');
    await loaded(there);
    expect(there.document.querySelectorAll('rivulet-chat').length).to.equal(1);
    expect(there.document.querySelector('rivulet-launcher')).to.equal(null);
    await waitUntil(() => panelOf(there), 'the chat shows');
  });

  it('adds nothing when it is on the page twice', async () => {
    const there = await page('', { copies: 2 });
    expect(there.document.querySelectorAll('rivulet-chat').length).to.equal(1);
    expect(there.document.querySelectorAll('rivulet-launcher').length).to.equal(1);
    expect(there.isLoaded()).to.equal(false);
  });

  itAskingAgain(
    'says so in words when the chat cannot be loaded, and a second click tries again',
    async () => {
      const folder = freshFolder();
      const there = await page('', { folder });
      await breakFile(`${folder}/widget/chat.ts`);
      there.button().click();
      await waitUntil(() => there.launcherText() !== '', 'it says so', { timeout: 10_000 });
      expect(there.launcherText()).to.contain('could not be loaded');
      expect(there.button().getAttribute('aria-busy')).to.equal('false');
      await mendFiles();
      there.button().click();
      await loaded(there);
      await waitUntil(() => panelOf(there)?.hasAttribute('open'), 'the panel is open');
      expect(there.launcherText()).to.equal('');
    },
  );

  itAskingAgain(
    'says so when what an answer needs cannot be loaded, and shows the answer after a retry',
    async () => {
      const folder = freshFolder();
      const { endpoint } = await play(answer('Because.'));
      const there = await page('', { folder, tag: `data-endpoint="${endpoint}"` });
      await breakFile(`${folder}/widget/answering.ts`);
      there.button().click();
      await loaded(there);
      await waitUntil(() => panelOf(there)?.hasAttribute('open'), 'the panel is open');
      there.chat().send('Why?');
      const transcript = () => there.chat().shadowRoot!.querySelector('rivulet-transcript')!;
      const retry = () => transcript().querySelector('button')!;
      await waitUntil(() => transcript()?.textContent?.includes('The connection was lost.'), 'it says so', {
        timeout: 10_000,
      });
      await mendFiles();
      retry().click();
      await waitUntil(
        () => transcript().shadowRoot?.querySelector('rivulet-answer .text')?.textContent === 'Because.',
        'it is answered',
        {
          timeout: 15_000,
        },
      );
      expect(transcript().shadowRoot!.querySelector('.question p')?.textContent).to.equal('Why?');
    },
  );

  it('has a launcher that is accessible', async () => {
    await import('../../widget/elements/launcher.ts');
    const launcher = await fixture(html`<rivulet-launcher></rivulet-launcher>`);
    await expect(launcher).to.be.accessible();
  });
});

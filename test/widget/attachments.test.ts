/** Files that go along with a question, through the element: picked, pasted, dropped, shown, removed and sent. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { ContentPart } from '../../server/protocol.ts';
import type { RivuletChat } from '../../widget/index.ts';
import '../../widget/index.ts';
import { itNeeds } from '../support/needs.ts';
import { lines, LOCKED, meaning, pdf, stream, symbols } from '../support/pdf-files.ts';
import { picture, seen, turned } from '../support/picture-files.ts';
import { answer, play, type Played, setForWidget, type Step, words } from '../support/play.ts';

const itHavingFiles = await itNeeds('files of its own');

let chat: RivuletChat;
let played: Played;
const attachments = { count: 3, characters: 2_000, imageBytes: 900_000, seeing: ['', 'sees'] };

async function open(limits: object | undefined = attachments, ...scripts: Step[][]): Promise<void> {
  played = await play(...(scripts.length > 0 ? scripts : [answer('I see.')]));
  const its = { limits: { messages: 100, bodyBytes: 100_000 }, ...(limits && { attachments: limits }) };
  await setForWidget(played, its);
  chat = await fixture(html`<rivulet-chat persist="none" endpoint=${played.endpoint}></rivulet-chat>`);
  if (limits) await waitUntil(() => clip(), 'there is a paperclip', { timeout: 15_000 });
}

const element = () => chat.renderRoot.querySelector('rivulet-attachments')!;
const composer = () => chat.renderRoot.querySelector('rivulet-composer')!;
const button = (name: string) => element().querySelector<HTMLElement>(`button[aria-label="${name}"]`);
const clip = () => button('Attach files');
const items = () => [...element().querySelectorAll<HTMLElement>('li')];
const names = () => items().map(item => item.querySelector('bdi')!.textContent);
const refusals = () => [...element().querySelectorAll('[role=alert]')].map(({ textContent }) => textContent);
const isReady = () => items().every(item => item.getAttribute('aria-busy') === 'false');
const textarea = () => composer().renderRoot.querySelector('textarea')!;
const transcript = () => chat.renderRoot.querySelector('rivulet-transcript')?.shadowRoot;

async function settled(): Promise<void> {
  await waitUntil(isReady, 'all files are read', { timeout: 15_000 });
  await element().updateComplete;
}

function transferOf(files: readonly File[], text?: string): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  if (text !== undefined) transfer.setData('text/plain', text);
  return transfer;
}

async function pick(...files: File[]): Promise<void> {
  const input = element().querySelector('input[type=file]') as HTMLInputElement;
  input.files = transferOf(files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await element().updateComplete;
}

/** What a browser says when somebody pastes or drops; false where the chat took it. */
function paste(files: readonly File[], text?: string): boolean {
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  // Firefox's constructor takes texts alone.
  Object.defineProperty(event, 'clipboardData', { value: transferOf(files, text) });
  return textarea().dispatchEvent(event);
}

function drag(type: 'dragover' | 'drop', dataTransfer: DataTransfer): boolean {
  const options = { dataTransfer, bubbles: true, composed: true, cancelable: true };
  return chat.renderRoot.querySelector('rivulet-start')!.dispatchEvent(new DragEvent(type, options));
}

const textFile = (name: string, text: BlobPart) => new File([text], name);

async function ask(text: string): Promise<void> {
  composer().focus();
  if (text) await sendKeys({ type: text });
  await sendKeys({ press: 'Enter' });
}

/** The content of the last question that reached the server. */
async function asked(): Promise<string | ContentPart[]> {
  await waitUntil(async () => (await played.seen()).requests.length > 0 && !chat.busy, 'it is answered', {
    timeout: 15_000,
  });
  const { body } = (await played.seen()).requests.at(-1)!;
  return (body.messages as Array<{ content: string | ContentPart[] }>).at(-1)!.content;
}

/** The images of what was sent. */
const imagesIn = (content: string | ContentPart[]) =>
  typeof content === 'string'
    ? []
    : content.flatMap(part => (part.type === 'image_url' ? [part.image_url.url] : []));

describe('the paperclip', () => {
  it('is there only where the server lets something be attached', async () => {
    await open(null as never);
    await waitUntil(async () => customElements.get('rivulet-attachments') === undefined || !clip());
    expect(clip()).to.equal(null);
    const dropped = drag('drop', transferOf([textFile('a.txt', 'A')]));
    expect([dropped, element().childElementCount]).to.deep.equal([true, 0]);
  });

  it('opens the choice of files', async () => {
    await open();
    let clicks = 0;
    const input = element().querySelector('input')!;
    input.addEventListener('click', event => {
      event.preventDefault();
      clicks += 1;
    });
    clip()!.click();
    expect([clicks, input.multiple]).to.deep.equal([1, true]);
  });
});

describe('files', () => {
  it('are picked, pasted and dropped, and go along with the question in that order', async () => {
    await open();
    await pick(textFile('one.txt', 'First'));
    expect(paste([textFile('two.md', 'Second')])).to.equal(false);
    expect(drag('dragover', transferOf([textFile('x', '')]))).to.equal(false);
    await element().updateComplete;
    expect(element().textContent).to.contain('Drop files here');
    expect(drag('drop', transferOf([textFile('three.csv', 'a,b\r\n1,2')]))).to.equal(false);
    await settled();
    expect(names()).to.deep.equal(['one.txt', 'two.md', 'three.csv']);
    expect(element().textContent).not.to.contain('Drop files here');
    await ask('Compare');
    expect(await asked()).to.equal(
      'Compare\n\nFile "one.txt":\n```\nFirst\n```\n\nFile "two.md":\n```\nSecond\n```\n\nFile "three.csv":\n```\na,b\n1,2\n```',
    );
    expect([names(), composer().draft]).to.deep.equal([[], '']);
    const shown = transcript()!.querySelector('rivulet-attached')!;
    await waitUntil(() => shown.querySelectorAll('li').length === 3);
    expect(shown.textContent).to.contain('three.csv');
  });

  it('may be all that is sent, by Enter or by the button', async () => {
    await open();
    const send = () => composer().renderRoot.querySelector<HTMLElement>('.round')!;
    expect(send().getAttribute('aria-disabled')).to.equal('true');
    await pick(textFile('one.txt', 'First'));
    await settled();
    await composer().updateComplete;
    expect(send().getAttribute('aria-disabled')).to.equal('false');
    send().click();
    expect(await asked()).to.equal('File "one.txt":\n```\nFirst\n```');
    await pick(textFile('two.txt', 'Second'));
    await settled();
    await ask('');
    await waitUntil(async () => (await played.seen()).requests.length === 2);
    expect(await asked()).to.equal('File "two.txt":\n```\nSecond\n```');
  });

  it('that come with a text are that text, and a text alone is pasted as ever', async () => {
    await open();
    expect(paste([await picture(4, 4)], 'a\tb')).to.equal(true);
    expect(paste([], 'words')).to.equal(true);
    expect(drag('dragover', transferOf([], 'words'))).to.equal(true);
    expect(names()).to.deep.equal([]);
  });

  it('are removed by their button, and the last by Backspace where nothing is written', async () => {
    await open();
    await pick(textFile('one.txt', '1'), textFile('two.txt', '2'), textFile('three.txt', '3'));
    await settled();
    button('Remove one.txt')!.click();
    await element().updateComplete;
    expect(names()).to.deep.equal(['two.txt', 'three.txt']);
    expect(composer().renderRoot.querySelector(':focus')).to.equal(textarea());
    expect(element().querySelector('[role=status]')!.textContent).to.contain('one.txt is removed');
    await sendKeys({ type: 'x' });
    await sendKeys({ press: 'Backspace' });
    expect([names().length, composer().draft]).to.deep.equal([2, '']);
    await sendKeys({ press: 'Backspace' });
    await element().updateComplete;
    expect(names()).to.deep.equal(['two.txt']);
  });

  it('of which there are too many are taken as far as there is room, and the rest is named', async () => {
    await open();
    await pick(textFile('0.txt', '0'));
    drag('drop', transferOf(Array.from({ length: 40 }, (_, index) => textFile(`${index + 1}.txt`, 'x'))));
    await settled();
    expect(names()).to.deep.equal(['0.txt', '1.txt', '2.txt']);
    expect(refusals()).to.deep.equal(['A message can have 3 files: 38 were left out.']);
    button('Remove 0.txt')!.click();
    await element().updateComplete;
    expect(refusals()).to.deep.equal([]);
  });

  const unfit: Array<[what: string, file: () => Promise<File> | File, words: RegExp]> = [
    ['nothing in it', () => textFile('a.txt', ''), /a\.txt is empty/],
    [
      'bytes that are no text',
      () => textFile('a.txt', new Uint8Array([80, 75, 3, 4, 0, 0, 1, 2])),
      /neither/,
    ],
    ['too much text', () => textFile('a.txt', 'x'.repeat(2_001)), /too long: a message can have 2,000 char/],
    ['very much text', () => textFile('a.txt', 'x'.repeat(9_000)), /too long: a message can have 2,000 char/],
    ['a PDF that is none', () => textFile('a.pdf', '%PDF-1.7\n%x'), /a\.pdf is damaged/],
    ['half a PDF', () => textFile('a.pdf', pdf([lines('Hello')]).slice(0, 300)), /a\.pdf is damaged/],
    [
      'a PDF behind a password',
      () => textFile('a.pdf', pdf([lines('Hello')], LOCKED)),
      /is locked with a password/,
    ],
    [
      'a PDF from a scanner',
      () => textFile('a.pdf', pdf(['0 0 100 100 re f', '0 0 9 9 re f'])),
      /No text was found in a\.pdf: it may be from a scanner/,
    ],
    [
      'a PDF with too much text',
      () =>
        textFile(
          'a.pdf',
          pdf(Array.from({ length: 9 }, () => lines(...Array<string>(8).fill('x'.repeat(40))))),
        ),
      /too long: a message can have 2,000 char/,
    ],
    [
      'a PDF with too many pages',
      () => textFile('a.pdf', pdf(Array.from({ length: 1_001 }, () => ''))),
      /has 1,001 pages: a PDF can have 500/,
    ],
    ['half a picture', async () => new File([(await picture(99, 99)).slice(0, 200)], 'a.jpg'), /is damaged/],
    [
      'a TIFF',
      () => textFile('a.tiff', new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0, 0])),
      /is damaged, or of a kind that this browser cannot read/,
    ],
    ['no picture after its head', () => textFile('a.png', '\x89PNG\r\n\x1a\nrubbish'), /neither|damaged/],
    [
      'a HEIC',
      () => textFile('a.heic', new Uint8Array([0, 0, 0, 24, ...new TextEncoder().encode('ftypheic....')])),
      /cannot be read by this browser\. Save it as a JPEG/,
    ],
    [
      'more pixels than a phone can hold',
      async () => {
        const bytes = new Uint8Array(await (await picture(8, 8, 'image/png')).arrayBuffer());
        new DataView(bytes.buffer).setUint32(16, 60_000);
        new DataView(bytes.buffer).setUint32(20, 60_000);
        return new File([bytes], 'a.png');
      },
      /is too large: a file can have 64 MB, and a picture 100 megapixels/,
    ],
  ];
  for (const [what, file, words] of unfit)
    it(`with ${what} are refused in words, and others are taken`, async () => {
      await open();
      await pick(await file(), textFile('good.txt', 'Good'));
      await settled();
      expect(names()).to.deep.equal(['good.txt']);
      expect(refusals()).to.have.length(1);
      expect(refusals()[0]).to.match(words);
    });

  itHavingFiles('that have gone before they are read are refused', async () => {
    await open();
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('gone.txt', { create: true });
    const writable = await handle.createWritable();
    await writable.write('Gone');
    await writable.close();
    const gone = await handle.getFile();
    await folder.removeEntry('gone.txt');
    await pick(gone, textFile('here.txt', 'Here'));
    await settled();
    expect(names()).to.deep.equal(['here.txt']);
    expect(refusals()).to.deep.equal(['gone.txt could not be read. It may have been moved or changed.']);
  });

  it('and what is written must fit together, and nothing is lost where they do not', async () => {
    await open();
    await pick(textFile('a.txt', 'x'.repeat(1_200)), textFile('b.txt', 'x'.repeat(1_200)));
    await settled();
    await ask('So?');
    await element().updateComplete;
    expect(refusals()).to.deep.equal([
      'Your message and its files are too long together. Shorten it, or remove a file.',
    ]);
    expect([names().length, composer().draft]).to.deep.equal([2, 'So?']);
    await sendKeys({ press: 'Enter' });
    await element().updateComplete;
    expect(refusals()).to.have.length(1);
    button('Remove b.txt')!.click();
    await ask('');
    expect(await asked()).to.match(/^So\?\n\nFile "a\.txt"/);
  });
});

describe('a PDF', () => {
  const link = '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A 900 0 R >>]';
  const script = '<< /S /JavaScript /JS (globalThis.attacked = 1; app.alert(1)) >>';
  const again = '<< /XObject << /X 901 0 R >> >>';

  it('goes along as its text, page by page and in any language', async () => {
    await open();
    await pick(
      textFile('two.pdf', pdf([lines('Prices (2026)', 'One: 5'), lines('Terms')])),
      textFile('你好.pdf', pdf([symbols(8)], meaning('你好，世界 🌊!'))),
    );
    await settled();
    expect(refusals()).to.deep.equal([]);
    expect(element().textContent).to.contain('27 characters');
    await ask('So?');
    expect(await asked()).to.equal(
      'So?\n\nFile "two.pdf":\n```\nPrices (2026)\nOne: 5\n\nTerms\n```\n\nFile "你好.pdf":\n```\n你好，世界 🌊!\n```',
    );
  });

  it('that is hostile runs nothing, fetches nothing, and is read as far as it can be', async () => {
    await open();
    const before = performance.getEntriesByType('resource').length;
    await pick(
      textFile(
        'scripts.pdf',
        pdf([lines('Scripts')], {
          catalog:
            '/OpenAction 900 0 R /AA << /WC 900 0 R >> /Names << /JavaScript << /Names [(a) 900 0 R] >> >>',
          page: `${link} /AA << /O 900 0 R >>`,
          objects: { 900: script },
        }),
      ),
      // A font of the first kind whose matrix was once compiled as it stood (CVE-2024-4367).
      textFile(
        'matrix.pdf',
        pdf([lines('Matrix')], {
          font: '<< /Type /Font /Subtype /Type1 /BaseFont /Any /FontMatrix [1 2 3 4 5 (0\\); globalThis.attacked = 1 //)] >>',
        }),
      ),
      textFile(
        'circle.pdf',
        pdf([`/X Do ${lines('Circle')}`], {
          resources: '/XObject << /X 901 0 R >>',
          objects: {
            901: stream('/X Do', `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources ${again}`),
          },
        }),
      ),
    );
    await settled();
    expect([names(), refusals()]).to.deep.equal([['scripts.pdf', 'matrix.pdf', 'circle.pdf'], []]);
    await ask('So?');
    expect(await asked()).to.match(/\nScripts\n[^]*\nMatrix\n[^]*\nCircle\n/);
    expect('attacked' in globalThis).to.equal(false);
    const fetched = performance.getEntriesByType('resource').slice(before);
    const own = new URL(played.endpoint, location.href).href;
    expect(fetched.filter(({ name }) => !name.startsWith(own) && !/\.(m?js|ts)\b/.test(name))).to.deep.equal(
      [],
    );
  });
});

describe('a picture', () => {
  it('goes along upright, smaller, and without what its file says of the place', async () => {
    await open();
    await pick(await turned(await picture(3_000, 2_000), 'GPS-48.2082N'));
    await settled();
    await ask('Where is this?');
    const content = await asked();
    expect((content as ContentPart[])[0]).to.deep.equal({
      type: 'text',
      text: 'Where is this?\n\nImage "photo.jpg"',
    });
    const { text, ...image } = await seen(imagesIn(content)[0]!);
    expect(image).to.deep.equal({
      ...{ type: 'image/jpeg', width: 1_045, height: 1_568 },
      sides: { left: 'red', right: 'red', top: 'red', bottom: 'blue' },
    });
    expect(text).not.to.match(/GPS|Exif/);
  });

  it('that is small keeps its size, and what was transparent is white', async () => {
    await open();
    const canvas = new OffscreenCanvas(40, 20);
    canvas.getContext('2d');
    const clear = new File([await canvas.convertToBlob({ type: 'image/png' })], 'a.png');
    await pick(await picture(40, 20, 'image/webp', 'b.webp'), clear);
    await settled();
    await ask('So?');
    const [first, second] = await Promise.all(imagesIn(await asked()).map(seen));
    expect([first!.width, first!.height, first!.type]).to.deep.equal([40, 20, 'image/jpeg']);
    expect(first!.sides).to.include({ left: 'red', right: 'blue' });
    expect(Object.values(second!.sides)).to.deep.equal(['other', 'other', 'other', 'other']);
  });

  it('that is very tall, or has 40 megapixels, or whose file has 50 MB, is as any other', async () => {
    await open();
    const tall = await picture(40, 8_000, 'image/png', 'tall.png');
    const large = new File([await picture(2_000, 1_000), new Uint8Array(50_000_000)], 'large.jpg');
    const photo = await picture(8_000, 5_000, 'image/jpeg', '40.jpg');
    await pick(tall, large, photo);
    await settled();
    expect(names()).to.deep.equal(['tall.png', 'large.jpg', '40.jpg']);
    await ask('So?');
    const sizes = (await Promise.all(imagesIn(await asked()).map(seen))).map(({ width, height }) => [
      width,
      height,
    ]);
    expect(sizes).to.deep.equal([
      [8, 1_568],
      [1_568, 784],
      [1_568, 980],
    ]);
  });

  it('is described by the visitor, for the model and for who reads', async () => {
    await open();
    await pick(await picture(40, 20));
    await settled();
    element().querySelector<HTMLInputElement>('li input')!.focus();
    await sendKeys({ type: 'Two colours' });
    await sendKeys({ press: 'Enter' });
    expect(composer().renderRoot.querySelector(':focus')).to.equal(textarea());
    await ask('So?');
    expect((await asked())[0]).to.deep.include({ text: 'So?\n\nImage "photo.jpg": Two colours' });
    const canvas = () => transcript()!.querySelector('rivulet-attached canvas') as HTMLCanvasElement | null;
    await waitUntil(canvas);
    expect([canvas()!.getAttribute('role'), canvas()!.getAttribute('aria-label')]).to.deep.equal([
      'img',
      'Two colours',
    ]);
    await waitUntil(() => canvas()!.getContext('2d')!.getImageData(2, 2, 1, 1).data[0]! > 180, 'it is drawn');
  });

  it('is not taken for a model that cannot see, which texts are', async () => {
    await open();
    chat.model = 'blind';
    await chat.updateComplete;
    await pick(await picture(40, 20), textFile('a.txt', 'A'));
    await settled();
    expect(names()).to.deep.equal(['a.txt']);
    expect(refusals()).to.deep.equal([
      'photo.jpg was left out: the model that answers here cannot see pictures.',
    ]);
  });

  it('that another model is to see which cannot, is told of as that, and sent as its description', async () => {
    await open();
    await pick(await picture(40, 20));
    await settled();
    chat.model = 'blind';
    await chat.updateComplete;
    await element().updateComplete;
    expect(items()[0]!.textContent).to.contain('cannot see pictures');
    await ask('So?');
    expect(await asked()).to.equal('So?\n\nImage "photo.jpg" (not shown)');
    expect(imagesIn(await asked())).to.deep.equal([]);
  });

  it('is waited for when its question is sent before it is ready, and goes with it', async () => {
    await open();
    const large = await picture(6_000, 4_000, 'image/png');
    await sendKeys({ press: 'Tab' });
    composer().focus();
    await sendKeys({ type: 'So?' });
    void pick(large);
    await element().updateComplete;
    expect(isReady()).to.equal(false);
    textarea().dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await element().updateComplete;
    expect(element().textContent).to.contain('sent as soon as its files are ready');
    expect(composer().draft).to.equal('So?');
    expect(imagesIn(await asked())).to.have.length(1);
    expect([names(), composer().draft]).to.deep.equal([[], '']);
  });

  it('that is removed while it is made smaller stays away, and pastes meanwhile have their order', async () => {
    await open();
    paste([await picture(3_000, 2_000, 'image/png', 'first.png')]);
    paste([await picture(30, 20, 'image/png', 'second.png')]);
    paste([await picture(30, 20, 'image/png', 'third.png')]);
    await element().updateComplete;
    button('Remove first.png')!.click();
    await settled();
    expect(names()).to.deep.equal(['second.png', 'third.png']);
    await ask('So?');
    expect(imagesIn(await asked())).to.have.length(2);
  });
});

describe('a question with files', () => {
  it('keeps them when it is changed, and sends them again for another answer', async () => {
    await open(attachments, answer('One.'), answer('Two.'), answer('Three.'));
    await pick(textFile('a.txt', 'A'));
    await settled();
    await ask('Why?');
    await asked();
    const action = async (name: string) => {
      const find = () => transcript()!.querySelector<HTMLElement>(`[aria-label="${name}"]`);
      await waitUntil(find, name, { timeout: 15_000 });
      find()!.click();
    };
    await action('Answer again');
    await waitUntil(async () => (await played.seen()).requests.length === 2 && !chat.busy);
    expect(await asked()).to.equal('Why?\n\nFile "a.txt":\n```\nA\n```');
    await action('Edit');
    await waitUntil(() => transcript()!.querySelector('textarea'));
    transcript()!.querySelector('textarea')!.value = 'How?';
    await action('Your changed question');
    await sendKeys({ press: 'Enter' });
    await waitUntil(async () => (await played.seen()).requests.length === 3 && !chat.busy);
    expect(await asked()).to.equal('How?\n\nFile "a.txt":\n```\nA\n```');
  });

  it('that waits for an answer has its files back in the composer when it is changed', async () => {
    await open(attachments, [words(1, 'So'), { hold: true }]);
    await ask('Why?');
    await waitUntil(() => chat.busy && transcript()?.textContent?.includes('So'));
    await pick(textFile('a.txt', 'A'));
    await settled();
    await ask('');
    const queued = () => chat.renderRoot.querySelector('rivulet-dock li');
    await waitUntil(queued);
    expect(queued()!.textContent).to.contain('a.txt');
    queued()!.querySelector<HTMLElement>('[aria-label=Edit]')!.click();
    await waitUntil(() => !queued());
    expect(names()).to.deep.equal(['a.txt']);
    chat.stop();
  });
});

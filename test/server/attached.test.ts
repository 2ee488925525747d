/** What goes along with a question: how files are read, and how a model is told of them. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttachmentLimits } from '../../server/protocol.ts';
import { imageSize } from '../../widget/attachments/image-size.ts';
import { kindOf } from '../../widget/attachments/kind.ts';
import { readText } from '../../widget/attachments/read-text.ts';
import { withAttachments, withNames } from '../../widget/conversation/attachment.ts';
import { fitContext } from '../../widget/conversation/context.ts';
import { said } from '../../widget/conversation/said.ts';
import type { Attachment, ImageAttachment, Message } from '../../widget/conversation/message.ts';

const limits: AttachmentLimits = { count: 2, characters: 1_000, imageBytes: 40, seeing: ['', 'sees'] };

/** With a URL of ten characters. */
const image = (name: string, more: Partial<ImageAttachment> = {}): ImageAttachment => ({
  ...{ id: name, type: 'image', name, alt: '', width: 4, height: 3, dataUrl: `data:${name.padEnd(5, '.')}` },
  ...more,
});
const file = (name: string, text: string): Attachment => ({ id: name, type: 'text', name, text });
const question = (content: string, ...attachments: Attachment[]): Message => ({
  ...{ id: content, role: 'user', content },
  ...(attachments.length > 0 && { attachments }),
});

/** What is sent: the texts, and `[url]` for images. */
function sent(messages: readonly Message[], model?: string, attachments?: object) {
  const settings = { limits: { bodyBytes: 100_000 }, attachments: { ...limits, ...attachments } };
  const told = withAttachments(messages, settings, model);
  const texts = said(told.messages).map(({ content }) =>
    typeof content === 'string'
      ? content
      : content!.map(part => (part.type === 'text' ? part.text : `[${part.image_url.url}]`)).join(''),
  );
  return { texts, leftOut: told.leftOut };
}

describe('a question', () => {
  test('with text files is one text, in which each stands as a quotation that it cannot end', () => {
    const { texts } = sent([question('Compare', file('a.md', '```js\n````\n'), file('b "c"\n.txt', 'x'))]);
    const [quoted] = texts;
    assert.equal(
      quoted,
      'Compare\n\nFile "a.md":\n`````\n```js\n````\n\n`````\n\nFile "b \\"c\\" .txt":\n```\nx\n```',
    );
  });

  test('with images is parts, each named with what the visitor says that it shows', () => {
    const { texts } = sent([question('So?', image('a', { alt: 'a  red\nhouse' }), image('b'))]);
    assert.deepEqual(texts, ['So?\n\nImage "a": a red house\n\nImage "b"[data:a....][data:b....]']);
  });

  test('may be an image alone', () => {
    assert.deepEqual(sent([question('', image('a'))]).texts, ['Image "a"[data:a....]']);
  });

  test('tells a model that cannot see of the images, and is one text', () => {
    const messages = [question('So?', image('a', { alt: 'a house' }), file('f', 'x'))];
    const told = ['So?\n\nImage "a" (not shown): a house\n\nFile "f":\n```\nx\n```'];
    assert.deepEqual(sent(messages, 'blind'), { texts: told, leftOut: 0 });
    // Another server, or one that says nothing that can be read.
    for (const settings of [undefined, {}, { attachments: limits }, { attachments: { count: 'x' } }])
      assert.equal(withAttachments(messages, settings, undefined).messages[0]?.content, told[0]);
    assert.match(sent(messages, 'sees').texts[0]!, /\[data:a/);
  });

  test('tells of an image for which there was no room', () => {
    const { dataUrl: _, ...lost } = image('a');
    assert.deepEqual(sent([question('So?', lost)]), { texts: ['So?\n\nImage "a" (not shown)'], leftOut: 0 });
  });
});

describe('of too many images', () => {
  const messages = ['1', '2', '3'].map(name => question(name, image(`${name}a`), image(`${name}b`)));

  test('the oldest are not shown, and counted as left out', () => {
    const { texts, leftOut } = sent(messages);
    assert.deepEqual(texts, [
      '1\n\nImage "1a" (not shown)\n\nImage "1b" (not shown)',
      '2\n\nImage "2a"\n\nImage "2b"[data:2a...][data:2b...]',
      '3\n\nImage "3a"\n\nImage "3b"[data:3a...][data:3b...]',
    ]);
    assert.equal(leftOut, 2);
    assert.equal(sent(messages, '', { imageBytes: 39 }).leftOut, 3);
    assert.equal(sent(messages, '', { imageBytes: 60 }).leftOut, 0);
  });

  test('a message has no more than it may have', () => {
    const { texts, leftOut } = sent([question('', image('a'), image('b'), image('c'))]);
    assert.match(texts[0]!, /Image "c" \(not shown\)\[data:a\.\.\.\.\]\[data:b\.\.\.\.\]$/);
    assert.equal(leftOut, 1);
  });
});

test('images do not count in the bytes that messages may have, and what goes with them does', () => {
  const large = image('a', { dataUrl: `data:${'x'.repeat(9_000)}` });
  const settings = { limits: { bodyBytes: 1_000 }, attachments: { ...limits, imageBytes: 10_000 } };
  const context = (...messages: Message[]) =>
    fitContext(said(withAttachments(messages, settings, '').messages), { messages: 9, bodyBytes: 250 });
  const fits = context(question('1'), question('2', large));
  assert.ok(fits !== 'length_exceeded');
  assert.deepEqual([fits.messages.length, fits.omitted], [2, 0]);
  assert.equal(context(question('2', file('f', 'x'.repeat(300)))), 'length_exceeded');
});

test('who takes a conversation away has the names of what was attached', () => {
  const attachments = [image('a*b.png', { alt: 'a <b>\nhouse' }), file('notes.txt', 'secret')];
  const names = '- a\\*b.png: a \\<b\\> house\n- notes.txt';
  assert.equal(withNames(question('So?', ...attachments)), `So?\n\n${names}`);
  assert.equal(withNames(question('', ...attachments)), names);
  assert.equal(withNames(question(' So? ')), 'So?');
});

describe('a file', () => {
  const bytes = (...parts: Array<string | number[]>) =>
    Uint8Array.from(
      parts.flatMap(part => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
    );

  test('is what its first bytes say', () => {
    const kinds: Array<[Uint8Array, ReturnType<typeof kindOf>]> = [
      [bytes('\x89PNG\r\n\x1a\n'), 'image'],
      [bytes([0xff, 0xd8, 0xff, 0xe1]), 'image'],
      [bytes('GIF89a'), 'image'],
      [bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '), 'image'],
      [bytes([0, 0, 0, 28], 'ftypavif'), 'image'],
      [bytes('II*\0', [8, 0, 0, 0]), 'image'],
      [bytes([0, 0, 0, 12], 'JXL \r\n'), 'image'],
      [bytes('8BPS', [0, 1]), 'image'],
      [bytes([0, 0, 0, 24], 'ftypheic'), 'heic'],
      [bytes([0, 0, 0, 24], 'ftypmif1'), 'heic'],
      [bytes([0, 0, 0, 24], 'ftypisom'), 'other'],
      [bytes('%PDF-1.7'), 'pdf'],
      [bytes('<svg xmlns='), 'other'],
      [bytes('BMW is a maker of cars'), 'other'],
      [bytes(), 'other'],
    ];
    for (const [start, kind] of kinds)
      assert.equal(kindOf(start), kind, Buffer.from(start).toString('latin1'));
  });

  test('of an image says its size, whatever its kind', () => {
    const be = (...sizes: number[]) =>
      sizes.flatMap(size => [size >> 24, (size >> 16) & 255, (size >> 8) & 255, size & 255]);
    const size = { width: 4_000, height: 3_000 };
    const images = {
      png: bytes('\x89PNG\r\n\x1a\n', be(13), 'IHDR', be(4_000, 3_000)),
      gif: bytes('GIF89a', [0xa0, 0x0f, 0xb8, 0x0b]),
      lossy: bytes('RIFF', be(0), 'WEBPVP8 ', be(0, 0), [0, 0, 0xa0, 0x0f, 0xb8, 0x0b]),
      lossless: bytes('RIFF', be(0), 'WEBPVP8L', be(0), [0x2f, 0x9f, 0xcf, 0xed, 0x02]),
      extended: bytes('RIFF', be(0), 'WEBPVP8X', be(10, 0), [0x9f, 0x0f, 0, 0xb7, 0x0b, 0, 0]),
      jpeg: bytes(
        [0xff, 0xd8, 0xff, 0xe1, 0, 6],
        'Exif',
        [0xff, 0xff, 0xff, 0xc2, 0, 17, 8, 0x0b, 0xb8, 0x0f, 0xa0],
      ),
    };
    for (const [kind, start] of Object.entries(images)) assert.deepEqual(imageSize(start), size, kind);
  });

  test('of a broken image says nothing', () => {
    for (const start of [
      bytes(),
      bytes('\x89PNG\r\n\x1a\n'),
      bytes([0xff, 0xd8, 0xff, 0xe1, 0, 6]),
      bytes([0xff, 0xd8, 0, 0, 0, 0]),
    ])
      assert.equal(imageSize(start), undefined);
  });

  test('of text is read in the encodings that there are, with lines that end alike', () => {
    const text = 'Grüße, 你好 😀\r\nzweite\rdritte';
    const read = 'Grüße, 你好 😀\nzweite\ndritte';
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    assert.equal(readText(Buffer.from(text), ['de']), read);
    assert.equal(readText(Buffer.from(`\ufeff${text}`), ['de']), read);
    assert.equal(readText(Buffer.concat([Buffer.from([0xff, 0xfe]), little]), ['de']), read);
    assert.equal(readText(Buffer.concat([Buffer.from([0xfe, 0xff]), big]), ['de']), read);
    assert.equal(readText(little, ['de']), read);
    assert.equal(readText(big, ['de']), read);
  });

  test('of text from old programs is read as they write it where its visitor lives', () => {
    const written: Array<[languages: string[], bytes: number[], read: string]> = [
      [['zh-CN', 'en'], [0xc4, 0xe3, 0xba, 0xc3, 0x2c, 0x31], '你好,1'],
      [['zh-TW'], [0xa7, 0x41, 0xa6, 0x6e], '你好'],
      [['ja-JP'], [0x82, 0xb1, 0x82, 0xf1], 'こん'],
      [['ko'], [0xbe, 0xc8, 0xb3, 0xe7], '안녕'],
      [['ru-RU', 'en'], [0xcf, 0xf0, 0xe8], 'При'],
      [['en-US', 'de'], [0x47, 0x72, 0xfc, 0xdf, 0x65], 'Grüße'],
      [['ja', 'fr'], [0xe9, 0x20, 0x31], 'é 1'],
    ];
    for (const [languages, bytes, read] of written)
      assert.equal(readText(new Uint8Array(bytes), languages), read, languages.join());
  });

  test('that is no text is not read as one', () => {
    const zip = bytes('PK\x03\x04', [0, 0, 8, 0]);
    const random = Uint8Array.from({ length: 500 }, (_, index) => (index * 7919) % 256);
    for (const other of [zip, random, bytes([0xff, 0xfe, 0x00, 0xd8]), bytes('half \x81'), bytes('a\0b')])
      assert.equal(readText(other, ['en', 'zh-CN']), undefined);
    assert.equal(readText(bytes('half \xe4'), []), undefined);
  });
});

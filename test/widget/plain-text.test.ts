/** An answer shown as text: paragraphs and line breaks, the same nodes however the text was cut. */

import { expect } from '@open-wc/testing';
import { createRenderer } from '../../widget/markdown/renderer.ts';

/** What a container has: a list of lines for each paragraph. */
function shown(pieces: Iterable<string>): string[][] {
  const container = document.createElement('div');
  const renderer = createRenderer(container);
  for (const piece of pieces) renderer.feed(piece);
  renderer.end();
  return Array.from(container.children, paragraph => {
    expect(paragraph.localName).to.equal('p');
    const lines: string[] = [];
    // Every line is one text node, and a break stands between two.
    paragraph.childNodes.forEach((node, index) => {
      if (index % 2 === 1) expect(node.nodeName).to.equal('BR');
      else lines.push((node as Text).data);
    });
    return lines;
  });
}

function* randomCuts(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = start + 1 + Math.floor(Math.random() * 5);
    yield text.slice(start, end);
    start = end;
  }
}

describe('plain text', () => {
  const cases: Array<[promise: string, text: string, expected: string[][]]> = [
    ['nothing', '', []],
    ['a line', 'Hi.', [['Hi.']]],
    ['a line break', 'a\nb', [['a', 'b']]],
    ['a blank line begins a paragraph', 'a\n\nb', [['a'], ['b']]],
    ['any number of blank lines are one', 'a\n\n\n\n\nb', [['a'], ['b']]],
    ['a line of blanks is a blank line', 'a\n \t\nb', [['a'], ['b']]],
    ['CRLF, CR and LF', 'a\r\nb\r\n\r\nc\rd\r\re', [['a', 'b'], ['c', 'd'], ['e']]],
    ['LF before CR are two breaks', 'a\n\rb', [['a'], ['b']]],
    ['line breaks at the ends show nothing', '\n\na\n\n', [['a']]],
    [
      'blanks at the start of a line stay',
      '  a\n    b c\n\u3000\u3000汉',
      [['  a', '    b c', '\u3000\u3000汉']],
    ],
    ['blanks within a line stay', 'a  b ', [['a  b ']]],
    ['wide characters', '🌊👩‍👩‍👧\n汉字\ud83c', [['🌊👩‍👩‍👧', '汉字\ud83c']]],
    ['half a pair before a whole one', '\ud83c🌊', [['\ud83c🌊']]],
    ['markup is text', '<b>a</b>\n<script>&amp;', [['<b>a</b>', '<script>&amp;']]],
  ];

  for (const [promise, text, expected] of cases) {
    it(promise, () => {
      expect(shown([text])).to.deep.equal(expected);
      const units = Array.from({ length: text.length }, (_, index) => text.charAt(index));
      expect(shown(units), 'unit by unit').to.deep.equal(expected);
      expect(shown(units.flatMap(unit => ['', unit, ''])), 'with nothing between').to.deep.equal(expected);
      for (let round = 0; round < 30; round++) {
        const cuts = [...randomCuts(text)];
        expect(shown(cuts), JSON.stringify(cuts)).to.deep.equal(expected);
      }
    });
  }

  it('shows what it has before the text is complete, and makes no node again', () => {
    const container = document.createElement('div');
    const renderer = createRenderer(container);
    renderer.feed('Half a wo');
    const [paragraph] = container.children;
    const text = paragraph?.firstChild;
    expect(container.textContent).to.equal('Half a wo');
    renderer.feed('rd\nand\n\nmore');
    expect(container.children[0]).to.equal(paragraph);
    expect(paragraph?.firstChild).to.equal(text);
    expect(container.children.length).to.equal(2);
  });

  it('lets each paragraph run in the direction of its language', () => {
    const container = document.createElement('div');
    document.body.append(container);
    createRenderer(container).feed('Hello.\n\nשלום.');
    const directions = Array.from(container.children, paragraph => getComputedStyle(paragraph).direction);
    container.remove();
    expect(directions).to.deep.equal(['ltr', 'rtl']);
  });
});

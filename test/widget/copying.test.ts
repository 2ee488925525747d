/** Copying answers: what is read off the screen, the buttons under an answer, and what is copied of a selection. */

import { expect, fixture, waitUntil } from '@open-wc/testing';
import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { html } from 'lit';
import type { AssistantMessage, Message } from '../../widget/conversation/message.ts';
import { selectedRange } from '../../widget/controllers/selected-range.ts';
import '../../widget/elements/panel.ts';
import type { RivuletPanel } from '../../widget/elements/panel.ts';
import '../../widget/elements/transcript.ts';
import type { RivuletTranscript } from '../../widget/elements/transcript.ts';
import { toMarkdown } from '../../widget/markdown/copy/markdown.ts';
import { toPlainText } from '../../widget/markdown/copy/plain-text.ts';
import { readShown } from '../../widget/markdown/copy/read-shown.ts';
import { answers } from '../support/markdown/browser-corpora.ts';
import { fullRenderer } from '../support/markdown/full-renderer.ts';
import { generateAnswer } from '../support/markdown/generate.ts';
import { isSayable } from '../support/markdown/sayable.ts';

function shown(text: string): HTMLElement {
  const container = document.createElement('div');
  const renderer = fullRenderer(container);
  renderer.feed(text);
  renderer.end();
  return container;
}

/** Without what is not on screen, or is the same on screen: cuts between texts, elements that are none. */
function sight(container: HTMLElement): string {
  for (const span of container.querySelectorAll('span:not([class]), span.image'))
    span.replaceWith(...span.childNodes);
  container.normalize();
  return container.innerHTML;
}

describe('what is shown of an answer', () => {
  it('is read off and written as Markdown that shows the same', async () => {
    for (const text of await answers()) {
      const read = readShown(shown(text));
      expect(sight(shown(toMarkdown(read)))).to.equal(sight(shown(text)));
    }
  });

  it('shows the same when it was generated, but for what Markdown cannot say', () => {
    let others = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const text = generateAnswer(seed);
      const read = readShown(shown(text));
      const written = toMarkdown(read);
      if (sight(shown(written)) === sight(shown(text))) continue;
      expect(isSayable(read), JSON.stringify({ text, written })).to.equal(false);
      others += 1;
    }
    expect(others).to.be.at.most(4);
  });

  it('is read without buttons and names of languages, and with the characters that are shown by their numbers', () => {
    const text =
      '```js\nlet a\u202e = 1;\n```\n\n| a | b |\n|---|---|\n| c | `d\u200b` |\n\n![e](https://example.org/f.png "g")';
    const read = readShown(shown(text));
    expect(toPlainText(read)).to.equal('let a\u202e = 1;\n\na\tb\nc\td\u200b\n\ne');
    expect(toMarkdown(read))
      .to.contain('let a\u202e = 1;')
      .and.to.contain('![e](https://example.org/f.png "g")');
  });

  it('is read whole where there is so much of it that it lies in parts', () => {
    const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
    for (const text of [
      numbers.map(number => `Number ${number}.`).join('\n\n'),
      numbers.map(number => `${number}. item`).join('\n'),
      numbers.map(number => `- item ${number}`).join('\n'),
      `- ${numbers.map(number => `Number ${number}.`).join('\n\n  ')}`,
    ])
      expect(toMarkdown(readShown(shown(text)))).to.equal(text);
  });

  it('is read the same when its formulas are shown and its code has colours', async () => {
    const text = 'A $x_1$.\n\n$$\n\\frac{1}{2}\n$$\n\n```js\nconst a = 1; // b\n```';
    const container = shown(text);
    document.body.append(container);
    await waitUntil(() => container.querySelectorAll('math').length === 2, 'formulas', { timeout: 10_000 });
    await waitUntil(() => container.querySelector('pre .comment'), 'colours', { timeout: 10_000 });
    expect(toMarkdown(readShown(container))).to.equal(text);
    expect(toPlainText(readShown(container))).to.equal('A x_1.\n\n\\frac{1}{2}\n\nconst a = 1; // b');
    container.remove();
  });
});

/** A range from the first `|` to the second: each mark is followed or preceded by words of one text. */
function between(container: Node, from: string, to: string): Range {
  const range = document.createRange();
  range.setStart(...pointIn(container, from));
  range.setEnd(...pointIn(container, to));
  return range;
}

function pointIn(container: Node, words: string): [Node, number] {
  const plain = words.replace('|', '');
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const index = (walker.currentNode as Text).data.indexOf(plain);
    if (index >= 0) return [walker.currentNode, index + words.indexOf('|')];
  }
  throw new Error(`There is no ${plain}.`);
}

interface Part {
  of: string;
  text: string;
  from: string;
  to: string;
  markdown: string;
  plain: string;
}

const parts: Part[] = [
  {
    of: 'a list',
    text: '3. one\n4. two\n5. three',
    from: 't|wo',
    to: 'thr|ee',
    markdown: '4. wo\n5. thr',
    plain: '4. wo\n5. thr',
  },
  {
    of: 'a list in a list',
    text: '- one\n  - [x] two\n- three',
    from: 't|wo',
    to: 'thr|ee',
    markdown: '- - [x] wo\n- thr',
    plain: '• • [x] wo\n• thr',
  },
  {
    of: 'a table',
    text: '| a | b | c |\n|---|--:|---|\n| dd | ee | ff |\n| gg | hh | ii |',
    from: 'e|e',
    to: 'h|h',
    markdown: '|  |  |  |\n| --- | ---: | --- |\n|  | e | ff |\n| gg | h |  |',
    plain: '\te\tff\ngg\th\t',
  },
  {
    of: 'a row',
    text: '| a | b | c |\n|---|--:|---|\n| dd | ee | ff |',
    from: '|ee',
    to: 'f|f',
    markdown: '|  |  |\n| ---: | --- |\n| ee | f |',
    plain: 'ee\tf',
  },
  {
    of: 'code',
    text: 'a\n\n```py\nif b:\n  c\n```',
    from: '|a',
    to: 'b|:',
    markdown: 'a\n\n```py\nif b\n```',
    plain: 'a\n\nif b',
  },
  {
    of: 'emphasis and a link',
    text: 'a **bold thing** and [_more_ b](https://example.org/)',
    from: 'bold| thing',
    to: 'mo|re',
    markdown: '**thing** and [*mo*](https://example.org/)',
    plain: 'thing and mo (https://example.org/)',
  },
  {
    of: 'lists three deep, from the deepest up',
    text: '1. one\n   - two\n     1. three\n     2. four\n   - five\n2. six',
    from: 'fo|ur',
    to: 'si|x',
    markdown: '1. - 2. ur\n   - five\n2. si',
    plain: '1. • 2. ur\n   • five\n2. si',
  },
  {
    of: 'a table in a list',
    text: '- one\n\n  | a | b |\n  |---|---|\n  | cc | dd |\n- two',
    from: 'o|ne',
    to: 'd|d',
    markdown: '- ne\n\n  | a | b |\n  | --- | --- |\n  | cc | d |',
    plain: '• ne\n\na\tb\ncc\td',
  },
  {
    of: 'code in a list in a list',
    text: '- one\n  - two\n\n    ```py\n    if b:\n        c()\n    ```\n- three',
    from: 't|wo',
    to: 'c(|)',
    markdown: '- - wo\n\n    ```py\n    if b:\n        c(\n    ```',
    plain: '• • wo\n\nif b:\n    c(',
  },
  {
    of: 'text from right to left, with words from left to right',
    text: 'السلام **عليكم** يا `code` صديقي\n\n- שלום עולם',
    from: 'علي|كم',
    to: 'שלום| עולם',
    markdown: '**كم** يا `code` صديقي\n\n- שלום',
    plain: 'كم يا code صديقي\n\n• שלום',
  },
  {
    of: 'a quote, up to the beginning of the next block',
    text: '> one\n>\n> two\n\n- three',
    from: 'o|ne',
    to: '|three',
    markdown: '> ne\n>\n> two',
    plain: '> ne\n>\n> two',
  },
];

describe('a part of what is shown', () => {
  for (const { of, text, from, to, markdown, plain } of parts)
    it(`of ${of} is in the structure that it is in`, () => {
      const container = shown(text);
      const read = readShown(container, between(container, from, to));
      expect(toMarkdown(read)).to.equal(markdown);
      expect(toPlainText(read)).to.equal(plain);
    });

  it('has formulas and marked characters as a whole or not at all', () => {
    const container = shown('one $x_1$ two `a\u200bb` three');
    expect(toMarkdown(readShown(container, between(container, 'x|_1', 'U+2|00B')))).to.equal(
      '$x_1$ two `a\u200b`',
    );
    expect(toMarkdown(readShown(container, between(container, 'x_1|', '|U+200B')))).to.equal('two `a`');
  });
});

const question: Message = { id: 'q', role: 'user', content: 'Why?\nHow?' };

function answer(id: string, content: string, parts: Partial<AssistantMessage> = {}): AssistantMessage {
  return { id, role: 'assistant', content, reasoning: '', status: 'complete', ...parts };
}

async function transcriptOf(...messages: Message[]): Promise<RivuletTranscript> {
  const panel = await fixture<RivuletPanel>(
    html`<rivulet-panel style="block-size: 500px"
      ><rivulet-transcript .messages=${messages}></rivulet-transcript
    ></rivulet-panel>`,
  );
  const transcript = panel.querySelector('rivulet-transcript')!;
  await waitUntil(() => buttons(transcript).length > 0 || isLive(messages), 'the buttons', {
    timeout: 10_000,
  });
  return transcript;
}

const isLive = (messages: Message[]) =>
  messages.some(message => message.role === 'assistant' && message.status === 'streaming');

const buttons = (transcript: RivuletTranscript) =>
  [...transcript.renderRoot.querySelectorAll('rivulet-answer-actions .copy')] as [
    HTMLButtonElement,
    HTMLButtonElement,
    ...HTMLButtonElement[],
  ];

function select(transcript: RivuletTranscript, from: string, to: string): void {
  const { startContainer, startOffset, endContainer, endOffset } = between(transcript.renderRoot, from, to);
  getSelection()?.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
}

/** Presses a button that copies, with the mouse, until it has. */
async function press(button: HTMLElement): Promise<void> {
  let position: [number, number];
  do {
    button.scrollIntoView({ block: 'center' });
    // What comes into sight gets its real height then, which may move the button out of it.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const { x, y, width, height } = button.getBoundingClientRect();
    position = [Math.round(x + width / 2), Math.round(y + height / 2)];
  } while (position[1] < 0 || position[1] > innerHeight);
  await sendMouse({ type: 'click', position });
  await waitUntil(() => button.textContent === 'Copied');
}

/** What a paste elsewhere gives. */
async function pasted(): Promise<string> {
  const field = document.body.appendChild(document.createElement('textarea'));
  field.focus();
  await shortcut('v');
  await waitUntil(() => field.value !== '', 'something is pasted');
  const { value } = field;
  field.remove();
  return value;
}

async function shortcut(key: string): Promise<void> {
  await sendKeys({ down: 'Control' });
  await sendKeys({ press: key });
  await sendKeys({ up: 'Control' });
}

const text =
  '# Title\n\n- **one** [two](https://example.org/)\n- three\n\n```js\nlet a;\n```\n\n| b |\n|---|\n| c |';

describe('the buttons under an answer', () => {
  it('come when it has ended, not while it streams', async () => {
    const transcript = await transcriptOf(question, answer('a', 'One', { status: 'streaming' }));
    expect(buttons(transcript)).to.deep.equal([]);
    const place = transcript.renderRoot.querySelector('rivulet-answer')!.getBoundingClientRect().height;
    transcript.messages = [question, answer('a', 'One')];
    await waitUntil(() => buttons(transcript).length === 2, 'the buttons', { timeout: 10_000 });
    expect(buttons(transcript).map(({ textContent }) => textContent)).to.deep.equal([
      'Copy',
      'Copy Markdown',
    ]);
    expect(transcript.renderRoot.querySelector('rivulet-answer')!.getBoundingClientRect().height).to.equal(
      place,
    );
  });

  it('come when it was stopped or failed with some text, and not without any', async () => {
    const failure = { code: 'interrupted' } as const;
    const transcript = await transcriptOf(
      question,
      answer('a', 'One', { status: 'stopped' }),
      question,
      answer('b', 'Two', { status: 'failed', failure }),
      question,
      answer('c', '', { status: 'failed', failure }),
    );
    expect(buttons(transcript).length).to.equal(4);
  });

  it('copy the whole answer, as text or as the Markdown that it came as', async () => {
    const transcript = await transcriptOf(question, answer('a', text));
    const [copy, copyMarkdown] = buttons(transcript);
    await press(copy);
    expect(await pasted()).to.equal('Title\n\n• one two (https://example.org/)\n• three\n\nlet a;\n\nb\nc');
    await press(copyMarkdown);
    expect(await pasted()).to.equal(text);
    await waitUntil(() => copy.textContent === 'Copy', 'it says its name again', { timeout: 5000 });
  });

  it('copy what is selected in the answer, which stays selected', async () => {
    const transcript = await transcriptOf(question, answer('a', text));
    const [copy, copyMarkdown] = buttons(transcript);
    select(transcript, 'o|ne', 'thr|ee');
    await press(copyMarkdown);
    expect(selectedRange(transcript.renderRoot)?.collapsed).to.equal(false);
    await press(copy);
    expect(await pasted()).to.equal('• ne two (https://example.org/)\n• thr');
    select(transcript, 'o|ne', 'thr|ee');
    await press(copyMarkdown);
    expect(await pasted()).to.equal('- **ne** [two](https://example.org/)\n- thr');
    // Words of one item are words.
    select(transcript, 'th|ree', 'thre|e');
    await press(copyMarkdown);
    expect(await pasted()).to.equal('re');
  });

  it('copy the whole answer when the selection is elsewhere', async () => {
    const transcript = await transcriptOf(
      question,
      answer('a', 'First answer'),
      question,
      answer('b', 'Second one'),
    );
    await waitUntil(
      () => buttons(transcript).length === 4 && transcript.renderRoot.textContent?.includes('First'),
    );
    select(transcript, '|First', 'Fir|st');
    await press(buttons(transcript)[3]!);
    expect(await pasted()).to.equal('Second one');
  });

  it('copy where a page has no clipboard, or is not let to it', async () => {
    const refuses = { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) };
    for (const clipboard of [undefined, refuses]) {
      Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true });
      const transcript = await transcriptOf(question, answer('a', `**${clipboard ? 'b' : 'a'}**`));
      const [, copyMarkdown] = buttons(transcript);
      await press(copyMarkdown);
      expect(transcript.shadowRoot!.activeElement).to.equal(copyMarkdown);
      expect(await pasted()).to.equal(`**${clipboard ? 'b' : 'a'}**`);
    }
    Reflect.deleteProperty(navigator, 'clipboard');
  });

  it('stay where they are when one says that it has copied', async () => {
    const transcript = await transcriptOf(question, answer('a', 'One'));
    const [copy, copyMarkdown] = buttons(transcript);
    const { x } = copyMarkdown.getBoundingClientRect();
    await press(copy);
    expect(copyMarkdown.getBoundingClientRect().x).to.equal(x);
  });

  it('are reached and pressed by the keyboard, and keep the focus', async () => {
    const transcript = await transcriptOf(question, answer('a', 'One'));
    const root = transcript.shadowRoot!;
    await waitUntil(() => root.querySelectorAll('.question button').length === 2);
    root.querySelector<HTMLElement>('.scroller')!.focus();
    // Past what one can do with the question.
    for (let tabs = 0; tabs < 3; tabs += 1) await sendKeys({ press: 'Tab' });
    expect(root.activeElement).to.equal(buttons(transcript)[0]);
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => buttons(transcript)[1]!.textContent === 'Copied');
    expect(root.activeElement).to.equal(buttons(transcript)[1]);
  });

  it('are large enough', async () => {
    const transcript = await transcriptOf(question, answer('a', 'First'), question, answer('b', 'Second'));
    for (const button of transcript.renderRoot.querySelectorAll('.actions button')) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    }
  });

  it('are accessible', async () => {
    const transcript = await transcriptOf(question, answer('a', text));
    await expect(transcript).to.be.accessible();
  });
});

describe('what is copied of a selection', () => {
  /** What the clipboard is given by the visitor's own copying. */
  async function copied(): Promise<{ plain: string; markup: string }> {
    const given = new Promise<{ plain: string; markup: string }>(resolve =>
      document.addEventListener(
        'copy',
        ({ clipboardData }) =>
          resolve({
            plain: clipboardData!.getData('text/plain'),
            markup: clipboardData!.getData('text/html'),
          }),
        { once: true },
      ),
    );
    await shortcut('c');
    return given;
  }

  it('is the text of messages, a blank line between, and no word of a button', async () => {
    const transcript = await transcriptOf(question, answer('a', text), question, answer('b', 'Second one'));
    select(transcript, 'Wh|y', 'Sec|ond');
    const { plain, markup } = await copied();
    expect(plain).to.equal(
      'y?\nHow?\n\nTitle\n\n• one two (https://example.org/)\n• three\n\nlet a;\n\nb\nc\n\nWhy?\nHow?\n\nSec',
    );
    expect(await pasted()).to.equal(plain);
    for (const word of ['Copy', 'class', 'button', 'rivulet', '>js<']) expect(markup).not.to.contain(word);
    const pastedMarkup = new DOMParser().parseFromString(markup, 'text/html').body;
    expect(pastedMarkup.querySelector('ul > li > strong')?.textContent).to.equal('one');
    expect(pastedMarkup.querySelector('pre > code')?.textContent).to.equal('let a;\n');
    expect(pastedMarkup.querySelector('tr > th')?.textContent).to.equal('b');
    expect(pastedMarkup.querySelector('a')?.getAttribute('href')).to.equal('https://example.org/');
  });

  it('goes from the midst of one answer to the midst of another', async () => {
    const transcript = await transcriptOf(
      question,
      answer('a', '- **one** two\n  - اثنان\n\n| b |\n|---|\n| c |'),
      answer('b', '1. Second\n\n   ```js\n   let d = 1;\n   ```\n2. third'),
    );
    await waitUntil(() => buttons(transcript).length === 4, 'the buttons', { timeout: 10_000 });
    select(transcript, 'o|ne', 'let d| = 1');
    const { plain, markup } = await copied();
    expect(plain).to.equal('• ne two\n  • اثنان\n\nb\nc\n\n1. Second\n\nlet d');
    const pastedMarkup = new DOMParser().parseFromString(markup, 'text/html').body;
    expect(pastedMarkup.querySelector('ul > li > ul > li')?.textContent).to.equal('اثنان');
    expect(pastedMarkup.querySelector('ul strong')?.textContent).to.equal('ne');
    expect(pastedMarkup.querySelector('ol > li > pre > code')?.textContent?.trim()).to.equal('let d');
    // Either answer's own buttons copy it whole: the selection is of both.
    await press(buttons(transcript)[1]);
    expect(await pasted()).to.equal('- **one** two\n  - اثنان\n\n| b |\n|---|\n| c |');
  });

  it('is words where it is a part of one paragraph', async () => {
    const transcript = await transcriptOf(question, answer('a', text));
    select(transcript, 'th|ree', 'thre|e');
    expect(await copied()).to.deep.include({ plain: 're' });
  });

  it('is code where it is code', async () => {
    const transcript = await transcriptOf(question, answer('a', '- a\n\n  ```js\n  if (b)\n    c();\n  ```'));
    select(transcript, '|if (b)', 'c();|');
    expect(await copied()).to.deep.include({ plain: 'if (b)\n  c();' });
  });

  it('is a question as it was typed', async () => {
    const transcript = await transcriptOf({ ...question, content: '  a *b*\n\tc' }, answer('a', 'One'));
    select(transcript, '| a', '\tc|');
    expect((await copied()).plain).to.equal(' a *b*\n\tc');
  });

  it('is left to the browser where there is no text of a message', async () => {
    const transcript = await transcriptOf(question, answer('a', 'One', { status: 'stopped' }));
    select(transcript, '|Stopped', 'Stopped|');
    expect((await copied()).plain).to.equal('');
    expect(await pasted()).to.equal('Stopped');
  });

  it('is a page’s own where it says so first', async () => {
    const transcript = await transcriptOf(question, answer('a', 'One'));
    select(transcript, '|One', 'One|');
    const own = (event: ClipboardEvent) => {
      event.clipboardData!.setData('text/plain', 'mine');
      event.preventDefault();
    };
    document.addEventListener('copy', own, { once: true, capture: true });
    expect((await copied()).plain).to.equal('mine');
  });
});

describe('a table', () => {
  const markdown = (rows: number) =>
    `| x | y |\n|---|---|\n${Array.from({ length: rows }, (_, row) => `| a${row} | **b${row}** |\n`).join('')}`;

  it('is copied with tabs, short or long', async () => {
    for (const rows of [3, 150]) {
      const transcript = await transcriptOf(question, answer('a', markdown(rows)));
      await press(transcript.renderRoot.querySelector<HTMLElement>('.table .copy')!);
      const lines = Array.from({ length: rows }, (_, row) => `a${row}\tb${row}`);
      expect(await pasted()).to.equal(['x\ty', ...lines].join('\n'));
    }
  });

  it('that is laid out by rows is still read as a table, however it arrived', () => {
    const container = document.createElement('div');
    const renderer = fullRenderer(container);
    for (const char of markdown(120)) renderer.feed(char);
    renderer.end();
    const roles = (selector: string) =>
      new Set([...container.querySelectorAll(selector)].map(element => element.role));
    expect([...roles('.long table')]).to.deep.equal(['table']);
    expect([...roles('.long :is(thead, tbody)')]).to.deep.equal(['rowgroup']);
    expect([...roles('.long tr')]).to.deep.equal(['row']);
    expect([...roles('.long th')]).to.deep.equal(['columnheader']);
    expect([...roles('.long td')]).to.deep.equal(['cell']);
  });
});

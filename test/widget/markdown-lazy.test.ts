/** An answer that begins before all of the syntax is loaded ends as if it had been there from the start. */

import { expect, waitUntil } from '@open-wc/testing';
import { enAnswer } from '../../widget/locales/en-answer.ts';
import type { AnswerRenderer } from '../../widget/markdown/renderer.ts';
import { itNeeds } from '../support/needs.ts';
import { breakFile, freshFolder, mendFiles } from '../support/play.ts';

const itAskingAgain = await itNeeds('second imports');

type Answers = typeof import('../../widget/markdown/patcher-answer.ts');

const text = `# A title

Some **bold** text, \`code\` and a note[^1]. It costs $5.

- one
- two | three

\`\`\`js
const a = 1;
\`\`\`

| a | b |
|---|---|
| 1 | https://example.org |

Underlined
==========

    indented [code]

[^1]: The note.
`;

/** As a page has it that has not yet loaded anything. */
async function freshAnswers(): Promise<Answers & { folder: string }> {
  const folder = freshFolder();
  const answers = (await import(`${folder}/widget/markdown/patcher-answer.ts`)) as Answers;
  return { ...answers, folder };
}

function begin({ MarkdownAnswer }: Answers): { container: HTMLElement; answer: AnswerRenderer } {
  const container = document.createElement('div');
  const answer = new MarkdownAnswer(container, { imageOrigins: [], words: enAnswer.content });
  return { container, answer };
}

async function whole(answers: Answers, told: string): Promise<string> {
  await answers.loadExtras();
  const { container, answer } = begin(answers);
  answer.feed(told);
  answer.end();
  return container.innerHTML;
}

describe('an answer before all of the syntax is loaded', () => {
  afterEach(mendFiles);

  it('is read again when it has come, and what says the same stays', async () => {
    const answers = await freshAnswers();
    const { container, answer } = begin(answers);
    answer.feed(text.slice(0, text.indexOf('note')));
    const heading = container.querySelector('h1');
    const bold = container.querySelector('strong');
    expect(heading).not.to.equal(null);
    expect(bold).not.to.equal(null);
    for (const char of text.slice(text.indexOf('note'))) answer.feed(char);
    await waitUntil(() => container.querySelector('table'));
    expect(container.querySelector('h1')).to.equal(heading);
    expect(container.querySelector('strong')).to.equal(bold);
    answer.end();
    expect(container.innerHTML).to.equal(await whole(answers, text));
  });

  it('waits for it rather than show raw marks', async () => {
    const answers = await freshAnswers();
    const { container, answer } = begin(answers);
    answer.feed('See ');
    for (const char of '[the page](https://example.org/a) and more.') {
      answer.feed(char);
      expect(container.textContent).to.equal('See');
    }
    await waitUntil(() => container.textContent !== 'See');
    expect(container.textContent).to.equal('See the page and more.');
    expect(container.querySelector('a')?.href).to.equal('https://example.org/a');
  });

  it('may end before it has come', async () => {
    for (const told of ['a | b\n-|-\n1 | 2', 'One\n---', 'a\n\n    b', '&copy; &', '``` a&amp;b\n```']) {
      const answers = await freshAnswers();
      const { container, answer } = begin(answers);
      for (const char of told) answer.feed(char);
      answer.end();
      const wanted = await whole(answers, told);
      await waitUntil(() => container.innerHTML === wanted, told);
    }
  });

  itAskingAgain(
    'shows its marks when it cannot be loaded, and the next answer asks for it again',
    async () => {
      const answers = await freshAnswers();
      await breakFile(`${answers.folder}/widget/markdown/extras/index.ts`);
      const { container, answer } = begin(answers);
      answer.feed('[a](https://example.org)');
      await waitUntil(() => container.textContent === '[a](https://example.org)');
      answer.feed(', *still* read');
      expect(container.querySelector('em')).not.to.equal(null);
      await mendFiles();
      const next = begin(answers);
      next.answer.feed('[a](https://example.org)');
      await waitUntil(() => next.container.querySelector('a'));
    },
  );

  it('is not fetched for an answer of words, lists, headings, quotes and code', async () => {
    const answers = await freshAnswers();
    const { answer } = begin(answers);
    for (const char of '# A\n\n- **b**\n  - c\n\n> d\n\n```js\nconst e = f[0];\n```\n\n***\n\n1. `g`\n')
      answer.feed(char);
    answer.end();
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(fetched.filter(name => name.includes(`${answers.folder}/widget/markdown/extras`))).to.deep.equal(
      [],
    );
  });
});

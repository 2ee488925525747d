/** An answer that begins before all of the syntax is loaded ends as if it had been there from the start. */

import { expect } from '@open-wc/testing';
import { enAnswer } from '../../widget/locales/en-answer.ts';
import { LazyAnswer, loadExtras } from '../../widget/markdown/patcher-lazy.ts';
import { createMarkdownRenderer } from '../../widget/markdown/markdown-renderer.ts';

const setting = { imageOrigins: [], words: enAnswer.content };

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

[^1]: The note.
`;

function whole(answer: string): string {
  const container = document.createElement('div');
  const renderer = createMarkdownRenderer(container);
  renderer.feed(answer);
  renderer.end();
  return container.innerHTML;
}

describe('an answer before all of the syntax is loaded', () => {
  // The first of these is the one that loads it: what is loaded stays.
  it('is read again when it has come, and what says the same stays', async () => {
    const container = document.createElement('div');
    const answer = new LazyAnswer(container, setting);
    for (const char of text) answer.feed(char);
    expect(container.querySelector('table')).to.equal(null);
    const heading = container.querySelector('h1');
    const bold = container.querySelector('strong');
    const item = container.querySelector('li');
    await loadExtras();
    await Promise.resolve();
    expect(container.querySelectorAll('table')).to.have.length(1);
    expect(container.querySelector('h1')).to.equal(heading);
    expect(container.querySelector('strong')).to.equal(bold);
    expect(container.querySelector('li')).to.equal(item);
    answer.end();
    expect(container.innerHTML).to.equal(whole(text));
  });

  it('is read with all of it from the start once it is loaded', () => {
    const container = document.createElement('div');
    const answer = new LazyAnswer(container, setting);
    answer.feed('| a |');
    expect(container.querySelectorAll('th')).to.have.length(1);
  });
});

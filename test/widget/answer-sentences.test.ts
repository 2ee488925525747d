/** What there is to hear of an answer: the same in whatever pieces it comes, and what was heard is not read again. */

import { expect } from '@open-wc/testing';
import { AnswerSentences } from '../../widget/controllers/answer-sentences.ts';
import type { AssistantMessage } from '../../widget/conversation/message.ts';
import { AnswerText } from '../../widget/elements/answer-text.ts';
import { enAnswer } from '../../widget/locales/en-answer.ts';
import { enSpoken } from '../../widget/locales/en-spoken.ts';
import { loadExtras, MarkdownAnswer } from '../../widget/markdown/patcher-answer.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

const content = `# The title

The **first** one. The [second](https://e.example) one. Und der dritte!

- An item. With two sentences.
- Another one
  1. with more below. It goes on.

---

> Said by others. 第三句。第四句。

An end with \`code\` and no full stop`;

const sentences = [
  'The title The first one. The second one. Und der dritte! An item. With two sentences. Another one',
  'with more below. It goes on. Said by others. 第三句。 第四句。 An end with code and no full stop',
].join(' ');

/** An answer on screen, and what there is to hear of it since the last time. */
function shown() {
  const element = document.createElement('div');
  const container = element.appendChild(document.createElement('div'));
  container.className = 'text';
  const text = new AnswerText(
    container,
    container => new MarkdownAnswer(container, { words: enAnswer.content, imageOrigins: '' }),
  );
  const heard = new AnswerSentences('1', false);
  return {
    container,
    hear(content: string, isWhole: boolean): string {
      text.show('1', content, isWhole, enAnswer);
      const status = isWhole ? 'complete' : 'streaming';
      const answer: AssistantMessage = { id: '1', role: 'assistant', content, reasoning: '', status };
      return heard.next(element, answer, enSpoken, 'en');
    },
  };
}

describe('the sentences of an answer', () => {
  before(loadExtras);

  it('are each heard once, in whatever pieces it comes', () => {
    expect(shown().hear(content, true)).to.equal(sentences);
    for (let seed = 1; seed <= 20; seed += 1) {
      const { hear } = shown();
      let text = '';
      const heard = randomCuts(content, seededRandom(seed)).map(piece => hear((text += piece), false));
      heard.push(hear(content, true));
      expect(heard.filter(Boolean).join(' ')).to.equal(sentences, `with seed ${seed}`);
    }
  });

  it('are read on from the block that was not whole: what stands before is not looked at', () => {
    const { container, hear } = shown();
    expect(hear('One.\n\nTwo.\n\nThree. Fo', false)).to.equal('One. Two. Three.');
    container.firstElementChild!.textContent = 'Something that is much longer than it was. And again.';
    expect(hear('One.\n\nTwo.\n\nThree. Four. Fi', false)).to.equal('Four.');
    expect(hear('One.\n\nTwo.\n\nThree. Four. Five', true)).to.equal('Five');
  });

  it('are heard from the beginning where the answer is asked for again', () => {
    const { hear } = shown();
    hear('One.\n\nTwo.\n\nThree.\n\nFo', false);
    expect(hear('Other. An', false)).to.equal('Other.');
  });
});

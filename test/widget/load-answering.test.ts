/** The chunk that only an answer needs, on a network that fails. */

import { aTimeout, expect, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { itNeeds } from '../support/needs.ts';
import { answer, breakFile, freshFolder, mendFiles, play } from '../support/play.ts';

const itAskingAgain = await itNeeds('second imports');

describe('what an answer needs', () => {
  afterEach(mendFiles);

  // An element is defined once: all of them are of this folder.
  const folder = freshFolder();

  itAskingAgain('says of a failure what it could not load at first', async () => {
    await import(`${folder}/widget/elements/transcript.ts`);
    await breakFile(`${folder}/widget/elements/below-answer.ts`);
    const transcript = document.createElement('rivulet-transcript');
    transcript.messages = [
      { id: 'q', role: 'user', content: 'Why?' },
      {
        id: 'a',
        role: 'assistant',
        content: '',
        reasoning: '',
        status: 'failed',
        failure: { code: 'overloaded' },
      },
    ];
    document.body.append(transcript);
    const remedy = () => transcript.renderRoot.querySelector<HTMLElement>('.remedy');
    await aTimeout(200);
    expect(!!remedy()).to.equal(false);
    await mendFiles();
    await waitUntil(() => remedy()?.textContent?.trim() === 'Retry', 'it is there', { timeout: 10_000 });
    transcript.remove();
  });

  itAskingAgain(
    'is loaded by a retry when it could not be loaded before, and the question is kept',
    async () => {
      const { Turn } = await (import(`${folder}/widget/controllers/turn.ts`) as Promise<
        typeof import('../../widget/controllers/turn.ts')
      >);
      const { endpoint } = await play(answer('Because.'));
      customElements.define('load-host', class extends LitElement {});
      const settings = { endpoint, limits: { messages: 10, bodyBytes: 10_000 }, resumes: false };
      const turn = new Turn(document.createElement('load-host') as LitElement, () => settings);

      await breakFile(`${folder}/widget/answering.ts`);
      turn.prepare();
      turn.send('Why?');
      await waitUntil(() => !turn.busy, 'it is given up', { timeout: 10_000 });
      const [question, failed] = turn.conversation.messages;
      expect(question?.content).to.equal('Why?');
      expect(failed).to.deep.include({ status: 'failed', failure: { code: 'disconnected' } });

      await mendFiles();
      turn.retry();
      const isComplete = () => JSON.stringify(turn.conversation.messages[1]).includes('"complete"');
      await waitUntil(isComplete, 'it is answered', { timeout: 10_000 });
      expect(turn.conversation.messages[1]).to.include({ content: 'Because.' });
    },
  );
});

/** The chunk that only an answer needs, on a network that fails. */

import { expect, waitUntil } from '@open-wc/testing';
import { LitElement } from 'lit';
import { answer, breakFile, freshFolder, mendFiles, play } from '../support/play.ts';

describe('what an answer needs', () => {
  afterEach(mendFiles);

  it('is loaded by a retry when it could not be loaded before, and the question is kept', async () => {
    const folder = freshFolder();
    const { Turn } = await (import(`${folder}/widget/controllers/turn.ts`) as Promise<
      typeof import('../../widget/controllers/turn.ts')
    >);
    const { endpoint } = await play(answer('Because.'));
    customElements.define('load-host', class extends LitElement {});
    const settings = { endpoint, limits: { messages: 10, bodyBytes: 10_000 } };
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
    await waitUntil(() => !turn.busy, 'it is answered', { timeout: 10_000 });
    expect(turn.conversation.messages[1]).to.include({ status: 'complete', content: 'Because.' });
  });
});

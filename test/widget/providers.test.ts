/** The recorded stream of every provider, from an upstream through the proxy to what the widget makes of it in a browser. */

import { expect } from '@open-wc/testing';
import { answerEvents } from '../../widget/client/answer-events.ts';
import type { Usage } from '../../server/protocol.ts';
import { realServers } from '../support/endpoints.ts';

interface Recorded {
  content: string;
  reasoning: string;
  finishReason: string | null;
  usage: Usage | null;
  /** The stream ends in an error. */
  error?: unknown;
}

const { proxy, recordings } = await realServers();

for (const name of recordings) {
  for (const way of ['replay', 'replay-bytes']) {
    it(`the answer of ${name} arrives whole (${way})`, async () => {
      const response = await fetch(`/test/fixtures/streams/${name}.json`);
      const recorded = (await response.json()) as Recorded;
      const got = await answer(`${way}:${name}`);
      expect(got.model, 'the one asked for, whatever the upstream calls it').to.equal(`${way}:${name}`);
      expect(got.content).to.equal(recorded.content);
      expect(got.reasoning).to.equal(recorded.reasoning);
      // After an error it is the proxy's word that ends the answer, and no reason of the model's.
      expect(got.finishReason).to.equal(recorded.error ? null : recorded.finishReason);
      expect(got.usage?.total_tokens).to.equal(recorded.usage?.total_tokens);
      expect(got.end).to.equal(recorded.error ? 'failed' : 'done');
    });
  }
}

async function answer(model: string) {
  const got = {
    model: '',
    content: '',
    reasoning: '',
    finishReason: null as string | null,
    usage: null as Usage | null,
    end: '',
  };
  const request = {
    endpoint: proxy,
    model,
    messages: [{ role: 'user' as const, content: 'Hello' }],
    signal: new AbortController().signal,
    loadResuming: () => Promise.reject(new Error('There is nothing to resume.')),
  };
  for await (const event of answerEvents(request)) {
    if (event.type === 'delta') {
      got.model = event.model ?? got.model;
      got.content += event.content ?? '';
      got.reasoning += event.reasoning ?? '';
    } else if (event.type === 'finish') got.finishReason = event.reason;
    else if (event.type === 'usage') got.usage = event.usage;
    else if (event.type !== 'opened') got.end = event.type;
  }
  return got;
}

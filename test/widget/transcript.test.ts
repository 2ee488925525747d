/** The transcript: what a visitor is shown of each state of an answer. */

import { aTimeout, expect, fixture, oneEvent, waitUntil } from '@open-wc/testing';
import { html } from 'lit';
import { errorStatus } from '../../server/protocol.ts';
import type { Wish } from '../../widget/conversation/command.ts';
import type { AssistantMessage, Failure, Message } from '../../widget/conversation/message.ts';
import '../../widget/elements/note.ts';
import '../../widget/elements/omitted.ts';
import '../../widget/elements/thinking.ts';
import '../../widget/elements/transcript.ts';
import type { RivuletTranscript } from '../../widget/elements/transcript.ts';

const question: Message = { id: 'q', role: 'user', content: 'Why?' };

function answer(parts: Partial<AssistantMessage>): AssistantMessage {
  return { id: 'a', role: 'assistant', content: '', reasoning: '', status: 'complete', ...parts };
}

async function show(...messages: Message[]): Promise<RivuletTranscript> {
  const transcript = await fixture<RivuletTranscript>(
    html`<rivulet-transcript .messages=${messages}></rivulet-transcript>`,
  );
  await settled(transcript);
  return transcript;
}

async function update(transcript: RivuletTranscript, ...messages: Message[]): Promise<void> {
  transcript.messages = messages;
  await settled(transcript);
}

async function settled(transcript: RivuletTranscript): Promise<void> {
  await transcript.updateComplete;
  for (const name of ['rivulet-answer', 'rivulet-note', 'rivulet-thinking'] as const)
    for (const element of transcript.renderRoot.querySelectorAll(name)) await element.updateComplete;
}

const textOf = (transcript: RivuletTranscript) =>
  transcript.renderRoot
    .querySelector('rivulet-answer:last-of-type article')!
    .textContent!.replace(/\s+/g, ' ')
    .trim();
const remedy = (transcript: RivuletTranscript) =>
  transcript.renderRoot.querySelector<HTMLButtonElement>('.remedy');
const wish = async (transcript: RivuletTranscript) =>
  ((await oneEvent(transcript, 'act')) as CustomEvent<Wish>).detail.type;
const failed = (failure: Failure, content = '') => answer({ status: 'failed', failure, content });

describe('a conversation that opens again', () => {
  const messages = Array.from({ length: 30 }, (_, turn): Message[] => [
    { ...question, id: `q${turn}`, content: `Why ${turn}?` },
    answer({ id: `a${turn}`, content: `Because **${turn}**.` }),
  ]).flat();

  it('shows its end at once, and the rest before it, soon', async () => {
    const transcript = await show(...messages);
    const shown = () => [...transcript.renderRoot.querySelectorAll('.question p, .text')];
    const wanted = messages.map(({ content }) => content.replaceAll('*', ''));
    const atOnce = shown();
    expect(atOnce.length).to.be.lessThan(messages.length);
    expect(atOnce.map(one => one.textContent)).to.deep.equal(wanted.slice(-atOnce.length));
    await waitUntil(() => shown().length === messages.length, 'all of it', { timeout: 10_000 });
    await settled(transcript);
    expect(shown().map(one => one.textContent)).to.deep.equal(wanted);
    expect(shown().slice(-atOnce.length)).to.deep.equal(atOnce);
  });

  it('lets who types go first', async () => {
    const transcript = await show(...messages);
    const shown = () => transcript.renderRoot.querySelectorAll('article').length;
    const press = () =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
    press();
    const before = shown();
    for (let keys = 0; keys < 20; keys += 1) {
      await aTimeout(20);
      press();
    }
    expect(shown()).to.equal(before);
    await waitUntil(() => shown() === messages.length, 'all of it', { timeout: 10_000 });
  });

  it('goes on when it was taken out of the page and is back', async () => {
    const transcript = await show(...messages);
    const shown = () => transcript.renderRoot.querySelectorAll('article').length;
    const place = transcript.parentElement!;
    transcript.remove();
    await aTimeout(100);
    expect(shown()).to.be.lessThan(messages.length);
    place.append(transcript);
    await waitUntil(() => shown() === messages.length, 'all of it', { timeout: 10_000 });
  });

  it('gives way at once to a shorter one', async () => {
    const transcript = await show(...messages);
    await update(transcript, { ...question, content: 'Other?' }, answer({ content: 'Yes.' }));
    const shown = [...transcript.renderRoot.querySelectorAll('.question p, .text')];
    expect(shown.map(one => one.textContent)).to.deep.equal(['Other?', 'Yes.']);
  });

  it('goes on meanwhile', async () => {
    const transcript = await show(...messages);
    const next = { ...question, id: 'q', content: 'And now?' };
    transcript.messages = [...messages, next, answer({ status: 'streaming', content: 'Now' })];
    await waitUntil(() => transcript.renderRoot.querySelectorAll('article').length === 62, 'all of it', {
      timeout: 10_000,
    });
    expect(textOf(transcript)).to.equal('Now');
  });
});

describe('an answer in the transcript', () => {
  it('grows by new nodes only: what is shown stays', async () => {
    const transcript = await show(question, answer({ status: 'streaming', content: 'One.\n\nTw' }));
    const [first, second] = transcript.renderRoot.querySelectorAll('.text p');
    await update(transcript, question, answer({ status: 'streaming', content: 'One.\n\nTwo.\n\nThree' }));
    const after = [...transcript.renderRoot.querySelectorAll('.text p')];
    expect(after.map(p => p.textContent)).to.deep.equal(['One.', 'Two.', 'Three']);
    expect(after[0]).to.equal(first);
    expect(after[1]).to.equal(second);
  });

  it('shows a wave until its first word, also while the model thinks', async () => {
    const transcript = await show(question, answer({ status: 'pending' }));
    expect(transcript.renderRoot.querySelector('.wave')).to.exist;
    expect(textOf(transcript)).to.equal('');
    await update(transcript, question, answer({ status: 'streaming', reasoning: 'Let me see' }));
    expect(transcript.renderRoot.querySelector('.wave')).to.exist;
    expect(textOf(transcript)).to.match(/^Thinking… \d+ s\s+Let me see$/);
    await update(
      transcript,
      question,
      answer({ status: 'streaming', reasoning: 'Let me see', content: 'So' }),
    );
    expect(transcript.renderRoot.querySelector('.wave')).to.equal(null);
    expect(textOf(transcript)).to.equal('Thought So');
  });

  it('begins anew when it is asked for again', async () => {
    const transcript = await show(question, failed({ code: 'disconnected' }, 'Half an'));
    await update(transcript, question, answer({ status: 'pending' }));
    expect(textOf(transcript)).to.equal('');
    await update(transcript, question, answer({ content: 'Half an hour.' }));
    expect(textOf(transcript)).to.equal('Half an hour.');
  });

  it('goes on after its end where it was cut', async () => {
    const transcript = await show(question, answer({ content: 'One, two\r', finishReason: 'length' }));
    await update(transcript, question, answer({ status: 'pending', content: 'One, two\r' }));
    await update(transcript, question, answer({ status: 'streaming', content: 'One, two\r\nthree' }));
    await update(transcript, question, answer({ content: 'One, two\r\nthree' }));
    expect(transcript.renderRoot.querySelectorAll('.text p').length).to.equal(1);
    expect(transcript.renderRoot.querySelector('.text')?.textContent).to.equal('One, two\nthree');
  });

  it('that was stopped says so and keeps its text', async () => {
    const transcript = await show(question, answer({ status: 'stopped', content: 'So far' }));
    expect(textOf(transcript)).to.equal('So far Stopped. Continue');
  });

  it('that was cut at its length limit can be continued', async () => {
    const transcript = await show(question, answer({ content: 'So', finishReason: 'length' }));
    expect(textOf(transcript)).to.equal('So The answer was cut at its length limit. Continue');
    setTimeout(() => remedy(transcript)?.click());
    expect(await wish(transcript)).to.equal('continue');
  });

  it('tells when older messages were left out', async () => {
    const transcript = await show(question, answer({ content: 'So', omitted: 4 }));
    expect(textOf(transcript)).to.contain('Older messages or images were left out to fit.');
  });

  it('that failed keeps what has arrived', async () => {
    const transcript = await show(question, failed({ code: 'interrupted' }, 'So far'));
    expect(textOf(transcript)).to.equal('So far The answer was interrupted. What arrived is kept. Continue');
  });

  it('whose rest the server has forgotten can be continued or asked for again', async () => {
    const transcript = await show(question, failed({ code: 'forgotten' }, 'So far'));
    expect(textOf(transcript)).to.equal(
      'So far The rest of this answer is no longer there. What arrived is kept. Retry Continue',
    );
    for (const [index, event] of ['retry', 'continue'].entries()) {
      setTimeout(() => transcript.renderRoot.querySelectorAll<HTMLElement>('.remedy')[index]?.click());
      expect(await wish(transcript)).to.equal(event);
    }
    const empty = await show(question, failed({ code: 'forgotten' }));
    expect(textOf(empty)).to.equal('The rest of this answer is no longer there. Retry');
  });

  it('that failed before its first word can be asked for again', async () => {
    const transcript = await show(question, failed({ code: 'upstream_error' }));
    setTimeout(() => remedy(transcript)?.click());
    expect(await wish(transcript)).to.equal('retry');
  });

  it('in a conversation that has become too long leads to a new chat', async () => {
    const transcript = await show(question, failed({ code: 'payload_too_large' }));
    setTimeout(() => remedy(transcript)?.click());
    expect(await wish(transcript)).to.equal('new_chat');
  });

  it('offers its remedy only while it is the last one', async () => {
    const transcript = await show(question, failed({ code: 'upstream_error' }));
    expect(remedy(transcript)).to.exist;
    await update(
      transcript,
      question,
      failed({ code: 'upstream_error' }),
      { ...question, id: 'q2' },
      answer({ id: 'a2', content: 'So' }),
    );
    expect(remedy(transcript)).to.equal(null);
    expect(transcript.renderRoot.textContent).to.contain('The model had a problem.');
  });

  it('has plain words for every failure there is', async () => {
    const seen = [
      'interrupted',
      'stopped',
      'abandoned',
      'offline',
      'disconnected',
      'bad_answer',
      'empty_answer',
    ];
    for (const code of [...Object.keys(errorStatus), ...seen] as Failure['code'][]) {
      const transcript = await show(question, failed({ code }, 'So'));
      const words = textOf(transcript);
      expect(words, code).to.match(/^So [A-Z][^_]+\. /);
      expect(words, code).not.to.contain('undefined');
    }
  });

  it('counts the seconds down to the moment a retry makes sense, and opens the button then', async () => {
    const transcript = await show(question, failed({ code: 'rate_limited', retryAt: Date.now() + 1900 }));
    let retries = 0;
    transcript.addEventListener('act', () => (retries += 1));
    expect(remedy(transcript)?.textContent?.trim()).to.equal('Try again in 2 s');
    expect(remedy(transcript)?.getAttribute('aria-disabled')).to.equal('true');
    expect(remedy(transcript)?.disabled).to.equal(false);
    remedy(transcript)?.click();
    expect(retries).to.equal(0);
    await waitUntil(() => remedy(transcript)?.textContent?.trim() === 'Try again in 1 s', 'it counts');
    await waitUntil(() => remedy(transcript)?.getAttribute('aria-disabled') === 'false', 'it opens', {
      timeout: 5000,
    });
    expect(remedy(transcript)?.textContent?.trim()).to.equal('Retry');
    remedy(transcript)?.click();
    expect(retries).to.equal(1);
  });

  it('keeps line breaks and markup of a question as they were typed', async () => {
    const transcript = await show({ ...question, content: '<b>one</b>\n  two' });
    const bubble = transcript.renderRoot.querySelector<HTMLElement>('.question')!;
    expect(bubble.textContent).to.equal('<b>one</b>\n  two');
    expect(bubble.innerText).to.contain('one</b>\n  two');
  });

  it('is accessible', async () => {
    const transcript = await show(
      question,
      failed({ code: 'rate_limited', retryAt: Date.now() + 60_000 }, 'So'),
    );
    await expect(transcript).to.be.accessible();
  });
});

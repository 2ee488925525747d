/** What visitors think of answers, through the element: thumbs, reasons, what the page hears and what the proxy is told. */

import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { Feedback } from '../../server/protocol.ts';
import type { RivuletChat } from '../../widget/index.ts';
import { answer, type Played, play, setForWidget, type Step } from '../support/play.ts';
import { answered, ask, focused, isThere, named, says, showChat } from '../support/shown-chat.ts';

const limits = { messages: 100, bodyBytes: 1_000_000 };

let chat: RivuletChat;
let played: Played;
let heard: Array<Feedback & { answer: string }>;

async function open(attributes: Record<string, string>, settings: object, ...scripts: Step[][]) {
  played = await play(answer('One.'), ...scripts);
  await setForWidget(played, settings);
  chat = await showChat(played, attributes);
  heard = [];
  chat.addEventListener('rivulet-feedback', event => heard.push((event as CustomEvent).detail));
  await ask(chat, 'Why?');
  await answered(chat, 'One.');
}

const told = async () => {
  const { requests } = await played.seen();
  return requests.filter(({ call }) => call === 'POST v1/feedback').map(({ body }) => body);
};
const pressed = async () =>
  Promise.all(
    ['Good answer', 'Bad answer'].map(async name => (await named(chat, name)).getAttribute('aria-pressed')),
  );

describe('feedback', () => {
  it('is asked for by nobody unless page or proxy want it', async () => {
    await open({}, { limits });
    await named(chat, 'Answer again');
    expect(isThere(chat, 'Good answer')).to.equal(false);
    chat.feedback = true;
    await named(chat, 'Good answer');
    chat.feedback = false;
    await waitUntil(() => !isThere(chat, 'Good answer'));
  });

  it('is an event for a page that wants it, and no request to a proxy that does not', async () => {
    await open({ feedback: '' }, { limits });
    (await named(chat, 'Good answer')).click();
    await waitUntil(() => heard.length === 1);
    const { conversation, message, key, ...rest } = heard[0]!;
    expect(rest).to.deep.equal({ rating: 'up', answer: 'One.' });
    expect([conversation.length, message.length, key!.length]).to.deep.equal([32, 32, 32]);
    expect(await told()).to.deep.equal([]);
  });

  it('is sent with its reason, changed and taken back', async () => {
    await open({}, { limits, feedback: true });
    const [first] = (await played.seen()).requests;
    (await named(chat, 'Bad answer')).click();
    await waitUntil(async () => (await pressed()).join() === 'false,true');
    (await named(chat, 'What was wrong with it? (optional)')).focus();
    await sendKeys({ type: 'It is false.' });
    await sendKeys({ press: 'Enter' });
    await says(chat, 'Thank you.');
    expect(focused()?.getAttribute('aria-label')).to.equal('Bad answer');
    (await named(chat, 'Good answer')).click();
    await waitUntil(async () => (await pressed()).join() === 'true,false');
    (await named(chat, 'Good answer')).click();
    await waitUntil(async () => (await pressed()).join() === 'false,false');
    await waitUntil(async () => (await told()).length === 4, 'all of it is sent');
    expect((await told()).map(({ rating, reason }) => [rating, reason])).to.deep.equal([
      ['down', undefined],
      ['down', 'It is false.'],
      ['up', undefined],
      [null, undefined],
    ]);
    const keys = new Set((await told()).map(({ key }) => key));
    expect([...keys]).to.deep.equal([first!.headers['idempotency-key']]);
    expect(heard.map(({ answer: _, ...feedback }) => JSON.stringify(feedback))).to.deep.equal(
      (await told()).map(body => JSON.stringify(body)),
    );
  });

  it('asks for a reason that Escape leaves, with the popup open and the opinion as it was', async () => {
    await open({ mode: 'popup', open: '' }, { limits, feedback: true });
    (await named(chat, 'Good answer')).focus();
    await sendKeys({ press: 'Enter' });
    (await named(chat, 'What was good about it? (optional)')).focus();
    await sendKeys({ type: 'Not this' });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isThere(chat, 'What was good about it? (optional)'));
    expect(focused()?.getAttribute('aria-label')).to.equal('Good answer');
    expect(chat.isOpen).to.equal(true);
    expect((await pressed()).join()).to.equal('true,false');
    expect(heard.map(({ reason }) => reason)).to.deep.equal([undefined]);
  });

  it('that could not be sent says so, and is sent again', async () => {
    await open({}, { limits, feedback: true }, [{ head: { status: 503 } }], [{ head: { status: 204 } }]);
    (await named(chat, 'Good answer')).click();
    await says(chat, 'This could not be sent.');
    expect((await pressed()).join()).to.equal('true,false');
    (await named(chat, 'Retry')).click();
    await waitUntil(() => !isThere(chat, 'Retry'));
    await waitUntil(async () => (await told()).length === 2);
    expect(new Set((await told()).map(body => JSON.stringify(body))).size).to.equal(1);
  });

  it('is accessible', async () => {
    await open({ feedback: '' }, { limits });
    (await named(chat, 'Good answer')).click();
    await named(chat, 'What was good about it? (optional)');
    await expect(chat).to.be.accessible();
  });
});

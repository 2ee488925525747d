/** The way to a person, through the element: the page takes over, or there is a form, of which nothing is lost. */

import { animated } from '../support/animated.ts';
import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ContactRequest } from '../../server/protocol.ts';
import type { HandoverDetail } from '../../widget/controllers/handover.ts';
import type { RivuletChat } from '../../widget/index.ts';
import { answer, type Played, play, setForWidget, type Step } from '../support/play.ts';
import { all, answered, ask, focused, isThere, named, says, showChat } from '../support/shown-chat.ts';

const limits = { messages: 100, bodyBytes: 1_000_000 };
const fields = [
  { name: 'email', kind: 'email', required: true },
  { name: 'order', label: 'Order number', kind: 'text', required: false },
  { name: 'message', kind: 'textarea', required: true },
];
const PERSON = 'Talk to a person';

let chat: RivuletChat;
let played: Played;

async function open(attributes: Record<string, string>, settings: object, ...scripts: Step[][]) {
  played = await play(answer('One.'), ...scripts);
  await setForWidget(played, settings);
  chat = await showChat(played, attributes);
  await ask(chat, 'Why?');
  await answered(chat, 'One.');
}

async function openMenu(): Promise<void> {
  (await named(chat, 'Menu', 'button')).click();
  await named(chat, 'New chat', '[role=dialog] button.chip');
}

async function openForm(): Promise<void> {
  await openMenu();
  (await named(chat, PERSON)).click();
  await waitUntil(() => field('email'), 'the form', { timeout: 15_000 });
  await animated(chat.renderRoot.querySelector('rivulet-sheet')!.shadowRoot!);
}

const field = (name: string) => all(chat.shadowRoot, `[name=${name}]`)[0] as HTMLInputElement;

async function type(name: string, text: string): Promise<void> {
  field(name).focus();
  await sendKeys({ type: text });
}

async function fill(): Promise<void> {
  await type('email', 'ann@example.com');
  await type('message', 'Call me.');
}

const sent = async () => (await played.seen()).requests.filter(({ call }) => call === 'POST v1/contact');
const filled = { email: 'ann@example.com', message: 'Call me.' };

describe('talking to a person', () => {
  it('is not offered where nobody is there', async () => {
    await open({}, { limits });
    await openMenu();
    expect(isThere(chat, PERSON)).to.equal(false);
    expect(all(chat.shadowRoot, 'button').some(({ textContent }) => textContent?.trim() === PERSON)).to.equal(
      false,
    );
  });

  it('is the affair of a page that takes over, with all that was said', async () => {
    await open({ handover: '' }, { limits });
    let heard: HandoverDetail | undefined;
    chat.addEventListener('rivulet-handover', event => {
      event.preventDefault();
      heard = (event as CustomEvent<HandoverDetail>).detail;
    });
    await openMenu();
    (await named(chat, PERSON)).click();
    await waitUntil(() => !isThere(chat, 'Back'), 'the sheet is gone');
    const messages = heard!.conversation.messages.map(({ role, content }) => [role, content]);
    expect(messages).to.deep.equal([
      ['user', 'Why?'],
      ['assistant', 'One.'],
    ]);
    expect(heard!.markdown).to.equal('# Why?\n\n## You\n\nWhy?\n\n## Answer (played-1)\n\nOne.\n');
  });

  it('is what the page has put into the slot', async () => {
    await open({}, { limits });
    const link = document.createElement('a');
    link.slot = 'person';
    link.href = 'tel:+4312345';
    link.textContent = 'Call us';
    chat.append(link);
    await openMenu();
    (await named(chat, PERSON)).click();
    await waitUntil(() => link.checkVisibility(), 'it shows');
    (await named(chat, 'Back')).click();
    await waitUntil(() => !link.checkVisibility(), 'it does not');
  });

  it('says so where nobody takes over after all', async () => {
    await open({ handover: '' }, { limits });
    await openMenu();
    (await named(chat, PERSON)).click();
    await says(chat, 'Nobody can be reached right now. Try again later.');
  });
});

describe('the contact form', () => {
  it('is sent to the proxy, and takes the conversation along only when the visitor says so', async () => {
    const taken: Step[] = [{ head: { status: 204 } }];
    await open({}, { limits, contact: { fields } }, taken, taken);
    await openForm();
    await fill();
    (await named(chat, 'Send', 'form button')).click();
    await says(chat, 'Sent. Thank you.');
    expect(focused()?.getAttribute('role')).to.equal('status');
    (await named(chat, 'Back to the chat')).click();
    await openForm();
    expect(field('email').value).to.equal('');
    await fill();
    await type('order', '17');
    field('along').click();
    await sendKeys({ press: 'Enter' });
    await says(chat, 'Sent. Thank you.');
    const [first, second] = await sent();
    expect(first!.body).to.deep.equal({ fields: filled });
    const { fields: written, conversation } = second!.body as unknown as ContactRequest;
    expect(written).to.deep.equal({ ...filled, order: '17' });
    expect(conversation!.messages.map(({ content }) => content)).to.deep.equal(['Why?', 'One.']);
    expect(first!.headers['idempotency-key']).not.to.equal(second!.headers['idempotency-key']);
  });

  it('that could not be sent says so, keeps all, and is sent again as the same', async () => {
    await open({}, { limits, contact: { fields } }, [{ head: { status: 502 } }], [{ head: { status: 204 } }]);
    await openForm();
    await fill();
    await type('order', '17');
    (await named(chat, 'Send', 'form button')).click();
    await says(chat, 'This could not be sent. What you wrote is still here.');
    (await named(chat, 'Back')).click();
    (await named(chat, 'Back')).click();
    await openForm();
    expect([field('email').value, field('order').value, field('message').value]).to.deep.equal([
      'ann@example.com',
      '17',
      'Call me.',
    ]);
    (await named(chat, 'Send', 'form button')).click();
    await says(chat, 'Sent. Thank you.');
    const requests = await sent();
    expect(new Set(requests.map(({ headers }) => headers['idempotency-key'])).size).to.equal(1);
    expect(new Set(requests.map(({ body }) => JSON.stringify(body))).size).to.equal(1);
  });

  it('does not go without what is required, and shows what the server refuses', async () => {
    const error = { message: 'no', type: 'x', code: 'invalid_request', param: 'fields.order' };
    const refused = [{ head: { status: 400 } }, { write: JSON.stringify({ error }) }];
    await open({}, { limits, contact: { fields } }, refused);
    await openForm();
    (await named(chat, 'Send', 'form button')).click();
    expect(focused()).to.equal(field('email'));
    await type('email', 'nobody');
    await type('message', 'Hi');
    (await named(chat, 'Send', 'form button')).click();
    expect(await sent()).to.deep.equal([]);
    await type('email', '@example.com');
    (await named(chat, 'Send', 'form button')).click();
    await says(chat, 'Please check this field: Order number');
    expect(focused()).to.equal(field('order'));
    expect(field('email').value).to.equal('nobody@example.com');
  });

  it('is taken by a page that wants it, with fields of its own, and its failure is told', async () => {
    await open({}, { limits });
    const taken: ContactRequest[] = [];
    chat.contactFields = [{ name: 'email', kind: 'text', required: true }];
    chat.onContact = async form => {
      taken.push(form);
      if (taken.length === 1) throw new Error('the help desk is away, as this test wants it');
    };
    await openForm();
    expect(all(chat.shadowRoot, 'form [name]')).to.have.length(2);
    await type('email', 'ann');
    (await named(chat, 'Send', 'form button')).click();
    (await named(chat, 'Try again')).click();
    await says(chat, 'Sent. Thank you.');
    expect(taken).to.deep.equal([{ fields: { email: 'ann' } }, { fields: { email: 'ann' } }]);
    expect(await sent()).to.deep.equal([]);
  });

  it('is accessible', async () => {
    await open({}, { limits, contact: { fields } });
    await openForm();
    await expect(chat).to.be.accessible();
  });
});

/** The composer: what sends, what does not, and that a draft is never lost. */

import { expect, fixture, oneEvent } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { html } from 'lit';
import type { Wish } from '../../widget/conversation/command.ts';
import type { Draft } from '../../widget/conversation/message.ts';
import '../../widget/elements/composer.ts';
import type { RivuletComposer } from '../../widget/elements/composer.ts';

let composer: RivuletComposer;
let textarea: HTMLTextAreaElement;
let button: HTMLButtonElement;
let sent: string[];
let stops: number;

beforeEach(async () => {
  composer = await fixture(html`<rivulet-composer placeholder="Ask"></rivulet-composer>`);
  textarea = composer.renderRoot.querySelector('textarea')!;
  button = composer.renderRoot.querySelector('button')!;
  sent = [];
  stops = 0;
  composer.addEventListener('send', event => sent.push((event as CustomEvent<Draft>).detail.content));
  composer.addEventListener(
    'act',
    event => (stops += Number((event as CustomEvent<Wish>).detail.type === 'stop')),
  );
  composer.focus();
});

async function type(text: string): Promise<void> {
  await sendKeys({ type: text });
  await composer.updateComplete;
}

/** An Enter as a browser reports it; keyCode cannot be typed. */
function enter(init: KeyboardEventInit): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...init });
  textarea.dispatchEvent(event);
  return event;
}

async function setBusy(busy: boolean): Promise<void> {
  composer.busy = busy;
  await composer.updateComplete;
}

describe('the composer', () => {
  it('sends on Enter and is empty then', async () => {
    await type('Why?');
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal(['Why?']);
    expect(composer.draft).to.equal('');
  });

  it('breaks the line on Shift+Enter', async () => {
    await type('one');
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await type('two');
    expect(composer.draft).to.equal('one\ntwo');
    expect(sent).to.deep.equal([]);
  });

  it('never sends on an Enter that belongs to an input method', async () => {
    await type('zhong');
    enter({ keyCode: 13, isComposing: true });
    enter({ keyCode: 229, isComposing: true });
    textarea.dispatchEvent(new CompositionEvent('compositionend', { data: '中' }));
    const safari = enter({ keyCode: 229, isComposing: false });
    expect(sent).to.deep.equal([]);
    expect(safari.defaultPrevented).to.equal(false);
    expect(composer.draft).to.equal('zhong');
    enter({ keyCode: 13 });
    expect(sent).to.deep.equal(['zhong']);
  });

  it('sends once for a double Enter', async () => {
    await type('Why?');
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal(['Why?']);
  });

  it('sends nothing that is blank, and says so without being disabled', async () => {
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    expect(button.disabled).to.equal(false);
    await type('  ');
    await sendKeys({ press: 'Enter' });
    button.click();
    expect(sent).to.deep.equal([]);
    await type('x');
    expect(button.getAttribute('aria-disabled')).to.equal('false');
  });

  it('keeps a draft that was refused, and says why until it is changed', async () => {
    composer.addEventListener('send', event => event.preventDefault());
    composer.refusal = 'Too long.';
    await type('Why?');
    expect(composer.renderRoot.querySelector('[role=alert]')).to.equal(null);
    await sendKeys({ press: 'Enter' });
    await composer.updateComplete;
    expect(composer.draft).to.equal('Why?');
    expect(composer.renderRoot.querySelector('[role=alert]')?.textContent).to.equal('Too long.');
    await sendKeys({ press: 'Backspace' });
    await composer.updateComplete;
    expect(composer.renderRoot.querySelector('[role=alert]')).to.equal(null);
  });

  it('sends with Enter while an answer streams, too', async () => {
    await setBusy(true);
    await type('And then?');
    await sendKeys({ press: 'Enter' });
    expect(sent).to.deep.equal(['And then?']);
    expect(composer.draft).to.equal('');
    expect(stops).to.equal(0);
  });

  it('stops with Escape while an answer streams, unless that belongs to an input method', async () => {
    await setBusy(true);
    await type('not yet');
    textarea.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', keyCode: 229, bubbles: true }));
    expect(stops).to.equal(0);
    await sendKeys({ press: 'Escape' });
    expect(stops).to.equal(1);
    expect(composer.draft).to.equal('not yet');
    await setBusy(false);
    await sendKeys({ press: 'Escape' });
    expect(stops).to.equal(1);
  });

  it('has one button that sends, and stops while an answer streams', async () => {
    await type('Why?');
    expect(button.getAttribute('aria-label')).to.equal('Send');
    button.click();
    expect(sent).to.deep.equal(['Why?']);
    await setBusy(true);
    expect(button.getAttribute('aria-label')).to.equal('Stop the answer');
    expect(button.getAttribute('aria-disabled')).to.equal('false');
    button.click();
    expect(stops).to.equal(1);
    expect(composer.renderRoot.querySelector('button')).to.equal(button);
  });

  it('does not stop with the second click of a double one what the first has sent', async () => {
    await type('Why?');
    button.dispatchEvent(new MouseEvent('click', { detail: 1 }));
    await setBusy(true);
    button.dispatchEvent(new MouseEvent('click', { detail: 2 }));
    expect(sent).to.deep.equal(['Why?']);
    expect(stops).to.equal(0);
  });

  it('does not send a draft when the answer ends under the finger that wants to stop it', async () => {
    await setBusy(true);
    await type('not yet');
    button.dispatchEvent(new PointerEvent('pointerdown'));
    await setBusy(false);
    button.dispatchEvent(new MouseEvent('click', { detail: 1 }));
    expect(sent).to.deep.equal([]);
    expect(composer.draft).to.equal('not yet');
  });

  it('tells when somebody is about to write', async () => {
    textarea.blur();
    const told = oneEvent(composer, 'prepare');
    composer.focus();
    await told;
  });

  it('grows with its text up to a part of its panel, and shrinks again', async () => {
    const frame = await fixture<HTMLElement>(html`<div><rivulet-composer></rivulet-composer></div>`);
    Object.assign(frame.style, { containerType: 'size', blockSize: '400px', inlineSize: '300px' });
    const inside = frame.querySelector('rivulet-composer')!;
    const area = inside.renderRoot.querySelector('textarea')!;
    const write = (text: string) => {
      area.value = text;
      area.dispatchEvent(new Event('input'));
      return area.offsetHeight;
    };
    const one = write('one');
    expect(write('one\ntwo\nthree')).to.equal(one + 48);
    expect(write('line\n'.repeat(40))).to.equal(160);
    expect(write('')).to.equal(one);
  });

  it('is accessible', async () => {
    await expect(composer).to.be.accessible();
    await setBusy(true);
    await expect(composer).to.be.accessible();
  });
});

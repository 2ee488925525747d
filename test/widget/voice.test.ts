/**
 * Dictation and reading aloud, through the element. Browsers of test machines have no engine for either: what stands in for
 * it here is the platform's own interface, as https://webaudio.github.io/web-speech-api/ has it.
 */

import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { RivuletChat } from '../../widget/index.ts';
import type { RecognitionError } from '../../widget/speech/recognition.ts';
import { answer, ending, type Played, play, type Step, words } from '../support/play.ts';
import { all, answered, ask, isThere, named, says, showChat } from '../support/shown-chat.ts';

/** An ear that hears what the test says. */
class Ear extends EventTarget {
  static heard: Ear | undefined;
  lang = '';
  continuous = false;
  interimResults = false;
  isOn = false;
  results: Array<{ isFinal: boolean; 0: { transcript: string } }> = [];

  start(): void {
    Ear.heard = this;
    this.isOn = true;
  }
  stop(): void {
    this.#end();
  }
  abort(): void {
    this.#end();
  }
  /** The last result becomes this. */
  hear(transcript: string, isFinal = false): void {
    const resultIndex = Math.max(0, this.results.length - (this.results.at(-1)?.isFinal === false ? 1 : 0));
    this.results[resultIndex] = { isFinal, 0: { transcript } };
    this.dispatchEvent(Object.assign(new Event('result'), { resultIndex, results: this.results }));
  }
  fail(error: RecognitionError): void {
    this.dispatchEvent(Object.assign(new Event('error'), { error }));
    this.#end();
  }
  #end(): void {
    this.isOn = false;
    setTimeout(() => this.dispatchEvent(new Event('end')));
  }
}

/** A mouth that has said a sentence when the test says so. */
const mouth = {
  said: [] as Array<{ text: string; lang: string }>,
  utterance: undefined as SpeechSynthesisUtterance | undefined,
  speak(utterance: SpeechSynthesisUtterance) {
    mouth.utterance = utterance;
    mouth.said.push({ text: utterance.text, lang: utterance.lang });
  },
  cancel() {
    const { utterance } = mouth;
    mouth.utterance = undefined;
    if (utterance) setTimeout(() => utterance.dispatchEvent(new Event('error')));
  },
  finish(type: 'end' | 'error' = 'end') {
    const { utterance } = mouth;
    mouth.utterance = undefined;
    utterance?.dispatchEvent(new Event(type));
  },
};

const platform: Record<string, unknown> = {
  SpeechRecognition: Ear,
  webkitSpeechRecognition: undefined,
  speechSynthesis: mouth,
};
const own = Object.keys(platform).map(name => [name, Object.getOwnPropertyDescriptor(window, name)] as const);

let chat: RivuletChat;
let played: Played;

async function open(attributes: Record<string, string>, ...scripts: Step[][]): Promise<void> {
  played = await play(...scripts);
  chat = await showChat(played, attributes);
}

beforeEach(() => {
  for (const [name, value] of Object.entries(platform))
    Object.defineProperty(window, name, { value, configurable: true });
  mouth.said = [];
  mouth.utterance = undefined;
});
afterEach(() => {
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(window, name, descriptor);
    else Reflect.deleteProperty(window, name);
  }
});

const composer = () => chat.renderRoot.querySelector('rivulet-composer')!;
const field = () => composer().renderRoot.querySelector('textarea')!;

async function listen(): Promise<Ear> {
  Ear.heard = undefined;
  (await named(chat, 'Dictate')).click();
  await waitUntil(() => Ear.heard?.isOn, 'it listens');
  return Ear.heard!;
}

describe('dictation', () => {
  it('is off unless the page turns it on, and where the browser has none', async () => {
    await open({}, answer('One.'));
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(isThere(chat, 'Dictate')).to.equal(false);
    chat.voice = 'reading dictation';
    const button = await named(chat, 'Dictate');
    expect(button.checkVisibility()).to.equal(true);
    Object.defineProperty(window, 'SpeechRecognition', { value: undefined, configurable: true });
    chat.requestUpdate();
    await waitUntil(() => !button.checkVisibility(), 'there is none');
  });

  it('writes what is heard where the cursor is, and does not send it', async () => {
    await open({ voice: 'dictation', lang: 'en-GB' }, answer('One.'));
    composer().draft = 'I say loudly';
    field().setSelectionRange(5, 5);
    const ear = await listen();
    expect([ear.lang, ear.continuous, ear.interimResults]).to.deep.equal(['en-GB', true, true]);
    ear.hear('hello');
    expect(composer().draft).to.equal('I say hello loudly');
    ear.hear('hello you', true);
    ear.hear('and me');
    expect(composer().draft).to.equal('I say hello you and me loudly');
    (await named(chat, 'Dictate')).click();
    await waitUntil(() => !ear.isOn);
    await waitUntil(async () => (await named(chat, 'Dictate')).getAttribute('aria-pressed') === 'false');
    expect((await played.seen()).requests).to.deep.equal([]);
  });

  it('leaves alone what is changed by hand meanwhile', async () => {
    await open({ voice: 'dictation' }, answer('One.'));
    const ear = await listen();
    ear.hear('helo');
    composer().focus();
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ type: 'lo!' });
    ear.hear('hello', true);
    expect(composer().draft).to.equal('hello!');
    ear.hear('there');
    expect(composer().draft).to.equal('hello! there');
  });

  it('ends with what is sent: nothing that is heard later comes back', async () => {
    await open({ voice: 'dictation' }, answer('One.'));
    const ear = await listen();
    ear.hear('Why');
    composer().focus();
    await sendKeys({ press: 'Enter' });
    expect(ear.isOn).to.equal(false);
    ear.hear('Why not', true);
    expect(composer().draft).to.equal('');
    await answered(chat, 'One.');
  });

  it('says what is wrong until somebody writes', async () => {
    await open({ voice: 'dictation' }, answer('One.'));
    for (const [error, text] of [
      ['not-allowed', 'The microphone is not allowed on this page.'],
      ['audio-capture', 'There is no microphone.'],
      ['network', 'The connection to the browser’s speech recognition was lost.'],
    ] as const) {
      (await listen()).fail(error);
      await says(chat, text);
    }
    await expect(chat).to.be.accessible();
    composer().focus();
    await sendKeys({ type: 'x' });
    await waitUntil(() => !all(chat.shadowRoot, '[role=alert]').some(({ textContent }) => textContent));
  });
});

describe('reading aloud', () => {
  const streaming: Step[] = [
    words(1, 'First one. Second'),
    { gate: true },
    words(2, ' one.\n\n```js\nlet a;\n```\n\n你好。'),
    { gate: true },
    words(3, '\n\nLast'),
    ending(4),
  ];
  const texts = () => mouth.said.map(({ text }) => text);
  const saysNext = (...said: string[]) =>
    waitUntil(() => texts().join() === said.join(), said.join(), { timeout: 15_000 });

  it('follows the answer by sentence, skips its code, and ends with it', async () => {
    await open({ voice: 'reading' }, streaming);
    await ask(chat, 'Why?');
    (await named(chat, 'Read aloud')).click();
    await saysNext('First one.');
    mouth.finish();
    await played.go();
    await saysNext('First one.', 'Second one.');
    mouth.finish();
    await saysNext('First one.', 'Second one.', 'Code, 1 line.');
    mouth.finish();
    await played.go();
    await saysNext('First one.', 'Second one.', 'Code, 1 line.', '你好。');
    expect(mouth.said.at(-1)!.lang).to.equal('zh');
    mouth.finish();
    await saysNext('First one.', 'Second one.', 'Code, 1 line.', '你好。', 'Last');
    mouth.finish();
    const button = await named(chat, 'Read aloud');
    expect(button.getAttribute('aria-pressed')).to.equal('false');
  });

  it('stops with the answer, and with the button', async () => {
    await open({ voice: 'reading' }, [words(1, 'First one. Second'), { hold: true }]);
    await ask(chat, 'Why?');
    (await named(chat, 'Read aloud')).click();
    await saysNext('First one.');
    chat.stop();
    await waitUntil(() => !mouth.utterance, 'it is quiet');
    (await named(chat, 'Read aloud')).click();
    await waitUntil(() => mouth.utterance, 'it reads what there is');
    (await named(chat, 'Stop reading')).click();
    expect(mouth.utterance).to.equal(undefined);
    expect(texts()).to.deep.equal(['First one.', 'First one.']);
  });

  it('stops for another answer, for another text, and with the popup', async () => {
    await open(
      { voice: 'reading', mode: 'popup', open: '' },
      answer('One.'),
      answer('Two.'),
      answer('Three.'),
    );
    await ask(chat, 'Why?');
    await answered(chat, 'One.');
    (await named(chat, 'Read aloud')).click();
    await waitUntil(() => mouth.utterance);
    await ask(chat, 'And?');
    await waitUntil(() => !mouth.utterance, 'another answer comes');
    await answered(chat, 'Two.');
    await waitUntil(() => all(chat.shadowRoot, '[aria-label="Read aloud"]').length === 2);
    all(chat.shadowRoot, '[aria-label="Read aloud"]')[0]!.click();
    await waitUntil(() => texts().at(-1) === 'One.' && mouth.utterance);
    all(chat.shadowRoot, '[aria-label="Read aloud"]').at(-1)!.click();
    await waitUntil(() => texts().at(-1) === 'Two.' && mouth.utterance);
    expect(all(chat.shadowRoot, '[aria-label="Stop reading"]')).to.have.length(1);
    chat.close();
    await waitUntil(() => !mouth.utterance, 'the popup is closed');
  });

  it('says where it fails, and is there only where the page wants it', async () => {
    await open({ voice: 'reading' }, answer('One.'));
    await ask(chat, 'Why?');
    await answered(chat, 'One.');
    (await named(chat, 'Read aloud')).click();
    await waitUntil(() => mouth.utterance);
    mouth.finish('error');
    await says(chat, 'This could not be read aloud.');
    expect(isThere(chat, 'Stop reading')).to.equal(false);
    chat.voice = 'dictation';
    await waitUntil(() => !isThere(chat, 'Read aloud'));
  });

  it('is not there where the browser has no voice', async () => {
    Reflect.deleteProperty(window, 'speechSynthesis');
    await open({ voice: 'reading', feedback: '' }, answer('One.'));
    await ask(chat, 'Why?');
    await answered(chat, 'One.');
    await named(chat, 'Good answer');
    expect('speechSynthesis' in window).to.equal(false);
    expect(isThere(chat, 'Read aloud')).to.equal(false);
  });
});

/** What screen readers are told of answers: the log of what comes into live regions. */

import { expect, waitUntil } from '@open-wc/testing';
import type { RivuletChat } from '../../widget/index.ts';
import { type Heard, heard } from '../support/heard.ts';
import { answer, ending, failing, type Played, play, words } from '../support/play.ts';
import { all, answered, named, showChat } from '../support/shown-chat.ts';

let chat: RivuletChat;
let played: Played;
let said: readonly Heard[];

async function open(attributes: Record<string, string>, ...scripts: Parameters<typeof play>): Promise<void> {
  played = await play(...scripts);
  chat = await showChat(played, attributes);
  said = heard(chat);
}

const texts = () => said.map(({ text }) => text);

const hears = (...expected: string[]) =>
  waitUntil(() => texts().join('|') === expected.join('|'), expected.join('|'), { timeout: 15_000 }).catch(
    () => expect(texts()).to.deep.equal(expected),
  );

describe('of an answer screen readers are told', () => {
  it('whole sentences, a few at a time, and each thing once', async () => {
    await open({}, [
      words(1, 'The **first** one. The [second](https://e.example) o'),
      { gate: true },
      words(
        2,
        'ne. 第三句。\n\n```ts\nlet a;\nlet b;\n```\n\n| x | y |\n|--|--|\n| 1 | 2 |\n\n$x$ and the l',
      ),
      { gate: true },
      words(3, 'ast'),
      ending(4),
    ]);
    chat.send('Why?');
    await hears('Answering.', 'The first one.');
    await played.go();
    await hears('Answering.', 'The first one.', 'The second one. 第三句。 Code, 2 lines. Table, 1 row.');
    await played.go();
    const whole = ['Answering.', 'The first one.', 'The second one. 第三句。 Code, 2 lines. Table, 1 row.'];
    await hears(...whole, 'formula and the last', 'Answer complete.');
    expect(said.map(({ manner }) => manner)).to.deep.equal(Array(5).fill('polite'));
    // Nothing is left for who reads the page.
    const regions = () => all(chat.shadowRoot, '[aria-live]').map(({ textContent }) => textContent);
    await waitUntil(() => regions().join('') === '', 'the regions are empty', { timeout: 15_000 });
    expect(all(chat.shadowRoot, 'rivulet-transcript [aria-live]')).to.have.length(0);
  });

  it('in the language that it is in', async () => {
    await open({ lang: 'de' }, [words(1, '你好。'), { gate: true }, ending(2)]);
    await named(chat, 'Senden');
    chat.send('Why?');
    await waitUntil(() => said.length > 0, 'it is said that one comes', { timeout: 15_000 });
    await played.go();
    await waitUntil(() => said.length > 2, 'all is said', { timeout: 15_000 });
    expect(said.map(({ lang }) => lang)).to.deep.equal(['de', 'zh', 'de']);
  });

  for (const lang of ['en_US', 'C', 'a language'])
    it(`also on a page in “${lang}”, which is no tag of a language`, async () => {
      await open({ lang }, [words(1, 'One. Two.'), { gate: true }, ending(2)]);
      chat.send('Why?');
      await hears('Answering.', 'One.');
      await played.go();
      await hears('Answering.', 'One.', 'Two.', 'Answer complete.');
    });

  it('at once that it failed', async () => {
    await open({ announce: 'none' }, [words(1, 'Be'), failing('upstream_error')]);
    chat.send('Why?');
    await waitUntil(() => said.length > 0, 'it is said', { timeout: 15_000 });
    expect(said).to.deep.equal([
      { text: 'The model had a problem. What arrived is kept.', manner: 'assertive', lang: 'en' },
    ]);
  });

  it('that it comes and how it ends, where the page wants no more', async () => {
    await open({ announce: 'brief' }, [words(1, 'One. Two.'), { gate: true }, ending(2)]);
    chat.send('Why?');
    await hears('Answering.');
    await played.go();
    await hears('Answering.', 'Answer complete.');
  });

  it('as much as the visitor chooses, also after a reload', async () => {
    await open({ announce: 'brief', persist: 'session' }, answer('One.'));
    (await named(chat, 'Menu')).click();
    const choice = async () => {
      const find = () => all(chat.shadowRoot, '.announcing select')[0] as HTMLSelectElement | undefined;
      await waitUntil(find, 'the choice', { timeout: 15_000 });
      return find()!;
    };
    const select = await choice();
    expect(select.value).to.equal('brief');
    select.value = 'none';
    select.dispatchEvent(new Event('change'));
    chat.send('Why?');
    await answered(chat, 'One.');
    const { endpoint } = chat;
    chat.remove();
    chat = await showChat({ ...played, endpoint: endpoint! }, { persist: 'session' });
    said = heard(chat);
    (await named(chat, 'Menu')).click();
    expect((await choice()).value).to.equal('none');
    await chat.logout();
    (await named(chat, 'Menu')).click();
    expect((await choice()).value, 'nothing of the visitor stays').to.equal('all');
    expect(texts()).to.deep.equal([]);
  });

  it('nothing of its text while the chat is closed, and the rest when it is open again', async () => {
    await open({ mode: 'popup', open: '' }, [
      words(1, 'One. Tw'),
      { gate: true },
      words(2, 'o. Three. '),
      { gate: true },
      words(3, 'Four. '),
      ending(4),
    ]);
    chat.close();
    chat.send('Why?');
    await hears('Answering.');
    await played.go();
    await answeredPart('Three.');
    // One batch passes unheard.
    await new Promise(resolve => setTimeout(resolve, 2600));
    chat.open();
    await played.go();
    await waitUntil(() => texts().at(-1) === 'Answer complete.', 'its end', { timeout: 15_000 });
    expect(texts()).not.to.include('One.');
  });
});

function answeredPart(text: string): Promise<void> {
  const shown = () => all(chat.shadowRoot, 'rivulet-answer .text').at(-1)?.textContent ?? '';
  return waitUntil(() => shown().includes(text), text, { timeout: 15_000 });
}

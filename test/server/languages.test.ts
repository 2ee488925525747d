import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languageFor } from '../../widget/languages.ts';
import { chooseLocale, type LocaleName, locales, rightToLeft } from '../../widget/locales/choose.ts';
import { type Figures, figuresIn } from '../../widget/locales/figures.ts';
import type { Locale } from '../../widget/locales/locale.ts';
import { english } from '../../widget/locales/english.ts';

const names = Object.keys(locales) as LocaleName[];

test('a language is chosen by the tag of a page', () => {
  const meant: Record<string, LocaleName | undefined> = {
    en: undefined,
    'en-GB': undefined,
    de: 'de',
    'de-AT': 'de',
    'DE-ch': 'de',
    'pt-BR': 'pt',
    'pt-PT': 'pt',
    'es-419': 'es',
    zh: 'zh-Hans',
    'zh-CN': 'zh-Hans',
    'zh-SG': 'zh-Hans',
    'zh-Hans-HK': 'zh-Hans',
    'zh-TW': 'zh-Hant',
    'zh-HK': 'zh-Hant',
    'zh-MO': 'zh-Hant',
    'zh-Hant': 'zh-Hant',
    zh_TW: 'zh-Hant',
    'cmn-Hans': 'zh-Hans',
    yue: 'zh-Hant',
    iw: 'he',
    he: 'he',
    in: 'id',
    id: 'id',
    'ar-EG': 'ar',
    'hi-IN': 'hi',
    'ja-JP-u-ca-japanese': 'ja',
  };
  for (const [tag, name] of Object.entries(meant)) assert.equal(chooseLocale(tag), name, tag);
});

test('what there is no language for, and rubbish, is English', async () => {
  for (const lang of [
    'fi',
    'tlh',
    '',
    ' ',
    'x',
    '12',
    'constructor',
    '__proto__',
    'de de',
    'ж',
    'a'.repeat(999),
  ]) {
    assert.equal(chooseLocale(lang), undefined, lang);
    const language = await languageFor(lang, undefined);
    assert.equal(language.words('chat', english.chat), english.chat);
  }
});

for (const name of names) {
  test(`${name} has every word, and no other`, async () => {
    const { words } = await read(name);
    assert.deepEqual(shapeOf(words), shapeOf(english));
  });

  test(`${name} says nothing empty, and all that it is to say`, async () => {
    const { words, texts } = await read(name);
    const inEnglish = textsOf(english);
    for (const [path, text] of texts) {
      assert.match(text, /\S/, path);
      assert.doesNotMatch(text, /undefined|NaN|\[object|#/, path);
      for (const mark of marks)
        assert.equal(text.includes(mark), inEnglish.get(path)!.includes(mark), `${path} of ${name}: ${text}`);
    }
    assert.ok(texts.size > 200);
    assert.notEqual(words.chat.send, english.chat.send);
  });

  test(`${name} has the plural forms of the language, and no other`, async () => {
    const { forms } = await read(name);
    const { pluralCategories } = new Intl.PluralRules(name).resolvedOptions();
    for (const [text, given] of forms) assert.deepEqual(given, [...pluralCategories].sort(), text);
  });

  test(`${name} is not written with letters of another script`, async () => {
    const { texts } = await read(name);
    const isForeign = foreign[name];
    for (const [path, text] of texts) if (isForeign) assert.doesNotMatch(text, isForeign, path);
  });
}

test('numbers are written as the region of the page has it', async () => {
  const thousand = async (lang: string) =>
    (await languageFor(lang, undefined)).words('attachments', english.attachments).characters(12_345);
  assert.match(await thousand('de'), /^12\.345 /);
  assert.match(await thousand('de-CH'), /^12[’']345 /);
  assert.match(await thousand('es-MX'), /^12,345 /);
});

test('a plural has the form for its number', async () => {
  const found = async (lang: string, count: number) =>
    (await languageFor(lang, undefined)).words('history', english.history).found(count, false);
  assert.equal(await found('ru', 1), 'Найдена 1 беседа');
  assert.equal(await found('ru', 3), 'Найдено 3 беседы');
  assert.equal(await found('ru', 5), 'Найдено 5 бесед');
  assert.equal(await found('ru', 21), 'Найдена 21 беседа');
  assert.equal(await found('ar', 2), 'عُثر على محادثتين');
  assert.equal(await found('de', 1), '1 Unterhaltung gefunden');
});

test('a page has words of its own, and the others stay', async () => {
  const own = {
    chat: { send: 'Los', menu: 7, heading: undefined, nothing: 'x' },
    stats: { ends: { stop: 'Aus' } },
    history: { found: (count: number) => `${count}!`, when: 'damals' },
    notes: 'rubbish',
    voice: null,
  };
  const language = await languageFor('de', own as never);
  const chat = language.words('chat', english.chat);
  assert.equal(chat.send, 'Los');
  assert.equal(chat.menu, 'Menü');
  assert.equal(chat.heading, 'Fragen Sie uns');
  assert.equal('nothing' in chat, false);
  assert.deepEqual(language.words('stats', english.stats).ends.stop, 'Aus');
  assert.equal(language.words('stats', english.stats).ends.stopped, 'Von Ihnen angehalten');
  assert.equal(language.words('history', english.history).found(3, true), '3!');
  assert.equal(language.words('history', english.history).when(0), 'damals');
  assert.equal(language.words('voice', english.voice).read, 'Vorlesen');
  assert.equal(language.words('chat', english.chat), chat);
  assert.equal((await languageFor('en', own as never)).words('chat', english.chat).send, 'Los');
  assert.equal((await languageFor('en', own as never)).words('chat', english.chat).stop, english.chat.stop);
});

test('what is written from the right is known', () => {
  const rules = names.filter(name =>
    /^[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(
      new Intl.DisplayNames(name, { type: 'language' }).of(name)!,
    ),
  );
  assert.deepEqual(rules, [...rightToLeft]);
});

/** Letters that a language has no use for: what another language's file would bring along. */
const foreign: Partial<Record<LocaleName, RegExp>> = {
  'zh-Hans': /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}發這個們訊錄開關]/u,
  'zh-Hant': /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}发这个们讯录开关]/u,
  ja: /[\p{Script=Hangul}\p{Script=Cyrillic}]/u,
  ko: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Cyrillic}]/u,
  ru: /[\p{Script=Han}\p{Script=Arabic}іїєў]/u,
  ar: /[\p{Script=Hebrew}\p{Script=Cyrillic}پچگک]/u,
  he: /[\p{Script=Arabic}\p{Script=Cyrillic}]/u,
  hi: /[\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Bengali}]/u,
  tr: /[\p{Script=Cyrillic}ñäßø]/u,
  de: /[\p{Script=Cyrillic}éñçı]/u,
};

// ---- What a language says, with everything that is put into it ----

/** Names and numbers that are put into the words, to be found again. */
const NAME = 'Zebra.png';
const OTHER = 'Quagga';
const marks = [NAME, OTHER];

async function read(name: LocaleName) {
  const forms = new Map<string, string[]>();
  const figures = figuresIn(name);
  const watched: Figures<Intl.LDMLPluralRule> = {
    ...figures,
    plural: (count, given) => {
      forms.set(given.other, Object.keys(given).sort());
      return figures.plural(count, given);
    },
  };
  const words: Locale = (await locales[name]()).locale(watched);
  const texts = textsOf(words);
  return { words, texts, forms };
}

/** Every text by its path; of a function what it makes of small and large numbers, and of names. */
function textsOf(words: object, path = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const at = `${path}${key}`;
    if (typeof value === 'string') texts.set(at, value);
    else if (typeof value === 'function')
      for (const count of [1, 2, 3, 7, 21, 100, 150, 9_000, 1_000_000])
        texts.set(`${at} ${count}`, call(at, value as Call, count));
    else for (const [inner, text] of textsOf(value as object, `${at}.`)) texts.set(inner, text);
  }
  return texts;
}

type Call = (...values: unknown[]) => string;

/** What is given to the functions of words that are not just given a number. */
const given: Record<string, (count: number) => unknown[]> = {
  'attachments.added': () => [NAME],
  'attachments.removed': () => [NAME],
  'attachments.remove': () => [NAME],
  'attachments.describe': () => [NAME],
  'calls.asks': () => [NAME],
  'extras.loadImage': () => [NAME],
  'models.gone': () => [NAME],
  'models.amounts': count => [{ input: count, output: 2 * count, currency: 'EUR' }],
  'note.kept': () => [NAME],
  'person.refused': () => [NAME],
  'stats.ttftBoth': () => [NAME, OTHER],
  'stats.inAndOut': count => [count, count],
  'stats.money': count => [{ amount: count, currency: 'EUR' }],
  'turnActions.gone': () => [NAME],
  'turnActions.version': count => [count, count],
  'history.found': count => [count, count > 50],
};

function call(path: string, make: Call, count: number): string {
  if (path.startsWith('attachments.refusals.'))
    return make({ name: NAME, characters: count, count, leftOut: count, pages: count, most: count });
  return make(...(given[path]?.(count) ?? [count]));
}

/** The same tree with the kind of each word in its place. */
function shapeOf(words: unknown): unknown {
  if (typeof words !== 'object' || words === null) return typeof words;
  const entries = Object.entries(words).map(([key, value]): [string, unknown] => [key, shapeOf(value)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whatever an answer says, nothing but known elements come of it, nothing is asked for, and nothing runs. */

import { expect, waitUntil } from '@open-wc/testing';
import { fullRenderer } from '../support/markdown/full-renderer.ts';
import { answers, payloads, sanitizerPayloads, urls } from '../support/markdown/browser-corpora.ts';
import { generateAnswer, generateSoup } from '../support/markdown/generate.ts';
import { watchHtmlSinks } from '../support/markdown/html-sinks.ts';
import { randomCuts, seededRandom } from '../support/random.ts';

/** All that may come of an answer: the elements, and for each its attributes. */
const allowed: Record<string, readonly string[]> = {
  a: ['href', 'title', 'rel', 'target', 'referrerpolicy'],
  blockquote: [],
  br: [],
  // The value is the address of an image that loads on a click.
  button: ['type', 'value'],
  code: [],
  del: [],
  div: [],
  em: [],
  figcaption: [],
  figure: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  img: ['src', 'alt', 'title', 'loading', 'decoding', 'referrerpolicy'],
  input: ['type', 'checked', 'disabled'],
  label: [],
  li: [],
  ol: ['start'],
  p: [],
  pre: [],
  section: [],
  span: [],
  strong: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['align'],
  th: ['align', 'scope'],
  thead: [],
  tr: [],
  ul: [],
};

/** What any element may have. A class is one of ours: it is checked by its value. */
const anywhere = ['class', 'part', 'dir', 'lang', 'role', 'tabindex', 'title', 'translate', 'hidden'];

const mathml = 'http://www.w3.org/1998/Math/MathML';

/** What a formula may be made of, and what its elements may have. */
const mathElements =
  'math semantics annotation mrow mi mn mo mtext mspace mstyle mpadded mphantom mfrac msqrt mroot menclose none msub ' +
  'msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd';
const mathAttributes =
  'display encoding form mathvariant notation scriptlevel accent accentunder displaystyle fence largeop movablelimits ' +
  'separator stretchy symmetric depth height linethickness lspace mathsize maxsize minsize rspace voffset width class';
/** Sizes and colours within a formula: nothing that moves it, covers anything, or loads. */
const mathStyle =
  /^((border|padding)(-\w+)?|margin-left|width|font-(style|weight)|math-depth|text-align|color|background(-color)?): [^:;@\\]*$/;

const schemes = ['http:', 'https:', 'mailto:', 'tel:'];

const host = 'attack.invalid';

declare global {
  interface Window {
    attacked: () => void;
  }
}

let attacks: string[] = [];
let container: HTMLElement;
let unwatch: () => void;

beforeEach(() => {
  attacks = [];
  window.attacked = () => void attacks.push('a script ran');
  // What the attacks of others call when they succeed.
  window.alert = window.attacked;
  container = document.body.appendChild(document.createElement('div'));
  performance.clearResourceTimings();
  unwatch = watchHtmlSinks(sink => attacks.push(`${sink} was used`));
});

afterEach(() => {
  unwatch();
  container.remove();
});

function violations(root: HTMLElement): string[] {
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (element.namespaceURI === mathml) {
      found.push(...mathViolations(element));
      continue;
    }
    const own = allowed[element.localName];
    if (!own || element.namespaceURI !== 'http://www.w3.org/1999/xhtml') {
      found.push(`<${element.localName}>`);
      continue;
    }
    for (const { name, value } of element.attributes) {
      if (!own.includes(name) && !anywhere.includes(name) && !name.startsWith('aria-'))
        found.push(`<${element.localName} ${name}="${value}">`);
      if (name === 'class' && !/^[a-z-]+( [a-z-]+)*$/.test(value)) found.push(`class="${value}"`);
    }
    if (element instanceof HTMLAnchorElement) found.push(...linkViolations(element));
    if (element instanceof HTMLImageElement) found.push(`an image: ${element.src}`);
  }
  return found;
}

function mathViolations(element: Element): string[] {
  const found: string[] = [];
  if (!mathElements.split(' ').includes(element.localName)) found.push(`<${element.localName}> in math`);
  for (const { name, value } of element.attributes) {
    const isStyle =
      name === 'style' && value.split(';').every(one => one.trim() === '' || mathStyle.test(one.trim()));
    if (
      (!isStyle && !mathAttributes.split(' ').includes(name)) ||
      /url|image|expression/i.test(name === 'style' ? value : '')
    )
      found.push(`<${element.localName} ${name}="${value}">`);
  }
  return found;
}

function linkViolations(link: HTMLAnchorElement): string[] {
  const found: string[] = [];
  if (link.hasAttribute('href')) {
    if (!schemes.includes(link.protocol)) found.push(`a link to ${link.href}`);
    if (
      !link.relList.contains('noopener') ||
      !link.relList.contains('noreferrer') ||
      !link.relList.contains('nofollow')
    )
      found.push(`rel="${link.rel}"`);
    if (link.target !== '_blank') found.push(`target="${link.target}"`);
  }
  return found;
}

/** Shows a text piece by piece, looking after each. */
function expectHarmless(text: string, pieces: Iterable<string>): void {
  const renderer = fullRenderer(container);
  for (const piece of pieces) {
    renderer.feed(piece);
    expect(violations(container), text).to.deep.equal([]);
  }
  renderer.end();
  expect(violations(container), text).to.deep.equal([]);
  container.replaceChildren();
}

/** What loads or runs does so at the latest when the page had time for it. */
async function expectQuiet(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(resolve => setTimeout(resolve, 20));
  const asked = performance.getEntriesByType('resource').map(entry => entry.name);
  // Fixtures and the test's own modules come from this origin and from known folders.
  const known = /\/(test|widget|node_modules|__w[a-z-]*|@web)\b/;
  expect(asked.filter(name => name.includes(host) || !known.test(new URL(name).pathname))).to.deep.equal([]);
  expect(attacks).to.deep.equal([]);
}

describe('an answer that attacks', () => {
  it('shows raw HTML as text, however it arrives', async () => {
    for (const payload of (await payloads()).html) {
      const text = payload.replaceAll('{host}', host);
      for (const context of [
        text,
        `a ${text} b`,
        `- ${text}`,
        `> ${text}`,
        `# ${text}`,
        `**${text}**`,
        `| ${text} |\n|---|\n`,
      ]) {
        expectHarmless(context, [context]);
        expectHarmless(context, randomCuts(context, seededRandom(text.length)));
      }
    }
    await expectQuiet();
  });

  it('gets nothing through that a sanitizer is tested with', async () => {
    for (const [seed, payload] of (await sanitizerPayloads()).entries()) {
      for (const context of [
        payload,
        `a ${payload} b`,
        `- ${payload}`,
        `| ${payload} |\n|---|\n| ${payload} |`,
      ]) {
        expectHarmless(context, [context]);
        expectHarmless(context, randomCuts(context, seededRandom(seed)));
      }
    }
    await expectQuiet();
  });

  it('gets nothing through Markdown either', async () => {
    for (const payload of (await payloads()).markdown) {
      const text = payload.replaceAll('{host}', host);
      expectHarmless(text, [text]);
      expectHarmless(text, text.split(''));
    }
    await expectQuiet();
  });

  it('gets nothing through formulas, when they are shown as math', async () => {
    const formulas = (await payloads()).markdown.filter(payload => /^(\$|\\\()/.test(payload));
    const renderer = fullRenderer(container);
    renderer.feed(`$x^2$\n\n${formulas.map(text => text.replaceAll('{host}', host)).join('\n\n')}`);
    renderer.end();
    await waitUntil(() => container.querySelector('math') !== null, 'math', { timeout: 10_000 });
    await expectQuiet();
    expect(violations(container)).to.deep.equal([]);
  });

  it('cannot use the page for a link: every scheme but four is refused, however it is written', async () => {
    for (const url of (await urls()).refused) {
      for (const text of [
        `[a](${url})`,
        `[a](<${url}>)`,
        `<${url}>`,
        `[a]\n\n[a]: ${url}`,
        `[a]\n\n[a]: <${url}>`,
        `![a](${url})`,
      ])
        expectHarmless(text, [text]);
    }
    await expectQuiet();
  });

  it('has its raw HTML on screen, letter by letter', async () => {
    for (const payload of (await payloads()).html) {
      // Without what Markdown itself reads: entities, escapes, emphasis, addresses, line breaks.
      if (!/^[^&\\*_`~[\]|\n\r\u0000-\u001f]+$/.test(payload) || payload.includes('{host}')) continue;
      const renderer = fullRenderer(container);
      renderer.feed(`a ${payload} b`);
      renderer.end();
      expect(container.textContent).to.equal(`a ${payload} b`);
      container.replaceChildren();
    }
  });
});

describe('an honest answer', () => {
  it('gets its links', async () => {
    for (const [written, href] of (await urls()).shown) {
      const renderer = fullRenderer(container);
      renderer.feed(`[a](<${written}>)`);
      renderer.end();
      expect(container.querySelector('a')?.href, written).to.equal(href);
      container.replaceChildren();
    }
  });

  it('has nothing that is not allowed, whatever it is', async () => {
    for (const [seed, text] of (await answers()).entries())
      expectHarmless(text, randomCuts(text, seededRandom(seed)));
    await expectQuiet();
  });
});

describe('texts that no one wrote', () => {
  it('do no harm: answers and soup with attacks in them', async () => {
    const { html, markdown } = await payloads();
    const attacksAt = [...html, ...markdown];
    const random = seededRandom(7);
    for (let seed = 0; seed < 300; seed += 1) {
      const base = seed % 2 ? generateSoup(seed) : generateAnswer(seed, undefined, 2);
      const cut = Math.floor(random() * base.length);
      const attack = attacksAt[Math.floor(random() * attacksAt.length)] ?? '';
      const text = base.slice(0, cut) + attack.replaceAll('{host}', host) + base.slice(cut);
      expectHarmless(text, seed % 3 ? [text] : randomCuts(text, random));
    }
    await expectQuiet();
  });
});

/** The colours of a code block on screen: they come when there is time, and disturb nothing. */

import { aTimeout, expect } from '@open-wc/testing';
import { colourCode } from '../../widget/markdown/highlight/index.ts';
import { colours } from '../../widget/markdown/highlight/styles.ts';
import { accent } from '../../widget/styles/accent.ts';
import { colours as panelColours } from '../../widget/styles/colours.ts';
import { contrastOf } from '../support/contrast.ts';

const script = 'const a = "text"; // note\nlet b = 1;\n';

let host: HTMLElement;
let root: ShadowRoot;

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'));
  root = host.attachShadow({ mode: 'open' });
});

afterEach(() => {
  getSelection()?.removeAllRanges();
  host.remove();
});

/** A block of code as the patcher makes it: in pieces that are blocks. */
function show(...pieces: string[]): HTMLElement {
  const code = document.createElement('code');
  for (const text of pieces) {
    const piece = code.appendChild(document.createElement('span'));
    piece.style.display = 'block';
    piece.append(text);
  }
  root.append(code);
  return code;
}

function textOf(code: HTMLElement, kind: string): string[] {
  return [...code.querySelectorAll(`.${kind}`)].map(span => span.textContent ?? '');
}

describe('the colours of code', () => {
  it('are elements of known kinds around an unchanged text', async () => {
    const code = show(script);
    await colourCode(code, 'js');
    expect(code.textContent).to.equal(script);
    expect(textOf(code, 'keyword')).to.deep.equal(['const', 'let']);
    expect(textOf(code, 'string')).to.deep.equal(['"text"']);
    expect(textOf(code, 'comment')).to.deep.equal(['// note']);
    expect(textOf(code, 'number')).to.deep.equal(['1']);
    expect(root.adoptedStyleSheets).to.deep.equal([colours]);
  });

  it('go over the ends of its pieces, which stay', async () => {
    const code = show('/* a comment\n', 'that goes on */ let a = `one\n', 'two`;\n');
    const pieces = [...code.children];
    const text = code.textContent;
    await colourCode(code, 'ts');
    expect([...code.children]).to.deep.equal(pieces);
    expect(code.textContent).to.equal(text);
    expect(textOf(code, 'comment').join('')).to.equal('/* a comment\nthat goes on */');
    expect(textOf(code, 'string').join('')).to.equal('`one\ntwo`');
  });

  it('reach the end of long code, and a line without an end', async () => {
    for (const text of [script.repeat(200), `x = "${'a'.repeat(4000)}"; let last = 1`]) {
      const code = show(text);
      code.scrollIntoView();
      await colourCode(code, 'js');
      expect(code.textContent).to.equal(text);
      expect(textOf(code, 'number').at(-1)).to.equal('1');
    }
  });

  it('leave out what is marked within the code', async () => {
    const code = show('// a');
    const mark = code.firstElementChild!.appendChild(document.createElement('span'));
    mark.className = 'deceptive';
    mark.textContent = 'U+202E';
    code.firstElementChild!.append(' b\n');
    await colourCode(code, 'js');
    expect(mark.isConnected && mark.childElementCount === 0).to.equal(true);
    expect(code.textContent).to.equal('// aU+202E b\n');
    expect(textOf(code, 'comment')).to.deep.equal(['// a', ' b']);
  });

  it('do not come for a language that is not known, or for code or a line that is too long', async () => {
    for (const [text, label] of [
      [script, 'nothing'],
      [script, ''],
      [script.repeat(6000), 'js'],
      [`let a = ${'1 + '.repeat(2000)}`, 'js'],
    ] as const) {
      const code = show(text);
      const before = code.cloneNode(true);
      await colourCode(code, label);
      expect(code.isEqualNode(before)).to.equal(true);
    }
  });

  it('wait for a reader to come to the code', async () => {
    const code = show(script);
    host.style.cssText = 'display: block; margin-top: 9000px';
    const done = colourCode(code, 'js');
    await aTimeout(300);
    expect(code.querySelectorAll('.keyword').length).to.equal(0);
    host.style.marginTop = '0';
    await done;
    expect(textOf(code, 'keyword')).to.deep.equal(['const', 'let']);
  });

  it('wait for a selection that begins or ends in the code, and never move it', async () => {
    const code = show(script, 'let c = 2;\n');
    const text = code.lastElementChild!.firstChild as Text;
    getSelection()!.setBaseAndExtent(text, 4, text, 9);
    const done = colourCode(code, 'js');
    await aTimeout(300);
    expect(code.querySelectorAll('.keyword').length).to.equal(0);
    expect(text.isConnected).to.equal(true);
    expect(String(getSelection())).to.equal('c = 2');
    getSelection()!.removeAllRanges();
    await done;
    expect(textOf(code, 'number')).to.deep.equal(['1', '2']);
  });

  it('come where a selection goes over the whole of the code', async () => {
    const [before, code, after] = ['before', show(script), 'after'] as const;
    root.prepend(before);
    root.append(after);
    getSelection()!.setBaseAndExtent(root.firstChild!, 0, root.lastChild!, 5);
    const selected = String(getSelection());
    await colourCode(code, 'js');
    expect(textOf(code, 'keyword')).to.deep.equal(['const', 'let']);
    expect(String(getSelection())).to.equal(selected);
  });

  it('can be read on the surface of code, in the light and in the dark', () => {
    root.adoptedStyleSheets.push(accent, panelColours, colours);
    const code = show('');
    const kinds = new Set([...colours.cssRules].flatMap(rule => rule.cssText.match(/code \.(\w+)/g) ?? []));
    expect(kinds.size).to.equal(12);
    const surface = root.appendChild(document.createElement('div'));
    surface.style.background = 'var(--_sunken)';
    for (const scheme of ['light', 'dark']) {
      host.style.colorScheme = scheme;
      const { backgroundColor: sunken } = getComputedStyle(surface);
      for (const kind of kinds) {
        const span = code.appendChild(document.createElement('span'));
        span.className = kind.slice('code .'.length);
        const { color, backgroundColor } = getComputedStyle(span);
        const contrast = contrastOf([color], [sunken, backgroundColor]);
        expect(contrast, `${kind} in the ${scheme}: ${contrast.toFixed(2)}`).to.be.at.least(4.5);
      }
    }
  });
});

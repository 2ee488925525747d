/** Formulas on screen: MathML of written parts, or the source. */

import { aTimeout, expect } from '@open-wc/testing';
import { classes, elements, isLength, words } from '../../widget/markdown/math/allowed.ts';
import { renderMath, showMath } from '../../widget/markdown/math/index.ts';
import { contrastOf } from '../support/contrast.ts';

const formulas = [
  String.raw`x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}`,
  String.raw`\sum_{i=1}^{n} i^2 = \frac{n(n+1)(2n+1)}{6}`,
  String.raw`\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}`,
  String.raw`\begin{pmatrix} a & b \\ c & d \end{pmatrix}`,
  String.raw`\begin{aligned} a &= b + c \\ &= d \end{aligned}`,
  String.raw`\begin{align} a &= b \tag{1} \\ c &= d \end{align}`,
  String.raw`f(x) = \begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}`,
  String.raw`\begin{array}{c|c|r} a & b & c \\ \hline d & e & f \end{array}`,
  String.raw`\vec{v} \cdot \hat{n} \widehat{abc} \overline{AB} \underbrace{a+b}_{n} \overset{!}{=}`,
  String.raw`\mathbb{R} \mathcal{L} \mathfrak{g} \mathbf{x} \boldsymbol{\theta} \operatorname{argmax}_x`,
  String.raw`\boxed{E = mc^2} \cancel{x} \color{red}{x} \colorbox{yellow}{z} \rule{1em}{1em}`,
  String.raw`\left\{ \frac{a}{b} \right\} \bigl( \binom{n}{k} \bigr) \xrightarrow{f} \implies \ldots`,
  String.raw`\ce{2H2 + O2 -> 2H2O}`,
  String.raw`\sqrt[3]{x} \quad y' + y'' \qquad 1{,}000 \, \% \! \text{中文 and text}`,
];

let place: HTMLElement;

beforeEach(() => {
  place = document.body.appendChild(document.createElement('span'));
});

afterEach(() => {
  getSelection()?.removeAllRanges();
  place.remove();
});

describe('a formula', () => {
  it('is MathML, in a line or of its own', async () => {
    const math = (await renderMath('x^2', false))!;
    expect(math).to.be.instanceOf(MathMLElement);
    expect(math.localName).to.equal('math');
    expect(math.querySelector('msup > mi')?.textContent).to.equal('x');
    expect(math.hasAttribute('display')).to.equal(false);
    expect((await renderMath('x^2', true))!.getAttribute('display')).to.equal('block');
  });

  it('brings its source, for those who copy it', async () => {
    const math = (await renderMath(String.raw`\alpha`, false))!;
    expect(math.querySelector('annotation')?.textContent).to.equal(String.raw`\alpha`);
  });

  it('takes room on screen', async () => {
    for (const formula of formulas) {
      place.replaceChildren((await renderMath(formula, true))!);
      const { width, height } = place.querySelector('mrow, mtable, mstyle')!.getBoundingClientRect();
      expect(width * height, formula).to.be.greaterThan(100);
    }
  });

  it('has no parts but the written ones', async () => {
    for (const formula of formulas) {
      const math = (await renderMath(formula, true))!;
      for (const element of [math, ...math.querySelectorAll('*')]) {
        expect(element.namespaceURI).to.equal('http://www.w3.org/1998/Math/MathML');
        expect(elements.has(element.localName), element.localName).to.equal(true);
        for (const name of element.classList) expect(classes.has(name), name).to.equal(true);
        for (const { name } of element.attributes)
          expect(name === 'class' || name === 'style' || words.has(name) || isLength(name), name).to.equal(
            true,
          );
      }
    }
  });

  it('is its source when it is wrong, asks for more than a formula may, or is too long', async () => {
    const refused = [
      String.raw`\frac{1}`,
      String.raw`\unknown`,
      String.raw`\begin{matrix}`,
      '{'.repeat(2000),
      '('.repeat(2000),
      '{'.repeat(1500) + '}'.repeat(1500),

      String.raw`\href{javascript:alert(1)}{x}`,
      String.raw`\href{https://example.com}{x}`,
      String.raw`\url{https://example.com}`,
      String.raw`\includegraphics{https://example.com/x.png}`,
      String.raw`\class{panel}{x}`,
      String.raw`\id{top}{x}`,
      String.raw`\style{position:fixed}{x}`,
      String.raw`\data{a=b}{x}`,
      String.raw`\ref{x}`,
      String.raw`\def\a{xxxxxxxxxx}\a\a\a`,
      String.raw`\newcommand{\a}{x}\a`,
      'x'.repeat(3001),
      "x'".repeat(1500),
    ];
    for (const tex of refused)
      expect((await renderMath(tex, true)) === null, tex.slice(0, 40)).to.equal(true);
  });

  it('stays in its place: no length moves it far', async () => {
    for (const tex of ['\\hspace{-100em}x', '\\kern-500pt x', '\\rule{1em}{-100em}', '\\hspace{-9cm}x']) {
      const math = await renderMath(tex, false);
      for (const element of math?.querySelectorAll<MathMLElement>('*') ?? []) {
        expect(element.style.marginLeft, tex).to.equal('');
        for (const { value } of element.attributes) expect(value, tex).to.not.match(/-\d{2}/);
      }
    }
    place.append((await renderMath('\\rule{500em}{500em}', false))!);
    expect(place.getBoundingClientRect().height).to.be.lessThan(600);
  });

  it('has the hue it asks for, in a tone that can be read', async () => {
    const surfaces = { light: 'oklch(0.973 0.004 240)', dark: 'oklch(0.24 0.012 250)' };
    for (const scheme of ['light', 'dark'] as const) {
      place.style.colorScheme = scheme;
      for (const colour of ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta', 'black', 'white']) {
        place.replaceChildren((await renderMath(`\\color{${colour}}{x} \\colorbox{${colour}}{y}`, false))!);
        const { color } = getComputedStyle(place.querySelector('mi')!);
        expect(contrastOf([color], [surfaces[scheme]]), `${colour} in the ${scheme}`).to.be.at.least(4.5);
        const box = place.querySelector<HTMLElement>('[style*=background]')!;
        expect(
          contrastOf([scheme === 'light' ? '#222' : '#eee'], [getComputedStyle(box).backgroundColor]),
        ).to.be.at.least(4.5);
      }
    }
  });
});

describe('the place of a formula', () => {
  it('gets it with its styles, once a reader comes to it', async () => {
    place.textContent = 'x^2';
    place.style.cssText = 'display: block; margin-top: 9000px';
    const done = showMath(place, 'x^2', false);
    await aTimeout(300);
    expect(place.textContent).to.equal('x^2');
    place.style.marginTop = '0';
    await done;
    expect(place.firstElementChild?.localName).to.equal('math');
    expect(getComputedStyle(place.firstElementChild!).contain).to.equal('paint');
  });

  it('keeps the source of what is no formula', async () => {
    place.textContent = '\\unknown';
    await showMath(place, '\\unknown', true);
    expect(place.innerHTML).to.equal('\\unknown');
  });

  it('is left alone while a reader has a selection in it', async () => {
    place.textContent = 'x^2 + y';
    getSelection()!.setBaseAndExtent(place.firstChild!, 0, place.firstChild!, 3);
    const done = showMath(place, 'x^2 + y', false);
    await aTimeout(300);
    expect(String(getSelection())).to.equal('x^2');
    getSelection()!.removeAllRanges();
    await done;
    expect(place.firstElementChild?.localName).to.equal('math');
  });
});

describe('on the strictest of pages', () => {
  it('formulas and colours break no rule, and nothing is fetched but their code', async () => {
    const frame = document.createElement('iframe');
    const policy = [
      "default-src 'none'",
      `script-src 'unsafe-inline' ${location.origin}`,
      `connect-src ${location.origin}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; ');
    frame.srcdoc = `<!doctype html><meta http-equiv="content-security-policy" content="${policy}"><body>
      <script>
        window.broken = [];
        addEventListener('securitypolicyviolation', event => broken.push(event.violatedDirective + event.sample));
      </script>
      <script type="module">
        import { renderMath, showMath } from '${location.origin}/widget/markdown/math/index.ts';
        import { colourCode } from '${location.origin}/widget/markdown/highlight/index.ts';
        try {
          document.body.insertAdjacentHTML('beforeend', '<b>');
        } catch { window.isStrict = true; }
        await new Promise(resolve => setTimeout(resolve, 50));
        broken.length = 0;
        const formulas = ${JSON.stringify(formulas).replaceAll('<', '\\u003c')};
        for (const formula of formulas) document.body.append(await renderMath(formula, true));
        const place = document.body.appendChild(document.createElement('span'));
        place.textContent = 'x^2';
        place.scrollIntoView();
        await showMath(place, 'x^2', false);
        const code = document.body.appendChild(document.createElement('code'));
        code.append('let a = 1;');
        code.scrollIntoView();
        await colourCode(code, 'js');
        window.result = document.querySelectorAll('math').length + ' ' + code.querySelectorAll('span').length;
      </script></body>`;
    document.body.append(frame);
    const inside = frame.contentWindow as Window & { result?: string; isStrict?: true; broken?: string[] };
    while (inside.result === undefined) await aTimeout(20);
    expect(inside.isStrict).to.equal(true);
    expect(inside.broken).to.deep.equal([]);
    expect(inside.result).to.equal(`${formulas.length + 1} 2`);
    const fetched = inside.performance
      .getEntriesByType('resource')
      .map(entry => new URL(entry.name).pathname);
    expect(fetched.filter(path => !/\.(?:ts|js|mjs)$/.test(path))).to.deep.equal([]);
    frame.remove();
  });
});

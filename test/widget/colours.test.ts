/** Contrast of the colours as the browser computes them, in both schemes, for any accent. */

import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../widget/elements/panel.ts';
import type { RivuletPanel } from '../../widget/elements/panel.ts';

let panel: RivuletPanel;
let probe: HTMLElement;

beforeEach(async () => {
  panel = await fixture(html`<rivulet-panel></rivulet-panel>`);
  probe = document.createElement('div');
  panel.renderRoot.append(probe);
});

/** Red, green and blue of a token, from 0 to 255, as they are painted. */
function painted(token: string): number[] {
  probe.style.color = `var(--_${token})`;
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = getComputedStyle(probe).color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

function luminance(token: string): number {
  const [r = 0, g = 0, b = 0] = painted(token).map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

for (const theme of ['light', 'dark'] as const) {
  describe(`in the ${theme} theme`, () => {
    beforeEach(async () => {
      panel.theme = theme;
      await panel.updateComplete;
    });

    for (const ink of ['ink', 'ink-2', 'ink-3'])
      for (const surface of ['surface', 'sunken', 'raised'])
        it(`${ink} can be read on ${surface}`, () => {
          expect(contrast(ink, surface)).to.be.at.least(4.5);
        });

    it('text can be read on what is tinted', () => {
      for (const [text, surface] of [
        ['ink', 'tint'],
        ['ink-2', 'tint'],
        ['ink', 'danger-tint'],
        ['danger', 'surface'],
      ] as const)
        expect(contrast(text, surface), `${text} on ${surface}`).to.be.at.least(4.5);
    });

    it('what lies on the accent can be read, whatever accent a page sets', () => {
      expect(contrast('on-accent', 'accent')).to.be.at.least(4.5);
      for (const accent of [
        '#fff',
        '#000',
        '#ff0',
        'red',
        '#0a0',
        '#767676',
        '#777',
        'oklch(0.7 0.3 140)',
        'rebeccapurple',
      ]) {
        panel.style.setProperty('--rivulet-accent', accent);
        expect(contrast('on-accent', 'accent'), accent).to.be.at.least(4.5);
        expect(painted('on-accent'), accent).to.satisfy(
          (rgb: number[]) => new Set(rgb).size === 1 && [0, 255].includes(rgb[0]!),
        );
      }
    });

    it('text can be read on the tint of any accent', () => {
      for (const accent of ['#fff', '#000', '#ff0', 'red', '#0a0', 'blue']) {
        panel.style.setProperty('--rivulet-accent', accent);
        expect(contrast('ink', 'tint'), accent).to.be.at.least(4.5);
      }
    });
  });
}

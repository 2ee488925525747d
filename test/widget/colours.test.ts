/** Contrast of the colours as the browser computes them, in both schemes, for any accent, surface and ink. */

import { expect, fixture } from '@open-wc/testing';
import { html } from 'lit';
import '../../widget/elements/panel.ts';
import type { RivuletPanel } from '../../widget/elements/panel.ts';
import { adoptStyles } from '../../widget/markdown/later/styles.ts';
import { alarmStyles } from '../../widget/styles/alarm.ts';
import { contrastOf } from '../support/contrast.ts';

/** Black and white, each primary, what lies between them, and the greys on which either is hardly legible. */
const COLOURS = [
  '#fff',
  '#000',
  '#ff0',
  'red',
  'blue',
  '#0ff',
  '#808080',
  '#767676',
  '#6f6f6f',
  'oklch(0.7 0.3 140)',
];

/** All that is ever written on anything. */
const pairs: Array<[ink: string, surface: string]> = [
  ...['ink', 'ink-2', 'ink-3', 'danger', 'accent-ink'].flatMap(ink =>
    ['surface', 'sunken', 'raised'].map((surface): [string, string] => [ink, surface]),
  ),
  ['on-accent', 'accent'],
  ['on-tint', 'tint'],
];

let panel: RivuletPanel;
let alarm: HTMLElement;
const probes = new Map<string, HTMLElement>();

beforeEach(async () => {
  panel = await fixture(html`<rivulet-panel></rivulet-panel>`);
  adoptStyles(panel.renderRoot, alarmStyles);
  alarm = document.createElement('p');
  alarm.className = 'alarm';
  panel.renderRoot.append(alarm);
  for (const token of new Set(pairs.flat())) {
    const probe = document.createElement('i');
    probe.style.color = `var(--_${token})`;
    panel.renderRoot.append(probe);
    probes.set(token, probe);
  }
});

function colour(token: string): string {
  return getComputedStyle(probes.get(token)!).color;
}

function contrast(one: string, other: string): number {
  return contrastOf([colour(one)], [colour(other)]);
}

function set(colours: Record<string, string>): void {
  for (const [name, value] of Object.entries(colours)) panel.style.setProperty(`--rivulet-${name}`, value);
}

function expectLegible(when: string): void {
  // What shines through would make another colour of it.
  for (const token of new Set(pairs.flat())) expect(colour(token), `${token} ${when}`).not.to.include('/');
  for (const [ink, surface] of pairs)
    expect(contrast(ink, surface), `${ink} on ${surface} ${when}`).to.be.at.least(4.5);
  const { color, backgroundColor } = getComputedStyle(alarm);
  expect(contrastOf([color], [backgroundColor]), `an alarm ${when}`).to.be.at.least(4.5);
}

for (const theme of ['light', 'dark'] as const) {
  describe(`in the ${theme} theme`, () => {
    beforeEach(async () => {
      panel.setAttribute('theme', theme);
      await panel.updateComplete;
    });

    it('all can be read', () => expectLegible(''));

    it('all can be read whatever accent and surface a page sets', () => {
      for (const accent of COLOURS)
        for (const surface of COLOURS) {
          set({ accent, surface });
          expectLegible(`for ${accent} on ${surface}`);
        }
    });

    it('all can be read whatever ink and surface a page sets', () => {
      for (const ink of COLOURS)
        for (const surface of COLOURS) {
          set({ ink, surface });
          expectLegible(`for ${ink} on ${surface}`);
        }
    });

    it('what can be read is what the page has set', () => {
      set({ surface: '#fdf6e3', ink: '#3b2f20', accent: '#9c2f1f' });
      for (const [token, asked] of [
        ['surface', '#fdf6e3'],
        ['ink', '#3b2f20'],
        ['accent-ink', '#9c2f1f'],
      ] as const)
        expect(contrastOf([colour(token)], [asked]), token).to.be.closeTo(1, 0.02);
    });

    it('what lies on the accent is black or white', () => {
      for (const accent of COLOURS) {
        set({ accent });
        const [black, white] = [
          contrastOf([colour('on-accent')], ['#000']),
          contrastOf([colour('on-accent')], ['#fff']),
        ];
        expect(Math.min(black, white), accent).to.equal(1);
      }
    });

    it('on a dark surface ink is light, on a light one dark, whatever the scheme', () => {
      set({ surface: '#101418' });
      expect(contrast('ink', 'surface')).to.be.above(12);
      set({ surface: '#fbf7ef' });
      expect(contrast('ink', 'surface')).to.be.above(12);
    });
  });
}

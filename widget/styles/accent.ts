/**
 * The one colour, and what is computed from it, for the panel and the launcher.
 *
 * Black has the higher contrast on a colour whose luminance is above 0.179, white below; either is then at
 * least 4.58 to 1. In xyz the luminance is y, and the clamps turn its side of the limit into black or white.
 */

import { css } from './css.ts';

export const accent = css`
  :host {
    --_accent: var(--rivulet-accent, light-dark(oklch(0.54 0.13 236), oklch(0.72 0.12 232)));
    --_on-accent: color(from var(--_accent) xyz-d65
      clamp(0, (0.179 - y) * 10000, 0.9505) clamp(0, (0.179 - y) * 10000, 1) clamp(0, (0.179 - y) * 10000, 1.089));
    --_lift: light-dark(oklch(0.2 0.02 250 / 0.22), oklch(0 0 0 / 0.6));
    --_shadow: 0 1px 2px oklch(0.2 0.02 250 / 0.06), 0 12px 40px -8px var(--_lift);
  }
`;

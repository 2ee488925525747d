/**
 * The colours inside the panel. Whatever surface, ink and accent a page sets, text on them can be read: contrast at least 4.5.
 *
 * In xyz, y is the luminance. A colour that is too close to what it lies on is mixed with black, or with white on a dark
 * surface, in xyz and no further than its contrast needs. A relative colour sees the channels of one colour alone: so the
 * luminance to be reached travels as the alpha of a black one, which is mixed with the colour in question. Custom properties
 * are texts, and these are read where they are used: `y` and `alpha` in them are of whatever colour is made there.
 */

import { css } from './css.ts';

/** Ink 2 and 3 can be read on the surface, sunken and raised; on a tint only what is made for that. */
export const colours = css`
  :host {
    /* 1 on a dark surface, 0 on a light one. */
    --_dark: clamp(0, (0.179 - y) * 10000, 1);
    /* The luminance that text on it has to reach, also where it is sunken or raised. */
    --_goal: xyz-d65 0 0 0 / calc(0.1975 * y - 0.0433 + var(--_dark) * (5.6 * y + 0.251));
    /* Of a colour mixed with its goal: black or white, whichever it goes towards, and how far. A little more than 1 is
       taken away, as white that has to be white were 0 / 0, and so no colour, where a browser computes that exactly. */
    --_pole: clamp(0, (2 * alpha - 1.179) * 10000, 1);
    --_far: clamp(0, (2 * alpha * (1 - y) - 1.0001) / (var(--_pole) - 2 * alpha * y), 1);
    --_own: (2 * alpha * (1 - var(--_far)));
    --_mixed: (var(--_pole) * var(--_far));
    --_legible: xyz-d65 calc(x * var(--_own) + 0.9505 * var(--_mixed)) calc(y * var(--_own) + var(--_mixed))
      calc(z * var(--_own) + 1.089 * var(--_mixed)) / 1;

    --_asked: var(--rivulet-surface, light-dark(oklch(1 0 0), oklch(0.205 0.012 250)));
    /* On the grey in the very middle nothing can be read in more than one shade: it gives way a little. */
    --_gives: (max(0, 0.225 - y) + var(--_dark) * (min(0, 0.135 - y) - max(0, 0.225 - y)));
    --_surface: color(from var(--_asked) xyz-d65 calc(x + var(--_gives)) calc(y + var(--_gives)) calc(z + var(--_gives)));
    --_sunken: oklch(from var(--_surface) calc(l - 0.03) c h);
    --_raised: oklch(from var(--_surface) calc(l + 0.04) c h);
    --_ground: color(from var(--_surface) var(--_goal));

    --_said: var(--rivulet-ink, oklch(from var(--_surface) calc(0.24 + 0.7 * clamp(0, (0.58 - l) * 10000, 1)) 0.012 250));
    --_ink: color(from color-mix(in xyz-d65, var(--_said), var(--_ground)) var(--_legible));
    --_ink-2: color(from color-mix(in xyz-d65, color-mix(in oklab, var(--_said) 72%, var(--_surface)), var(--_ground)) var(--_legible));
    --_ink-3: color(from color-mix(in xyz-d65, color-mix(in oklab, var(--_said) 62%, var(--_surface)), var(--_ground)) var(--_legible));
    --_accent-ink: color(from color-mix(in xyz-d65, var(--_accent), var(--_ground)) var(--_legible));
    --_alarm: light-dark(oklch(0.55 0.17 25), oklch(0.7 0.15 25));
    --_danger: color(from color-mix(in xyz-d65, var(--_alarm), var(--_ground)) var(--_legible));

    --_tint: color-mix(in oklab, var(--_accent) 14%, var(--_surface));
    --_on-tint: color(from color-mix(in xyz-d65, var(--_said), color(from var(--_tint) var(--_goal))) var(--_legible));

    --_line: var(--rivulet-line, color-mix(in oklab, var(--_said) 12%, var(--_surface)));
    --_line-strong: color-mix(in oklab, var(--_said) 9%, var(--_line));
  }
`;

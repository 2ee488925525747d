/** The colours of code, each as far as it can be read on the surface. */

import { css } from '../../styles/css.ts';

export const colours = css`
  code .comment, code .meta { --_hue: light-dark(oklch(0.5 0.02 250), oklch(0.7 0.02 250)) }
  code .keyword { --_hue: light-dark(oklch(0.47 0.19 300), oklch(0.78 0.13 300)) }
  code .string { --_hue: light-dark(oklch(0.46 0.12 150), oklch(0.8 0.13 150)) }
  code .number { --_hue: light-dark(oklch(0.5 0.14 45), oklch(0.8 0.11 60)) }
  code .function { --_hue: light-dark(oklch(0.48 0.16 260), oklch(0.78 0.11 255)) }
  code .type { --_hue: light-dark(oklch(0.47 0.09 210), oklch(0.8 0.09 205)) }
  code .variable { --_hue: light-dark(oklch(0.49 0.16 15), oklch(0.78 0.12 15)) }
  code .attribute { --_hue: light-dark(oklch(0.47 0.12 240), oklch(0.82 0.08 235)) }
  code .tag { --_hue: light-dark(oklch(0.47 0.15 330), oklch(0.78 0.13 335)) }
  code :is(.comment, .meta, .keyword, .string, .number, .function, .type, .variable, .attribute, .tag) { color: color(from color-mix(in xyz-d65, var(--_hue), var(--_ground)) var(--_legible)) }
  code .added {
    color: light-dark(oklch(0.44 0.12 150), oklch(0.84 0.13 150));
    background: light-dark(oklch(0.93 0.05 150), oklch(0.28 0.05 150));
  }
  code .removed {
    color: light-dark(oklch(0.46 0.16 25), oklch(0.82 0.1 20));
    background: light-dark(oklch(0.94 0.04 20), oklch(0.27 0.06 20));
  }
`;

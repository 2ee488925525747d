/** Type, space and radii, as custom properties that everything inside the panel inherits. */

import { css } from './css.ts';

export const tokens = css`
  :host {
    --_radius-l: var(--rivulet-radius, 20px);
    --_radius-m: calc(var(--_radius-l) * 0.6);
    --_radius-s: calc(var(--_radius-l) * 0.4);
    --_round: calc(var(--_radius-l) * 1.4);
    --_space: calc(4px * var(--rivulet-density, 1));
    --_text: var(--rivulet-font-size, 15px);
    --_small: calc(var(--_text) * 13 / 15);
    --_tiny: calc(var(--_text) * 0.8);
    --_hit: 36px;
    --_cjk: var(--_first-cjk,) 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC';
    --_font: var(--rivulet-font, system-ui, var(--_cjk), sans-serif);
    --_mono: var(--rivulet-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
  }
  @media (pointer: coarse) {
    :host {
      --_hit: 44px;
    }
  }
`;

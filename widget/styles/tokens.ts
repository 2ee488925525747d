/** Colours, type, space and radii, as custom properties that everything inside the panel inherits. */

import { css } from './css.ts';

/**
 * Ink 2 and 3 have a contrast of at least 4.5 on every surface, sunken and raised; a test holds it.
 * On the tint only ink and ink 2 are used.
 */
export const tokens = css`
  :host {
    --_surface: light-dark(oklch(1 0 0), oklch(0.205 0.012 250));
    --_sunken: light-dark(oklch(0.973 0.004 240), oklch(0.175 0.012 250));
    --_raised: light-dark(oklch(1 0 0), oklch(0.245 0.013 250));
    --_ink: light-dark(oklch(0.24 0.015 250), oklch(0.94 0.006 245));
    --_ink-2: light-dark(oklch(0.46 0.015 250), oklch(0.76 0.012 245));
    --_ink-3: light-dark(oklch(0.535 0.013 250), oklch(0.67 0.013 245));
    --_line: light-dark(oklch(0.915 0.006 245), oklch(0.3 0.014 250));
    --_line-strong: light-dark(oklch(0.86 0.008 245), oklch(0.37 0.016 250));
    --_edge: light-dark(oklch(0.2 0.02 250 / 0.06), oklch(0.32 0.014 250));
    --_tint: light-dark(
      color-mix(in oklab, var(--_accent) 12%, var(--_surface)),
      color-mix(in oklab, var(--_accent) 18%, var(--_surface))
    );
    --_danger: light-dark(oklch(0.55 0.17 25), oklch(0.7 0.15 25));
    --_danger-tint: light-dark(
      color-mix(in oklab, var(--_danger) 9%, var(--_surface)),
      color-mix(in oklab, var(--_danger) 12%, var(--_surface))
    );
    --_radius-m: 12px;
    --_radius-l: 20px;
    --_text: 15px;
    --_small: 13px;
    --_tiny: 12px;
    --_hit: 36px;
    --_cjk: 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Hiragino Sans', 'Yu Gothic UI', 'Apple SD Gothic Neo',
      'Malgun Gothic';
    --_font: var(--rivulet-font, system-ui, var(--_cjk), sans-serif);
  }
  /* The same character is drawn otherwise in each of these languages: its own font goes first. */
  :host(:lang(zh-Hant)),
  :host(:lang(zh-TW)),
  :host(:lang(zh-HK)) {
    --_cjk: 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC';
  }
  :host(:lang(ja)) {
    --_cjk: 'Hiragino Sans', 'Yu Gothic UI', 'Noto Sans CJK JP';
  }
  :host(:lang(ko)) {
    --_cjk: 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans CJK KR';
  }
  @media (pointer: coarse) {
    :host {
      --_hit: 44px;
    }
  }
`;

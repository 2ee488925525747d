/** What says that something went wrong. */

import { css } from './css.ts';

export const alarmStyles = css`
  .alarm {
    --_flush: color-mix(in oklab, var(--_alarm) 10%, var(--_surface));
    border-radius: var(--_radius-m);
    padding: 8px;
    padding-inline-start: 14px;
    background: var(--_flush);
    color: color(from color-mix(in xyz-d65, var(--_said), color(from var(--_flush) var(--_goal))) var(--_legible));
    font-size: var(--_small);
    line-height: 1.5;
  }
  @media (forced-colors: active) {
    .alarm {
      border: 1px solid CanvasText;
    }
  }
`;

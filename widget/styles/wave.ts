/** The wave that flows while something is waited for. */

import { css } from './css.ts';

export const waveStyles = css`
  .wave {
    inline-size: 44px;
    block-size: 14px;
    overflow: hidden;
    color: var(--_accent-ink);
    mask: linear-gradient(to right, transparent, #000 25% 75%, transparent);
  }
  .wave path {
    animation: flow 900ms linear infinite;
  }
  @keyframes flow {
    to {
      transform: translateX(-13.4px);
    }
  }
`;

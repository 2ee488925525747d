/** The panel's look: where it stands, how it comes, its header. */

import { css } from '../styles/css.ts';

export const panelStyles = css`
  :host {
    /* Nothing of the page's type and colours is inherited. */
    all: initial;
    color-scheme: light dark;
    container-type: size;
    /* Where the page gives the chat no height; without its border. */
    contain-intrinsic-block-size: 638px;
    position: relative;
    box-sizing: border-box;
    display: block;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
    background: var(--_surface);
    color: var(--_ink);
    font: var(--_text) / 1.6 var(--_font);
    text-align: start;
    -webkit-font-smoothing: antialiased;
    -webkit-text-size-adjust: 100%;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  .frame:focus-visible {
    outline: 0;
  }
  :host([mode='inline']) {
    border: 1px solid var(--_line);
    border-radius: var(--_radius-l);
  }
  :host([mode='popup']) {
    position: fixed;
    z-index: 2147483000;
    inset-block-end: calc(88px + env(safe-area-inset-bottom));
    inset-inline-end: calc(20px + env(safe-area-inset-right));
    inline-size: min(400px, 100vw - 40px);
    block-size: min(660px, 100dvh - 108px - env(safe-area-inset-bottom));
    border-radius: var(--_radius-l);
    box-shadow:
      0 0 0 1px var(--_line),
      var(--_shadow);
    transform-origin: bottom right;
    transition: 200ms ease-out;
    transition-property: opacity, transform;
  }
  :host([mode='popup'][position='start']) {
    inset-inline: calc(20px + env(safe-area-inset-left)) auto;
    transform-origin: bottom left;
  }
  :host([mode='popup']:dir(rtl)) {
    transform-origin: bottom left;
  }
  :host([mode='popup'][position='start']:dir(rtl)) {
    transform-origin: bottom right;
  }
  /* It grows out of the launcher, and can have the focus at once. */
  :host([mode='popup']:not([open])) {
    transition-property: opacity, transform, visibility;
    visibility: hidden;
    opacity: 0;
    transform: translateY(12px) scale(0.92);
  }
  @starting-style {
    :host([mode='popup'][open]) {
      opacity: 0;
      transform: translateY(12px) scale(0.92);
    }
  }
  /* As high as the panel has become, whatever made it so. */
  .frame {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    padding: inherit;
  }
  .header {
    flex: none;
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: calc(var(--_space) * 14);
    border-block-end: 1px solid var(--_line);
    padding-inline: 16px 8px;
  }
  h2 {
    flex: 0 1 auto;
    min-inline-size: 0;
    margin: 0;
    overflow: hidden;
    font-size: var(--_text);
    font-weight: 620;
    letter-spacing: -0.01em;
    line-height: 1.6;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .model {
    flex: 0 100 auto;
    min-inline-size: 48px;
    overflow: hidden;
    border-radius: var(--_round);
    padding: 2px 9px;
    background: var(--_sunken);
    color: var(--_ink-2);
    font-size: var(--_tiny);
    line-height: 1.5;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* As high for a finger as the other buttons, and no higher to the eye. */
  button.model {
    border: 7px solid transparent;
    border-inline-width: 0;
    background-clip: padding-box;
  }
  .gap {
    flex: 1;
  }
  .tool {
    border-radius: var(--_radius-s);
    color: var(--_ink-2);
  }
  @media (hover: hover) {
    .model:hover {
      color: var(--_ink);
    }
    .tool:hover {
      background: var(--_sunken);
      color: var(--_ink);
    }
  }
  /* On a phone the panel is the screen. */
  @media (max-width: 480px), (max-height: 480px) {
    :host([mode='popup'][position]) {
      inset: 0;
      inline-size: 100%;
      block-size: 100dvh;
      border-radius: 0;
      padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
        env(safe-area-inset-left);
    }
  }
  @media (forced-colors: active) {
    :host {
      border: 1px solid CanvasText;
    }
    .model,
    button.model {
      border: 1px solid CanvasText;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host([mode='popup']) {
      transition: none;
    }
  }
`;

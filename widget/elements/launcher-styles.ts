/** The launcher's look. */

import { css } from '../styles/css.ts';

export const launcherStyles = css`
  :host { display: contents }
  /* The page's own rules may match the host, never this frame. */
  .frame {
    all: initial;
    position: fixed;
    z-index: 2147483000;
    inset-block-end: calc(20px + env(safe-area-inset-bottom));
    inset-inline-end: calc(20px + env(safe-area-inset-right));
    color-scheme: light dark;
    display: flex;
    align-items: center;
    gap: 12px;
    font: 13px/1.45 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif;
  }
  :host([theme="light"]) .frame { color-scheme: light }
  :host([theme="dark"]) .frame { color-scheme: dark }
  :host([position="start"]) .frame {
    inset-inline: calc(20px + env(safe-area-inset-left)) auto;
    flex-direction: row-reverse;
  }
  button {
    position: relative;
    appearance: none;
    box-sizing: border-box;
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    margin: 0;
    border: 0;
    border-radius: calc(var(--rivulet-radius, 20px) * 1.4);
    padding: 0;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: var(--_shadow);
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition: transform 120ms ease-out;
  }
  :host([unread]) button::after {
    content: "";
    position: absolute;
    inset-block-start: 1px;
    inset-inline-end: 1px;
    inline-size: 10px;
    block-size: 10px;
    border: 2px solid light-dark(#fff, #16191d);
    border-radius: 50%;
    background: light-dark(oklch(0.58 0.22 25), oklch(0.68 0.19 25));
  }
  button:active { transform: scale(0.95) }
  button:focus-visible { outline: 2px solid var(--_accent); outline-offset: 3px }
  @media (hover: hover) { button:hover { transform: scale(1.04) } button:hover:active { transform: scale(0.97) } }
  svg {
    grid-area: 1 / 1;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2.2;
    stroke-linecap: round;
    stroke-linejoin: round;
    transition: opacity 120ms ease-out, transform 200ms ease-out;
  }
  .mark { inline-size: 28px; block-size: 28px }
  .mark path + path { opacity: 0.55 }
  .fold { inline-size: 24px; block-size: 24px; opacity: 0; transform: translateY(-6px) }
  :host([open]) .mark { opacity: 0; transform: translateY(6px) }
  :host([open]) .fold { opacity: 1; transform: none }
  [aria-busy="true"] .mark { mask: linear-gradient(to right, transparent 8%, #000 30% 70%, transparent 92%) }
  [aria-busy="true"] path { animation: flow 1.1s linear infinite }
  [aria-busy="true"] path + path { animation-duration: 1.5s }
  @keyframes flow { to { transform: translateX(-12px) } }
  p {
    margin: 0;
    box-sizing: border-box;
    max-inline-size: min(260px, 100vw - 120px);
    border-radius: 12px;
    padding: 8px 12px;
    background: light-dark(oklch(1 0 0), oklch(0.245 0.013 250));
    color: light-dark(oklch(0.24 0.015 250), oklch(0.94 0.006 245));
    box-shadow: var(--_shadow);
  }
  p:empty { display: none }
  /* On a phone the panel is the screen, and has its own way out. */
  @media (max-width: 480px), (max-height: 480px) { :host([open]) .frame { display: none } }
  @media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
  @media (forced-colors: active) { button { border: 2px solid ButtonText } :host([unread]) button::after { background: Highlight } }
`;

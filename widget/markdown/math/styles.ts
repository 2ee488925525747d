/** How formulas look where browsers' own rules for MathML are not enough. */

import { styleSheet } from '../later/styles.ts';

export const mathStyles = styleSheet(/* css */ `
  math {
    font-family: 'Cambria Math', 'STIX Two Math', 'STIXTwoMath-Regular', 'Noto Sans Math', 'Latin Modern Math', math;
    font-style: normal;
    font-weight: normal;
    line-height: normal;
    text-indent: 0;
    letter-spacing: normal;
    direction: ltr;
    /* Negative spaces must not put a formula over what is around it. */
    contain: paint;
    padding: 0.1em 0.15em;
  }
  math * { border-color: currentcolor; }
  math.tml-display { display: block; display: block math; }
  mfrac > :nth-child(2), msqrt, mover > :first-child { math-shift: compact; }
  .tml-left { text-align: -webkit-left; text-align: left; }
  .tml-right { text-align: -webkit-right; text-align: right; }
  mtable.tml-jot > mtr > mtd { padding-block: 0.7ex; }
  mtable.tml-small mtd { padding-block: 0.35ex; }
  .tml-fbox { padding: 3pt; border: 1px solid; }
  .tml-overline { padding-top: 0.1em; border-top: 0.065em solid; }
  .tml-underline { padding-bottom: 0.1em; border-bottom: 0.065em solid; }
  .tml-sml-pad { padding-left: 0.05em; }
  .tml-med-pad { padding-left: 0.1em; }
  .tml-lrg-pad { padding-left: 0.15em; }
  .tml-vec { transform: scale(0.75); }
  .tml-hat-1 { transform: scale(1.9, 1); }
  .tml-hat-2 { transform: scale(3.9, 1); }
  .tml-hat-3 { transform: scale(5.8, 1); }
  .tml-hat-4 { transform: scale(7.8, 1); }
  .tml-tilde-2 { transform: scale(2, 1.1); }
  .tml-tilde-3 { transform: scale(3, 1.1); }
  .tml-tilde-4 { transform: scale(4, 1.1); }
  menclose, .menclose { display: inline-block; position: relative; }
  .tml-cancel, .tml-xcancel {
    display: inline-block;
    position: absolute;
    inset: 0;
    background: currentcolor;
  }
  .upstrike { clip-path: polygon(0.05em 100%, 0 calc(100% - 0.05em), calc(100% - 0.05em) 0, 100% 0.05em); }
  .downstrike { clip-path: polygon(0 0.05em, 0.05em 0, 100% calc(100% - 0.05em), calc(100% - 0.05em) 100%); }
  .sout { clip-path: inset(calc(55% - 0.033em) 0 calc(45% - 0.033em)); }
  .tml-xcancel {
    clip-path: polygon(
      0.05em 0, 0 0.05em, calc(50% - 0.05em) 50%, 0 calc(100% - 0.05em), 0.05em 100%, 50% calc(50% + 0.05em),
      calc(100% - 0.05em) 100%, 100% calc(100% - 0.05em), calc(50% + 0.05em) 50%, 100% 0.05em,
      calc(100% - 0.05em) 0, 50% calc(50% - 0.05em)
    );
  }
`);

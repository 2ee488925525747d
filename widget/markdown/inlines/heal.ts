/** What is still open where the text ends for now, as it is shown until more comes: as if it were closed. */

import type { Bracket } from './brackets.ts';
import type { Delimiter } from './delimiters.ts';
import type { Scan } from './scan.ts';

/** Ends a reading: pairs up what is left, and unless the text is final closes what invites to it. */
export function finish(scan: Scan): void {
  const invited: Delimiter[] = [];
  const bracket = scan.around.final ? undefined : innermost(scan);
  if (bracket) {
    invited.push(...scan.delimiters.pairAfter(bracket.bottom));
    showAsLink(scan, bracket);
  }
  scan.delimiters.pair();
  if (scan.around.final) return;
  invited.push(...scan.delimiters.openers());
  for (const delimiter of invited) {
    if (!delimiter.inviting || delimiter.length > 3) continue;
    // Each of these is closed by the end.
    if (delimiter.char === '~') delimiter.opens.push('delete');
    else {
      if (delimiter.length > 1) delimiter.opens.push('strong');
      if (delimiter.length % 2 === 1) delimiter.opens.push('emphasis');
    }
    delimiter.length = 0;
  }
}

function innermost(scan: Scan): Bracket | undefined {
  const popped = scan.brackets.pop();
  return popped?.isAlive && popped.bracket.inviting ? popped.bracket : undefined;
}

function showAsLink(scan: Scan, bracket: Bracket): void {
  const isNote = scan.text[bracket.start] === '^';
  // Half an image or half a reference to a note is not shown.
  bracket.isHidden = bracket.isImage || isNote;
  if (bracket.isImage) bracket.container = { type: 'image', src: '', alt: '', title: '' };
  else bracket.container = { type: 'link', href: undefined, title: '', children: [] };
}

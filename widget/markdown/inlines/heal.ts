/** What is still open where the text ends for now, as it is shown until more comes: as if it were closed. */

import type { Scan } from './scan.ts';

/** Ends a reading: pairs up what is left, and unless the text is final closes what invites to it. */
export function finish(scan: Scan): void {
  const invited = scan.final ? [] : (scan.brackets?.heal(scan) ?? []);
  scan.delimiters.pair();
  if (scan.final) return;
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

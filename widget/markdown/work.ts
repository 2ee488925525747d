/** What all that reads text has in common: a count of the characters looked at, and the names of characters. */

import type { Named } from './entities.ts';

export class Work {
  /** Every loop over text adds what it has read. */
  examined = 0;
  readonly named: Named;

  constructor(named: Named) {
    this.named = named;
  }
}

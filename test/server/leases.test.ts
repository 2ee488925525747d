/** The leases: one suite for all of them. */

import { MemoryLeases } from '../../server/limits/memory-leases.ts';
import { leasesSuite } from '../support/leases-suite.ts';

leasesSuite('memory', async limits => {
  let now = 0;
  return {
    leases: new MemoryLeases(limits, () => now),
    pass: async ms => {
      now += ms;
    },
  };
});

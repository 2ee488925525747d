/** The event logs: one suite for all of them. */

import { MemoryEventLog } from '../../server/generations/memory-event-log.ts';
import { eventLogSuite } from '../support/event-log-suite.ts';

eventLogSuite('memory', async () => {
  const log = new MemoryEventLog();
  return { writer: log, reader: log };
});

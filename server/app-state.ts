/** What an app remembers besides its parts: one with other settings, that takes its place, goes on with it. */

import { Deliveries } from './contact/deliveries.ts';
import { LastHour } from './telemetry/last-hour.ts';
import { createPseudonyms, type Pseudonyms } from './telemetry/pseudonyms.ts';
import { TtftRecord } from './telemetry/ttft.ts';

export interface AppState {
  ttft: TtftRecord;
  hour: LastHour;
  pseudonyms: Pseudonyms;
  /** By address: its connections that read answers. */
  readers: Map<string, number>;
  /** What is on its way to somebody else. */
  deliveries: Deliveries;
}

export function newAppState(): AppState {
  return {
    ttft: new TtftRecord(),
    hour: new LastHour(),
    pseudonyms: createPseudonyms(),
    readers: new Map(),
    deliveries: new Deliveries(),
  };
}

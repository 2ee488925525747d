/** Whose places an answer takes. */

import type { Client } from '../clients/client.ts';
import { ownerOf } from '../clients/client.ts';
import type { Holder, LeaseLimits } from './leases.ts';

/**
 * The visitor's, and besides the address's, so that another session of the same visitor is worth no more places. A
 * visitor who may have more than their address is held to that.
 */
export function holdersOf(client: Client, limits: LeaseLimits): [Holder, ...Holder[]] {
  const owner = ownerOf(client);
  const streams = client.limits.streams ?? limits.streamsPerClient;
  if (client.visitor === null) return [{ name: owner, streams }];
  const address = ownerOf({ ...client, visitor: null });
  return [
    { name: owner, streams },
    { name: address, streams: limits.streamsPerAddress ?? limits.streamsPerClient },
  ];
}

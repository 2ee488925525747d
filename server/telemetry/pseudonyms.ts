/** Names for clients and visitors that tell them apart without saying who they are. */

import type { Client } from '../clients/client.ts';

export interface Pseudonym {
  client: string;
  /** Of who has a session. */
  visitor?: string;
}

export type Pseudonyms = (client: Client) => Promise<Pseudonym>;

/** The names hold for this process: the salt is new at every start. */
export function createPseudonyms(): Pseudonyms {
  const salt = crypto.randomUUID();
  // The log and the audit of one request ask for the same.
  const known = new WeakMap<Client, Promise<Pseudonym>>();
  const name = async ({ address, visitor }: Client): Promise<Pseudonym> => ({
    client: await hash(salt + address),
    ...(visitor && { visitor: await hash(salt + visitor) }),
  });
  return client => {
    let pseudonym = known.get(client);
    if (!pseudonym) known.set(client, (pseudonym = name(client)));
    return pseudonym;
  };
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest, 0, 6), byte => byte.toString(16).padStart(2, '0')).join('');
}

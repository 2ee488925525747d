/** Names for clients and visitors that tell them apart without saying who they are. */

import type { Client } from '../clients/client.ts';
import { hexDigest } from '../hex-digest.ts';

export interface Pseudonym {
  client: string;
  /** Of who has a session. */
  visitor?: string;
}

export type Pseudonyms = (client: Client) => Promise<Pseudonym>;

const NAME_CHARACTERS = 12;
/** Names that are remembered: a client asks again and again, and each digest takes a thread's time. */
const MOST_REMEMBERED = 1_000;

/** The names hold for this process: the salt is new at every start. */
export function createPseudonyms(): Pseudonyms {
  const salt = crypto.randomUUID();
  const remembered = new Map<string, Promise<string>>();
  const name = (text: string): Promise<string> => {
    let digest = remembered.get(text);
    if (!digest) {
      for (const oldest of remembered.keys()) {
        if (remembered.size < MOST_REMEMBERED) break;
        remembered.delete(oldest);
      }
      remembered.set(text, (digest = hexDigest(salt + text).then(hex => hex.slice(0, NAME_CHARACTERS))));
    }
    return digest;
  };
  return async ({ address, visitor }) => ({
    client: await name(address),
    ...(visitor && { visitor: await name(visitor) }),
  });
}

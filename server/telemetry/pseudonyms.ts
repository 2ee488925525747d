/** Names for clients that tell them apart without keeping their addresses. */

export type Pseudonyms = (client: string) => Promise<string>;

/** The names hold for this process: the salt is new at every start. */
export function createPseudonyms(): Pseudonyms {
  const salt = crypto.randomUUID();
  return async client => {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(salt + client));
    return Array.from(new Uint8Array(digest, 0, 6), byte => byte.toString(16).padStart(2, '0')).join('');
  };
}

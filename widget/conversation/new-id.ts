/** Ids of conversations and messages. `crypto.randomUUID` is missing on plain-http pages, so they are made here. */

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

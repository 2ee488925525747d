/** What says of two texts whether they are the same, and nothing else of them: SHA-256, in hexadecimal digits. */
export async function hexDigest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Whose conversations with whom: records of two scopes never mix. The site is no part of it, as browsers keep each origin apart. */

export interface ScopeParts {
  /** Base URL of the server that answers. */
  endpoint: string;
  /** Who is logged in, as the page names them; nobody where it is absent or empty. */
  userId?: string | null;
}

/** A relative endpoint is what it is from this page; a slash at its end makes no other one of it. */
export function scopeOf({ endpoint, userId }: ScopeParts): string {
  const base = document.baseURI;
  const address = URL.canParse(endpoint, base) ? new URL(endpoint, base).href : endpoint;
  return JSON.stringify([address.replace(/\/+$/, ''), userId || null]);
}

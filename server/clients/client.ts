/** Who sends a request, and what is theirs. */

/** What a session's token may say of its visitor's limits; what it does not say is as the settings have it. */
export interface VisitorLimits {
  /** Answers that the visitor may have running at once. */
  streams?: number | undefined;
  requestsPerMinute?: number | undefined;
  tokensPerDay?: number | undefined;
}

export interface Client {
  /** Where it comes from, as nobody can choose it by a header: see address.ts. */
  address: string;
  /** Who it is, by the token of a session; null without one. */
  visitor: string | null;
  /** The site whose page sends it; null where neither a browser nor a token says so. */
  origin: string | null;
  limits: VisitorLimits;
}

/**
 * Whose an answer is that this client asks for: the visitor's, wherever their network is by then, or else the address's.
 * Nobody else resumes it, stops it or gets it by its key.
 */
export function ownerOf({ visitor, address }: Client): string {
  return visitor === null ? `address:${address}` : `visitor:${visitor}`;
}

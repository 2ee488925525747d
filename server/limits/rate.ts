/** How often something may be done. */

export interface Rate {
  /** @throws ApiError `rate_limited`, which says how long to wait */
  count(key: string): Promise<void>;
}

/** One connection to a server: it can be aborted, and tells whoever watches it that something has come. */
export class Connection extends AbortController {
  /** Called for each piece that arrives. */
  alive = (): void => {};
}

/** One connection to a server: it can be ended, and tells whoever watches it that something has come. */

export class Connection {
  readonly #abort = new AbortController();
  /** Called for each piece that arrives. */
  alive = (): void => {};

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  end(): void {
    this.#abort.abort();
  }
}

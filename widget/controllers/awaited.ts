/** Waits for something to come true that changes now and then. */

export class Awaited {
  readonly #looks = new Set<() => void>();

  until(passes: () => boolean): Promise<void> {
    return new Promise(resolve => {
      const look = () => {
        if (!passes()) return;
        this.#looks.delete(look);
        resolve();
      };
      this.#looks.add(look);
      look();
    });
  }

  /** Something has changed. */
  look(): void {
    for (const look of this.#looks) look();
  }
}

/** One writer at a time where a transaction spans awaits: others wait at the door meanwhile. */
export class Turnstile {
  #last: Promise<void> = Promise.resolve();
  #held = 0;

  /** Resolves when no exclusive work is going on. */
  async pass(): Promise<void> {
    while (this.#held > 0) await this.#last;
  }

  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    this.#held += 1;
    let release = (): void => {};
    this.#last = new Promise<void>((resolve) => {
      release = resolve;
    });
    try {
      await before;
      return await work();
    } finally {
      this.#held -= 1;
      release();
    }
  }
}

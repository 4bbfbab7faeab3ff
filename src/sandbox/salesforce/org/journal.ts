/** Remembers how to take changes back while a transaction is open. */
export class Journal {
  readonly #undo: (() => void)[] = [];
  #depth = 0;

  get open(): boolean {
    return this.#depth > 0;
  }

  /** Note how to undo a change just made; forgotten when no transaction is open. */
  note(undo: () => void): void {
    if (this.#depth > 0) this.#undo.push(undo);
  }

  /** Runs `work`; when it returns false or throws, every change made within is taken back, last first. */
  run(work: () => boolean): boolean {
    const mark = this.#undo.length;
    this.#depth++;
    let kept = false;
    try {
      kept = work();
    } finally {
      this.#depth--;
      if (!kept) this.#rollback(mark);
      else if (this.#depth === 0) this.#undo.length = 0;
    }
    return kept;
  }

  #rollback(mark: number): void {
    while (this.#undo.length > mark) this.#undo.pop()?.();
  }
}

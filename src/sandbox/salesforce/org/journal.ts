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

  /**
   * The same for work that awaits: what was changed since is kept or taken back. Ends
   * once, whichever comes first.
   */
  begin(): { commit(): void; rollback(): void } {
    const mark = this.#undo.length;
    let ended = false;
    const end = (kept: boolean): void => {
      if (ended) return;
      ended = true;
      this.#close(mark, kept);
    };
    this.#depth++;
    return { commit: () => end(true), rollback: () => end(false) };
  }

  /**
   * Runs `work`; when it returns false or throws, every change made within
   * is taken back, last first.
   */
  run(work: () => boolean): boolean {
    const mark = this.#undo.length;
    this.#depth++;
    let kept = false;
    try {
      kept = work();
    } finally {
      this.#close(mark, kept);
    }
    return kept;
  }

  #close(mark: number, kept: boolean): void {
    this.#depth--;
    if (!kept) while (this.#undo.length > mark) this.#undo.pop()?.();
    else if (this.#depth === 0) this.#undo.length = 0;
  }
}

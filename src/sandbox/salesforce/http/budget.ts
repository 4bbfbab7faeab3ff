/**
 * A daily allocation (API calls, Bulk query jobs, bytes of their results): a rolling 24 hours of
 * the sandbox's time, in minutes.
 */
const WINDOW_MINUTES = 24 * 60;
/** A MB of Bulk results. */
export const BULK_MB = 1024 * 1024;

export class ApiBudget {
  limit: number;
  readonly #nowMs: () => number;
  /** Calls a minute, oldest first. */
  #minutes: { minute: number; calls: number }[] = [];
  #used = 0;

  constructor(limit: number, nowMs: () => number) {
    this.limit = limit;
    this.#nowMs = nowMs;
  }

  used(): number {
    const oldest = Math.floor(this.#nowMs() / 60_000) - WINDOW_MINUTES;
    while (this.#minutes[0] !== undefined && this.#minutes[0].minute <= oldest)
      this.#used -= this.#minutes.shift()?.calls ?? 0;
    return this.#used;
  }

  /**
   * Counts a call; false = the allocation is used up and the call must be refused
   * (refused calls do not count).
   */
  spend(): boolean {
    if (this.used() >= this.limit) return false;
    const minute = Math.floor(this.#nowMs() / 60_000);
    const last = this.#minutes.at(-1);
    if (last !== undefined && last.minute >= minute) last.calls += 1;
    else this.#minutes.push({ minute, calls: 1 });
    this.#used += 1;
    return true;
  }

  /** Pretend that `calls` were made now, by other integrations. */
  use(calls: number): void {
    this.#minutes.push({ minute: Math.floor(this.#nowMs() / 60_000), calls });
    this.#used += calls;
  }

  header(): string {
    return `api-usage=${this.used()}/${this.limit}`;
  }
}

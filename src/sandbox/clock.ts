/**
 * The sandbox's own time. Records are stamped with it and the Date header shows it; what must agree
 * with a client's clock (token lifetimes) uses `wallMs`.
 */
export interface ClockOptions {
  /** Where the sandbox's time starts, epoch ms; default: now. */
  nowMs?: number;
  /** Does time pass by itself? Default true. */
  ticking?: boolean;
  /** The real clock underneath, replaceable in tests. */
  wallMs?: () => number;
}

export class VirtualClock {
  readonly wallMs: () => number;
  #baseMs: number;
  #startedWallMs: number;
  #ticking: boolean;

  constructor(options: ClockOptions = {}) {
    this.wallMs = options.wallMs ?? Date.now;
    this.#startedWallMs = this.wallMs();
    this.#baseMs = options.nowMs ?? this.#startedWallMs;
    this.#ticking = options.ticking ?? true;
  }

  get ticking(): boolean {
    return this.#ticking;
  }

  /**
   * Epoch ms of the sandbox: base, what was advanced, and while ticking the real time that passed.
   */
  nowMs(): number {
    return this.#ticking ? this.#baseMs + (this.wallMs() - this.#startedWallMs) : this.#baseMs;
  }

  set(nowMs: number): void {
    this.#baseMs = nowMs;
    this.#startedWallMs = this.wallMs();
  }

  /** Moves time on by `byMs` (zero or more). Returns the new time. */
  advance(byMs: number): number {
    if (!Number.isFinite(byMs) || byMs < 0)
      throw new RangeError(`The clock moves forward only: ${byMs}`);
    this.#baseMs += byMs;
    return this.nowMs();
  }

  freeze(): void {
    this.set(this.nowMs());
    this.#ticking = false;
  }

  unfreeze(): void {
    this.set(this.nowMs());
    this.#ticking = true;
  }
}

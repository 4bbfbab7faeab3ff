/** What the host gives a connector: the wire, a clock, chance, and a place to keep secrets. */
export interface ConnectorDeps {
  fetch: typeof fetch;
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
  /** 0 <= x < 1, for jitter only. */
  random: () => number;
  log: (event: string, data?: Record<string, unknown>) => void;
  /**
   * Hosts beside the vendor's own that the operator lets secrets be sent to; one that begins with a
   * dot stands for all below it.
   */
  hosts?: readonly string[];
  /** Persist a rotated secret before it is used (refresh tokens). */
  saveSecret: (name: string, value: string) => Promise<void>;
  /**
   * How much was too much in earlier runs, by what was asked for, and where to note it; absent
   * where nothing is kept between runs.
   */
  pageSizes?: {
    known: Record<string, number>;
    learn: (what: string, rows: number) => Promise<void>;
  };
  /**
   * Spends a secret that works only once (a rotating refresh token): `exchange` gets the
   * newest value while no other process can spend it, and `next` is kept before the result is
   * handed on. Absent where no other process can hold the secret; the connector then keeps its
   * own and calls `saveSecret`.
   * `lasting`: the CRM documents that the value stays the same when it is used, so nothing is
   * refused for want of a place to keep another one in.
   */
  spendSecret?: <T>(
    name: string,
    exchange: (current: string) => Promise<{ result: T; next: string | undefined }>,
    options?: { lasting: boolean },
  ) => Promise<T>;
}

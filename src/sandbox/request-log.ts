/**
 * What was asked of the sandbox and how it answered, newest last, bounded, with
 * counters that are never dropped.
 */
export interface LoggedRequest {
  seq: number;
  /** The sandbox's time. */
  atMs: number;
  method: string;
  path: string;
  query: string;
  status: number;
  /** Wall time from first byte to answer. */
  tookMs: number;
  /** What the fault layer did to it. */
  fault: string | null;
  userAgent: string | null;
}

export interface RequestCounters {
  total: number;
  /**
   * `GET /services/data/:version/query` and the like: record ids and versions folded, so
   * that the list stays short.
   */
  routes: Record<string, number>;
  statuses: Record<string, number>;
  faults: Record<string, number>;
}

/** Enough to look back over a whole test, small enough to forget about in a long-running server. */
const KEPT_REQUESTS = 5000;

export class RequestLog {
  #entries: LoggedRequest[] = [];
  #seq = 0;
  #counters: RequestCounters = emptyCounters();

  add(entry: Omit<LoggedRequest, 'seq'>): void {
    this.#seq += 1;
    this.#entries.push({ seq: this.#seq, ...entry });
    // Dropped in slabs, so that a full log costs nothing per request.
    if (this.#entries.length > KEPT_REQUESTS * 2)
      this.#entries = this.#entries.slice(-KEPT_REQUESTS);
    this.#counters.total += 1;
    bump(this.#counters.routes, `${entry.method} ${routeOf(entry.path)}`);
    bump(this.#counters.statuses, String(entry.status));
    if (entry.fault !== null) bump(this.#counters.faults, entry.fault);
  }

  /** The newest `limit` entries after `sinceSeq`, oldest first. */
  list(sinceSeq = 0, limit = KEPT_REQUESTS): LoggedRequest[] {
    return this.#entries.filter((entry) => entry.seq > sinceSeq).slice(-limit);
  }

  counters(): RequestCounters {
    return structuredClone(this.#counters);
  }

  clear(): void {
    this.#entries = [];
    this.#counters = emptyCounters();
  }
}

function emptyCounters(): RequestCounters {
  return { total: 0, routes: {}, statuses: {}, faults: {} };
}

function bump(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The path with versions and anything that looks like an id or a locator replaced. */
function routeOf(path: string): string {
  return path
    .split('/')
    .map((part) =>
      /^v\d+\.\d$/.test(part)
        ? ':version'
        : /\d/.test(part) && /^[\w.-]{9,}$/.test(part) && !part.endsWith('__c')
          ? ':id'
          : part,
    )
    .join('/');
}

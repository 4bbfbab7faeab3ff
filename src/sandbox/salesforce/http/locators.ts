/** Cursors of queries with more pages. */
import { randomBytes } from 'node:crypto';
import type { OrgQuery } from '../org-types.ts';

/** A locator lives two days. */
const LOCATOR_MS = 2 * 86_400_000;
/** Old cursors are dropped beyond this; far above what a client that pages in order needs. */
const MAX_LOCATORS = 1000;

export interface OpenQuery {
  query: OrgQuery;
  userId: string;
  batchSize: number;
  openedMs: number;
}

export class LocatorStore {
  #open = new Map<string, OpenQuery>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A new cursor id, in the form the vendor's have (`0r8…`). */
  open(query: OrgQuery, userId: string, batchSize: number): string {
    const id = `0r8${randomBytes(24).toString('base64url').replace(/[-_]/g, '').slice(0, 15)}`;
    this.#open.set(id, { query, userId, batchSize, openedMs: this.#nowMs() });
    const oldest = this.#open.keys().next();
    if (this.#open.size > MAX_LOCATORS && !oldest.done) this.#open.delete(oldest.value);
    return id;
  }

  /**
   * The cursor and offset of a locator like `0r8xx5R2sM3DgWhASK-2000`; null when unknown,
   * another user's, or two days old.
   */
  find(locator: string, userId: string): { id: string; offset: number; cursor: OpenQuery } | null {
    const found = /^(0r8\w+)-(\d+)$/.exec(locator);
    const id = found?.[1] ?? '';
    const cursor = this.#open.get(id);
    if (found === null || cursor === undefined || cursor.userId !== userId) return null;
    if (this.#nowMs() - cursor.openedMs >= LOCATOR_MS) {
      this.#open.delete(id);
      return null;
    }
    return { id, offset: Number(found[2]), cursor };
  }

  clear(): void {
    this.#open.clear();
  }
}

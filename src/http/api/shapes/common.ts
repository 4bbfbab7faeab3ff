import * as z from 'zod';
import { Problem } from '../problem.ts';

/** A moment as the API tells it. */
export const time = z.string().nullable().describe('ISO 8601; null = never');
export const iso = (ms: number | null | undefined): string | null =>
  ms == null ? null : new Date(ms).toISOString();

/** `true` or `false` of a query. */
export const flag = z.enum(['true', 'false']).default('false');

const MAX_LIMIT = 500;
/** How a list is paged: so many, and behind which place. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(50),
  after: z.string().max(20).optional().describe('`next` of the page before'),
};
export const next = z.string().nullable().describe('`after` of the next page; null = no more');

/** Where a page begins. Errors: 400 for a place that no page named. */
export function skipOf(after: string | undefined): number {
  if (after === undefined) return 0;
  const skip = /^[0-9a-z]{1,7}$/.test(after) ? Number.parseInt(after, 36) : Number.NaN;
  if (Number.isSafeInteger(skip)) return skip;
  throw new Problem(400, 'INVALID', 'the query: after: is not the `next` of a page');
}

/** Where the page behind this one begins. */
export const placeAfter = ({ limit, after }: { limit: number; after?: string }): string =>
  (skipOf(after) + limit).toString(36);

/** One row more than wanted was asked for: it tells whether there is a next page. */
export function pageOf<T>(
  found: T[],
  page: { limit: number; after?: string },
): { rows: T[]; next: string | null } {
  return {
    rows: found.slice(0, page.limit),
    next: found.length > page.limit ? placeAfter(page) : null,
  };
}

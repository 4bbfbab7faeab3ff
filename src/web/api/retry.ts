import { ApiError } from './client.ts';

/** What the API has refused stays refused; only what could not be reached is tried again. */
export const retryUnreached = (count: number, error: unknown): boolean =>
  count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);

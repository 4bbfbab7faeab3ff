import { ApiError } from './client.ts';

/**
 * A run that is started takes this long at most until it is recorded, on a queue of Workers too.
 */
const RECORDED_WITHIN_MS = 120_000;

const started = new Map<string, number>();

/** Keeps that a run was started from here: its page may be opened before it is recorded. */
export const noteStarted = (run: string): void => void started.set(run, Date.now());

/** Whether a run is not found only because it has not begun yet. */
export const isYetToBegin = (run: string, error: unknown): boolean =>
  error instanceof ApiError &&
  error.code === 'NO_RUN' &&
  Date.now() - (started.get(run) ?? 0) < RECORDED_WITHIN_MS;

/** The envelope of batch answers: complete, or 207 with the errors of single items. */
import type { HubSpotError } from '../model/errors.ts';
import { instant } from '../model/text.ts';
import { json } from './site.ts';

export interface ItemError {
  status: 'error';
  category: string;
  message: string;
  context: Record<string, string[]>;
  links: Record<string, string>;
  errors: unknown[];
  subCategory?: string;
  id?: string;
}

/** `status` is that of a call without errors. */
export function batchAnswer(
  results: unknown[],
  errors: ItemError[],
  atMs: number,
  status = 200,
): Response {
  const stamps = { startedAt: instant(atMs), completedAt: instant(atMs) };
  if (errors.length === 0) return json({ status: 'COMPLETE', results, ...stamps }, status);
  return json({ status: 'COMPLETE', results, numErrors: errors.length, errors, ...stamps }, 207);
}

export function missingItems(plural: string, ids: string[]): ItemError {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `Could not get some ${plural} objects, they may be deleted or not exist. Check that ids are valid.`,
    context: { ids },
    links: {},
    errors: [],
  };
}

/** A refusal of one row, named by the trace id that the client gave it. */
export function itemError(
  error: HubSpotError,
  context: Record<string, string[]>,
  traceId?: string,
): ItemError {
  const { errors = [], subCategory } = error.extra as { errors?: unknown[]; subCategory?: string };
  return {
    status: 'error',
    category: error.category ?? 'VALIDATION_ERROR',
    message: error.message,
    links: {},
    errors,
    ...(subCategory === undefined ? {} : { subCategory }),
    context: { ...context, ...(traceId === undefined ? {} : { objectWriteTraceId: [traceId] }) },
    ...(traceId === undefined ? {} : { id: traceId }),
  };
}

/**
 * The only place that reads the CRM's codes: what it answered becomes what the engine should do.
 */
import { type ErrorKind, HeadwaterError } from '../../src/model/error.ts';
import { type MemoryCode, MemoryFault } from './crm-types.ts';

/** Some of a daily budget is free again every hour. */
const BUDGET_WAIT_MS = 60 * 60 * 1000;

const RULES: Record<MemoryCode, { kind: ErrorKind; cure?: string }> = {
  BUSY: { kind: 'transient' },
  LOST_ANSWER: { kind: 'transient' },
  OVER_BUDGET: {
    kind: 'limit',
    cure: 'A schedule goes on by itself when calls are free again; by hand, run the sync again then.',
  },
  SIGNED_OUT: { kind: 'auth', cure: 'Sign in again.' },
  NO_SUCH_OBJECT: {
    kind: 'config',
    cure: 'Take the object out of the mapping, or give the user access to it.',
  },
  NO_SUCH_FIELD: {
    kind: 'config',
    cure: 'Take the field out of the mapping, or give the user access to it.',
  },
  FORBIDDEN: { kind: 'config', cure: 'Give the user the permission.' },
};

/** Any failure of a call as the engine's error. A write whose answer was lost may have happened. */
export function toHeadwaterError(
  error: unknown,
  context: { write: boolean; nowMs: number },
): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  if (!(error instanceof MemoryFault))
    return new HeadwaterError('bug', error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  const rule = RULES[error.code];
  return new HeadwaterError(rule.kind, `Memory CRM: ${error.message}.`, {
    code: error.code,
    cause: error,
    outcomeUnknown: context.write && error.code === 'LOST_ANSWER',
    ...(rule.cure === undefined ? {} : { cure: rule.cure }),
    ...(rule.kind === 'limit' ? { retryAtMs: context.nowMs + BUDGET_WAIT_MS } : {}),
  });
}

import { allEnded } from '../../model/all-ended.ts';
import { canonicalJson } from '../../model/canonical.ts';
import type { ConnectorFeatures, CrmObject, CrmSession, ReadRange } from '../../model/connector.ts';
import { asHeadwaterError, HeadwaterError } from '../../model/error.ts';
import type { CompiledMapping, StreamSpec } from '../../model/mapping.ts';
import { RETRIES } from '../../model/retry.ts';
import { readCursor } from '../../store/cursors.ts';
import type { Store } from '../../store/store.ts';
import { fullPassDue } from '../read/pass.ts';
import type { CountedRows } from '../read/receipts.ts';

/** Calls of a stream whatever its size: describe, one page, the delete log, one COUNT. */
const CALLS_PER_STREAM = 4;
/**
 * The budget is looked at again after so many calls; where it costs a call
 * itself, that is two percent.
 */
export const RECHECK_AFTER_CALLS = 50;

/** Calls above the quota floor: `left` now, `most` on a day when nobody else made any. */
export interface CallBudget {
  left: number;
  most: number;
}

/**
 * Calls left above the quota floor, which belongs to people and other apps;
 * null = the CRM tells no budget.
 * Errors: `limit` with the time to look again when there are none left.
 */
export async function readBudget(
  session: CrmSession,
  floorPercent: number,
  nowMs: number,
): Promise<CallBudget | null> {
  const budget = await session.budget();
  if (budget.usedCalls === null || budget.limitCalls === null) return null;
  const most = Math.floor(budget.limitCalls * (1 - floorPercent / 100));
  if (most > budget.usedCalls) return { left: most - budget.usedCalls, most };
  throw overFloor(
    `the org has used ${budget.usedCalls} of ${budget.limitCalls} API calls of its day; the last ${floorPercent}% are left to people and other apps`,
    nowMs,
  );
}

/** Calls that a run will need. Writes are few and not counted. */
export interface CallPlan {
  /** Every stream's own, whatever else happens. */
  own: number;
  /**
   * Streams that are due to be read from their beginning, and the pages of that; `known`: an older
   * pass stands meanwhile that brought the same fields, so it can wait.
   */
  backfill: { object: string; calls: number; known: boolean }[];
  /** Living rows of the streams among them that windows are counted in, by the CRM's COUNT. */
  counted: Record<string, CountedRows>;
}

export async function planCalls(
  store: Store,
  session: CrmSession,
  connectionId: string,
  mapping: CompiledMapping,
  features: ConnectorFeatures,
  full: boolean,
  asOfMs: number,
): Promise<CallPlan> {
  const plan: CallPlan = {
    own: mapping.streams.length * CALLS_PER_STREAM,
    backfill: [],
    counted: {},
  };
  const due: { stream: StreamSpec; shape: CrmObject | null; known: boolean }[] = [];
  for (const stream of mapping.streams) {
    const cursor = await readCursor(store, connectionId, stream.object);
    const shape = await session.describe(stream.object);
    const known = cursor.throughMs !== null;
    const begun = cursor.passUntilMs !== null && cursor.passFromMs === null;
    // What has no stamp is read whole every time; such objects are small.
    const reason = fullPassDue(
      cursor,
      stream,
      shape,
      features,
      asOfMs,
      mapping.writes.some((write) => write.object === stream.object),
    );
    const whole = full || begun || reason !== null;
    if (!whole || !features.counts || (known && shape?.stampField == null)) continue;
    due.push({ stream, shape, known: known && reason !== 'fields' });
  }
  const untilMs = asOfMs - features.settleMs;
  const count = counter(session, untilMs);
  // All at once: a CRM may answer several in one call.
  await allEnded(
    due.map(async ({ stream, shape, known }) => {
      const { object } = stream;
      const of = shape?.perRecord;
      const rows = await (of === undefined
        ? count(stream, shape)
        : count({ object: of.object, where: [] }, await session.describe(of.object))
      ).catch(tooLargeToCount);
      const read = (of?.rows ?? 1) * (rows ?? 0);
      plan.backfill.push({
        object,
        calls: Math.ceil((read * (features.pageCalls ?? 1)) / features.readPage),
        known,
      });
      if (rows !== null && of === undefined && shape?.stampField != null)
        plan.counted[object] = { untilMs, rows };
    }),
  );
  const order = due.map(({ stream }) => stream.object);
  plan.backfill.sort((a, b) => order.indexOf(a.object) - order.indexOf(b.object));
  return plan;
}

/**
 * Rows that a read from the beginning will bring, about: those that are deleted are few, and so are
 * those too young to be counted surely. Each question is asked once.
 */
function counter(session: CrmSession, untilMs: number) {
  const asked = new Map<string, Promise<number>>();
  return (
    { object, where }: Pick<StreamSpec, 'object' | 'where'>,
    shape: CrmObject | null,
  ): Promise<number> => {
    const key = canonicalJson({ object, where });
    const range: ReadRange =
      shape?.stampField == null ? { kind: 'all' } : { kind: 'changed', fromMs: 0, untilMs };
    const answer = asked.get(key) ?? session.count({ object, where, range, includeDeleted: false });
    asked.set(key, answer);
    return answer;
  };
}

export const callsOf = (plan: CallPlan): number =>
  plan.backfill.reduce((sum, one) => sum + one.calls, plan.own);

/**
 * A COUNT over very many rows may time out; the plan then goes without it, and the
 * floor is kept during the run.
 */
function tooLargeToCount(error: unknown): null {
  if (asHeadwaterError(error).kind === 'transient') return null;
  throw error;
}

/** Why a run does not begin: it could not end above the floor. */
export const tooManyCalls = (planned: number, left: number, nowMs: number): HeadwaterError =>
  overFloor(
    `this run needs about ${planned} API calls, and ${left} are left above the quota floor`,
    nowMs,
  );

const overFloor = (message: string, nowMs: number): HeadwaterError =>
  new HeadwaterError('limit', message, {
    code: 'QUOTA_FLOOR',
    retryAtMs: nowMs + RETRIES.quota.firstMs,
    cure: 'Run again when the rolling 24 hours have freed calls, or lower limits.quotaFloorPercent in the connection document.',
  });

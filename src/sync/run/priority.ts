import type { CrmSession } from '../../model/connector.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import { findDocument, lastSyncedMapping } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { callsOf, tooManyCalls, type CallBudget, type CallPlan } from './budget.ts';
import { heldFields } from '../read/pause.ts';
import { documentVersion, requireMapping, type LiveMapping } from './prepare.ts';

/** What a run does with the calls it has. */
export interface Priorities {
  mapping: LiveMapping;
  mappingText: string;
  /**
   * The run works with the mapping of the last one: what the new one adds must be back-filled
   * first, and there is no budget for that.
   */
  mappingWaits: boolean;
  /** Full passes that wait. */
  deferred: { object: string; calls: number }[];
  planned: number;
  /** Living rows of what is read from its beginning, by the CRM's COUNT. */
  counted: CallPlan['counted'];
}

interface Wanted {
  mapping: LiveMapping;
  text: string;
  planOf: (mapping: LiveMapping) => Promise<CallPlan>;
}

/**
 * Write-back goes before back-fill. When the calls above the floor do not suffice for both, the run
 * keeps up with changes, scores and writes, and what must be read from its beginning (a new field
 * or stream, the daily refresh, a full run) waits for a later run. A back-fill larger than any
 * day's calls waits for nothing:
 * it goes as far as the floor, and on from there.
 * Errors: `limit` when the calls do not even suffice for that, or nothing is known
 * yet that could be written.
 */
export async function prioritise(
  store: Store,
  session: CrmSession,
  connection: ConnectionDocument,
  wanted: Wanted,
  budget: CallBudget | null,
  nowMs: number,
): Promise<Priorities> {
  const { mapping, text } = wanted;
  const plan = await wanted.planOf(mapping);
  const all: Priorities = {
    mapping,
    mappingText: text,
    mappingWaits: false,
    deferred: [],
    planned: callsOf(plan),
    counted: plan.counted,
  };
  if (budget === null || all.planned <= budget.left) return all;
  if (plan.own > budget.left) throw tooManyCalls(all.planned, budget.left, nowMs);
  if (all.planned > budget.most) return all;
  const last = await lastSyncedMapping(store, connection.id);
  if (last === documentVersion(mapping, text) && plan.backfill.every((one) => one.known))
    return {
      ...all,
      deferred: plan.backfill.map(({ object, calls }) => ({ object, calls })),
      planned: plan.own,
    };
  const before = last === null ? null : await earlier(store, session, connection, last);
  const earlierPlan = before === null ? null : await wanted.planOf(before.mapping);
  if (
    before === null ||
    earlierPlan === null ||
    earlierPlan.own > budget.left ||
    !earlierPlan.backfill.every((one) => one.known)
  )
    throw tooManyCalls(all.planned, budget.left, nowMs);
  return {
    ...before,
    mappingWaits: true,
    deferred: plan.backfill.map(({ object, calls }) => ({ object, calls })),
    planned: earlierPlan.own,
    counted: {},
  };
}

/** The mapping of an earlier run, if it still means the same in this CRM. */
async function earlier(
  store: Store,
  session: CrmSession,
  connection: ConnectionDocument,
  version: string,
): Promise<{ mapping: LiveMapping; mappingText: string } | null> {
  const mappingText = await findDocument(store, connection.id, 'mapping', version);
  if (mappingText === null) return null;
  const mapping = await requireMapping(
    session,
    mappingText,
    connection.crm,
    connection.mapping,
    () => heldFields(store, connection.id),
  ).catch(() => null);
  return mapping !== null && documentVersion(mapping, mappingText) === version
    ? { mapping, mappingText }
    : null;
}

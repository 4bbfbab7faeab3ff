import { and, eq } from 'drizzle-orm';
import {
  cursors,
  cursorsOf,
  heldStamps,
  intentsOpen,
  intentsOwed,
  leases,
  runs,
  runState,
} from './tables.ts';
import type { Store } from '../../src/store/store.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import type { Ended } from './engine.ts';
import { copyDifferences } from './oracle-copy.ts';
import { modelDifferences } from './oracle-model.ts';
import { planDifferences } from './oracle-plan.ts';
import type { World } from './world.ts';

/** Enough of a difference to begin with; the rest follows from it. */
const SHOWN = 4;

/**
 * What must hold whenever a process ends, however it ended: a cursor never says more
 * than the local copy holds.
 * Written from the CRM's side: the watch knows when each version of a row became visible.
 */
export async function afterRun(store: Store, world: World, ended: Ended): Promise<string[]> {
  const violations: string[] = [];
  const stamps = await heldStamps(store);
  for (const cursor of await cursorsOf(store))
    for (const id of world.ids(cursor.object))
      violations.push(...aheadOfRows(world, stamps, cursor, id));
  if (ended.kind === 'done') {
    // A dry run's plan stays planned until somebody applies it.
    const owed = (await intentsOwed(store, ended.outcome.run.id)).filter(
      (intent) => intent.state !== 'planned' || !ended.outcome.run.dryRun,
    );
    violations.push(
      ...owed.map(
        (intent) =>
          `run ${ended.outcome.run.id} is done, and its intent ${intent.object}/${intent.recordId}/${intent.field} is ${intent.state}`,
      ),
    );
  }
  if (ended.kind !== 'died') {
    const state = await runState(store, ended.runId);
    if (state === 'running')
      violations.push(`run ${ended.runId} ended (${ended.kind}) and its row still says running`);
  }
  return violations.slice(0, SHOWN);
}

type Cursor = Awaited<ReturnType<typeof cursorsOf>>[number];

/** What a cursor says beyond the version of one record that the local copy holds. */
function aheadOfRows(
  world: World,
  stamps: ReadonlyMap<string, number>,
  cursor: Cursor,
  id: string,
): string[] {
  const { object, throughMs, verifiedMs } = cursor;
  const key = `${object}/${id}`;
  const { stampMs, committedMs } = world.watch.versions.get(key)!;
  const held = stamps.get(key);
  if ((held !== undefined && held >= stampMs) || committedMs === Infinity) return [];
  const holds = held === undefined ? 'no such row' : `the version of ${iso(held)}`;
  const lag = `${key} is stamped ${iso(stampMs)}, was visible from ${iso(committedMs)}, and the local copy holds ${holds}`;
  const violations: string[] = [];
  if (throughMs !== null && committedMs < throughMs)
    violations.push(
      `cursor ahead of rows: ${object} is read through ${iso(throughMs)}, but ${lag}`,
    );
  if (verifiedMs !== null && stampMs < verifiedMs)
    violations.push(`false receipt: ${object} is verified through ${iso(verifiedMs)}, but ${lag}`);
  return violations;
}

/** What must hold when nothing has gone wrong for a while and the last sync has ended. */
export async function atRest(store: Store, world: World, last: SyncOutcome): Promise<string[]> {
  const changed =
    last.summary.pulled.reduce((sum, pull) => sum + pull.changed, 0) + last.summary.hardDeletes;
  const written = last.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);
  const rejected = last.summary.applied.reduce((sum, applied) => sum + applied.rejected, 0);
  const violations: string[] = [];
  if (changed > 0)
    violations.push(
      `no rest: the second run at rest found ${changed} changed rows (${last.summary.pulled
        .filter((pull) => pull.changed > 0)
        .map((pull) => `${pull.object} ${pull.changed}`)
        .join(', ')})`,
    );
  if (written > 0 || rejected > 0)
    violations.push(
      `no rest: the second run at rest wrote ${written} fields and had ${rejected} refused (${last.summary.applied.flatMap((applied) => applied.messages).join('; ')})`,
    );
  const held = new Set(last.summary.heldDeletions.map(({ object }) => object));
  violations.push(
    ...(await booksClosed(store)),
    ...(await receiptsTrue(store, world, last.summary.asOfMs)),
  );
  const expected = world.copy();
  violations.push(
    ...(await copyDifferences(store, world, expected, held)).slice(0, SHOWN),
    ...(await modelDifferences(store, world, world.model(expected))).slice(0, SHOWN),
    ...(await planDifferences(store, world, last)).slice(0, SHOWN),
  );
  return violations;
}

async function booksClosed(store: Store): Promise<string[]> {
  const open = await store.db.select({ id: runs.id }).from(runs).where(eq(runs.state, 'running'));
  const intents = await intentsOpen(store);
  const leased = await store.db.select().from(leases);
  return [
    ...open.map((run) => `run ${run.id} never ended`),
    ...intents
      .slice(0, SHOWN)
      .map(
        (intent) =>
          `intent ${intent.runId} ${intent.object}/${intent.recordId}/${intent.field} was left ${intent.state}`,
      ),
    ...leased
      .filter((lease) => lease.expiresMs !== 0)
      .map((lease) => `the lease of ${lease.holder} was never given back`),
  ];
}

/** Windows are closed up to the settle lag, and their counts are the CRM's. */
async function receiptsTrue(store: Store, world: World, asOfMs: number): Promise<string[]> {
  const violations: string[] = [];
  for (const object of world.objects) {
    const [cursor] = await store.db
      .select()
      .from(cursors)
      .where(and(eq(cursors.connectionId, 'chaos'), eq(cursors.object, object)));
    if (cursor?.verifiedMs !== asOfMs - world.settleMs)
      violations.push(
        `${object} is verified through ${iso(cursor?.verifiedMs ?? 0)} only, at ${iso(asOfMs)}`,
      );
  }
  return violations;
}

const iso = (ms: number): string => new Date(ms).toISOString();

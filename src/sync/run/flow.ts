import type { CompiledWrite } from '../../model/mapping.ts';
import type { Gone } from '../../mapping/compile/gone.ts';
import type { Forecast } from '../../model/score.ts';
import type { Receipt } from '../../store/cursors.ts';
import type { RunFailure } from '../../store/run-failures.ts';
import { clearWhatIf, copyPage, type CopyPlace } from '../../store/what-if.ts';
import { FORGET_GOES_PER_RUN, forgottenBeforeMs } from './limits.ts';
import { dropForeignHints } from '../../store/hints.ts';
import { forgetDeleted, forgetRefused, forgetWords } from '../../store/forget-deleted.ts';
import { pruneHistory } from '../../store/prune.ts';
import { applyPlan, applyResult, type ApplyResult, type ApplyStep } from '../write/apply.ts';
import type { Connected } from './connect.ts';
import type { RunContext } from './context.ts';
import { judgeClaims, type ClaimStep } from '../measure/claims.ts';
import { creditDeals, foldCredit, type CreditStep, type CreditSummary } from '../measure/credit.ts';
import { objectNames } from '../read/hints.ts';
import { linkModel, type LinkStep, type NoRate } from '../measure/link.ts';
import type { SeveralTold } from '../measure/several.ts';
import { holdsWrites } from '../read/pause.ts';
import {
  planClears,
  planResult,
  planWrites,
  type PlanResult,
  type PlanStep,
} from '../write/plan.ts';
import type { PullResult } from '../read/pull.ts';
import { verifiedThrough } from '../read/receipts.ts';
import { remapLocal } from '../read/remap.ts';
import { notePlans, type PlanMemoryStep } from '../measure/plan-memory.ts';
import type { RunChanges } from '../measure/run-changes.ts';
import type { ShadowStanding } from '../write/gate.ts';
import { settleUnknown } from '../write/settle.ts';
import { measureFlow } from './measure-flow.ts';
import { pullFlow } from './pull-flow.ts';
import { runUntilDone, type Steps } from './steps.ts';

export interface SyncOptions {
  dryRun: boolean;
  full: boolean;
}

export interface SyncSummary extends SeveralTold {
  org: string;
  asOfMs: number;
  mapping: string;
  model: string | null;
  /** Calls above the quota floor at the start; null = the CRM told no budget, an alarm. */
  callsLeft: number | null;
  callsPlanned: number;
  /** Full passes that wait for budget: write-back goes before back-fill. */
  deferred: { object: string; calls: number }[];
  /** A changed mapping waits with them; this run used the one before. */
  mappingWaits: boolean;
  /** A dry run that read the rows in another way than what is served, in a copy of them. */
  copied: boolean;
  /**
   * What the CRM no longer has or shows, before the run or since; the objects that it
   * belongs to stay as they were.
   */
  paused: Gone[];
  /** A partner or a deal is among them: no score is written back. */
  writesHeld: boolean;
  pulled: PullResult[];
  hardDeletes: number;
  /** Rows that vanished in such a number that a human must say they are gone. */
  heldDeletions: { object: string; rows: number }[];
  receipts: Receipt[];
  /** Every stream's windows are closed and counted up to here; null = some stream has none yet. */
  verifiedThroughMs: number | null;
  noRate: NoRate;
  /** Stages that no list names, where that keeps deals or their history out of the numbers. */
  unlistedStages: LinkStep['stages'];
  contradictedStages: LinkStep['contradicted'];
  /** References that lead to nobody, field by field. */
  lostReferences: LinkStep['lost'];
  partners: number;
  deals: number;
  forecast: Forecast | null;
  /** What changed since the run before; null = there was none, or partners are too many. */
  changes: RunChanges | null;
  /** Where `shadow: until-skill` stands; null = the connection does not ask for it. */
  shadow: ShadowStanding | null;
  /** Why the run ended early; null = it did not. */
  failure: RunFailure | null;
  /** null = the run did not come so far. */
  credit: (CreditSummary & Pick<ClaimStep, 'duplicates' | 'conflicts' | 'openConflicts'>) | null;
  plan: PlanResult[];
  applied: ApplyResult[];
}

export const emptySummary = (): SyncSummary => ({
  org: '',
  asOfMs: 0,
  mapping: '',
  model: null,
  callsLeft: null,
  callsPlanned: 0,
  deferred: [],
  mappingWaits: false,
  copied: false,
  paused: [],
  writesHeld: false,
  pulled: [],
  hardDeletes: 0,
  heldDeletions: [],
  receipts: [],
  verifiedThroughMs: null,
  noRate: [],
  unlistedStages: [],
  contradictedStages: [],
  lostReferences: [],
  severalPartners: [],
  severalLinks: [],
  severalProfiles: { rule: 'first', partners: 0, examples: [] },
  partners: 0,
  deals: 0,
  forecast: null,
  changes: null,
  shadow: null,
  failure: null,
  credit: null,
  plan: [],
  applied: [],
});

/**
 * The way of a record, as steps: settle, re-map, pull, close windows, link, fit, score,
 * forecast, plan, apply, prune.
 * A dry run is the same way without the writing. `summary` fills as the steps end, so that a failed
 * run still tells how far it came.
 */
export async function syncFlow(
  steps: Steps,
  connected: Connected,
  open: () => Promise<RunContext>,
  options: SyncOptions,
  summary: SyncSummary,
): Promise<void> {
  Object.assign(summary, {
    org: connected.org,
    asOfMs: connected.asOfMs,
    mapping: connected.mapping,
    callsLeft: connected.callsLeft,
    callsPlanned: connected.callsPlanned,
    deferred: connected.deferred,
    mappingWaits: connected.mappingWaits,
    copied: connected.copied === true,
    paused: [...(connected.paused ?? [])],
  }); // a run that an older version began has none
  if (options.dryRun) await beside(steps, open, connected.copied === true);
  await steps.run('settle', async () => await settleUnknown(await open()));
  for (const object of connected.streams)
    await runUntilDone(
      steps,
      `re-map ${object}`,
      async () => await remapLocal(await open(), object),
    );
  // What a mapping that waits would back-fill is not read by this one; a full pass
  // of this one's own waits too.
  await pullFlow(
    steps,
    connected,
    open,
    { full: options.full, deferred: connected.deferred.length > 0 },
    summary,
  );
  await steps
    .run('verified through', async () => ({ atMs: await verifiedThrough(await open()) }))
    .then((verified) => {
      summary.verifiedThroughMs = verified.atMs;
    });
  const linked = await steps.run('link', async () => await linkModel(await open(), summary.paused));
  summary.noRate = linked.noRate;
  summary.unlistedStages = linked.stages;
  summary.contradictedStages = linked.contradicted;
  summary.lostReferences = linked.lost;
  Object.assign(summary, linked.several);
  await runUntilDone(
    steps,
    'plan revisions',
    async (previous: PlanMemoryStep | null) => await notePlans(await open(), previous),
  );
  summary.writesHeld = holdsWrites(summary.paused);
  const writes = summary.writesHeld ? [] : connected.writes;
  await credit(steps, open, summary);
  await measureFlow(steps, open, summary.writesHeld, (part) => Object.assign(summary, part));
  for (const { object, entity, names } of writes) {
    const plan = async (name: string, pages: typeof planWrites): Promise<PlanStep[]> =>
      await runUntilDone<PlanStep>(steps, `${name} ${object} ${entity}`, async (previous) => {
        const context = await open();
        return await pages(context, writeOf(context, object, entity), previous);
      });
    const made = [...(await plan('plan', planWrites)), ...(await plan('clear', planClears))];
    summary.plan.push({ ...planResult(object, entity, made), names });
  }
  if (!options.dryRun)
    await applyFlow(steps, [...new Set(writes.map((write) => write.object))], open, summary);
  if (connected.copied === true)
    await steps.run('what-if end', async () => {
      const { store, servedId } = await open();
      await clearWhatIf(store, servedId, true);
    });
  // A mapping that is only tried drops no marks and forgets nobody.
  if (!options.dryRun) await forget(steps, open);
  await steps.run('prune', async () => {
    const context = await open();
    return await pruneHistory(context.store, context.servedId, heldBackMs(context));
  });
}

/** Whichever clock is behind: one that runs ahead must not cost history. */
const heldBackMs = ({ asOfMs, nowMs }: RunContext): number => Math.min(asOfMs, nowMs());

/** Drops the marks of objects that the mapping left, and erases what was deleted long ago. */
async function forget(steps: Steps, open: () => Promise<RunContext>): Promise<void> {
  await runUntilDone<{ goes: number; done: boolean }>(steps, 'forget', async (previous) => {
    const context = await open();
    const { store, servedId, connection } = context;
    const goes = (previous?.goes ?? 0) + 1;
    if (goes === 1)
      await store.batch(
        dropForeignHints(store, servedId, await objectNames(context), context.nowMs()),
      );
    const beforeMs = forgottenBeforeMs(connection.retention, heldBackMs(context));
    const { records, done } = await forgetDeleted(store, servedId, beforeMs);
    const last = done || goes === FORGET_GOES_PER_RUN;
    // What older runs said does not hang on which records went: it goes once, with the last.
    if (last && (records > 0 || goes > 1)) await forgetWords(store, servedId, beforeMs);
    if (last) await forgetRefused(store, servedId, beforeMs);
    return { goes, done: last };
  });
}

/**
 * The place of a what-if, emptied of the one before; with a copy of the rows where its mapping
 * reads them in another way.
 */
async function beside(
  steps: Steps,
  open: () => Promise<RunContext>,
  copied: boolean,
): Promise<void> {
  await steps.run('what-if', async () => {
    const { store, servedId } = await open();
    await clearWhatIf(store, servedId);
  });
  if (!copied) return;
  await runUntilDone<{ after: CopyPlace | null; done: boolean }>(
    steps,
    'what-if copy',
    async (previous) => {
      const { store, servedId } = await open();
      const after = await copyPage(store, servedId, previous?.after ?? null);
      return { after, done: after === null };
    },
  );
}

/** The last arrow alone, for objects whose plan is stored. */
export async function applyFlow(
  steps: Steps,
  objects: string[],
  open: () => Promise<RunContext>,
  summary: SyncSummary,
): Promise<void> {
  for (const object of objects)
    summary.applied.push(
      applyResult(
        object,
        await runUntilDone<ApplyStep>(
          steps,
          `apply ${object}`,
          async () => await applyPlan(await open(), object),
        ),
      ),
    );
}

async function credit(
  steps: Steps,
  open: () => Promise<RunContext>,
  summary: SyncSummary,
): Promise<void> {
  const credited = await runUntilDone<CreditStep>(
    steps,
    'credit',
    async (previous) => await creditDeals(await open(), previous),
  );
  const claims = await runUntilDone<ClaimStep>(
    steps,
    'registrations',
    async (previous) => await judgeClaims(await open(), previous),
  );
  const { duplicates, conflicts, openConflicts } = claims.at(-1)!;
  const last = credited.at(-1)!;
  summary.credit = {
    ...(await steps.run('reconcile credit', async () => await foldCredit(await open(), last))),
    duplicates,
    conflicts,
    openConflicts,
  };
}

function writeOf(context: RunContext, object: string, entity: string): CompiledWrite {
  return context.mapping.writes.find(
    (write) => write.object === object && write.entity === entity,
  )!;
}

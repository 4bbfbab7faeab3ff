import { HeadwaterError } from '../../model/error.ts';
import {
  intentPage,
  ledgerOf,
  placeOf,
  saveIntents,
  type Intent,
  type IntentPlace,
} from '../../store/intents.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import { wantedOf, type IntentFilter } from '../../store/plan-filter.ts';
import { readShadowGate } from '../../store/track-record.ts';
import { findRun, saveRun, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { sameValue } from '../../writeback/precision.ts';
import type { RunContext } from './context.ts';
import type { Connected } from './connect.ts';
import { applyFlow, type SyncSummary } from './flow.ts';
import { PLAN_PAGE } from './limits.ts';
import { readByIds } from '../read/read-all.ts';
import { journey, leased, newRun, type Beginning, type SyncDeps, type SyncOutcome } from './run.ts';
import { runUntilDone, type Steps } from './steps.ts';

interface Skipped {
  object: string;
  recordId: string;
  field: string;
  wrote: Intent['newValue'];
  holds: Intent['oldValue'] | undefined;
  why: string;
}
export interface ReplanOutcome extends Omit<SyncOutcome, 'resumed'> {
  skipped: Skipped[];
}
interface ReplanStep {
  after: IntentPlace | null;
  planned: number;
  skipped: Skipped[];
  objects: string[];
  done: boolean;
}

/** Enough to see what was left alone and why; all of it is in the intents. */
const SHOWN_SKIPPED = 100;

/**
 * A run that is made of another one's writes. `undo` restores every field that the other wrote and
 * nobody changed since, and lists the rest; `apply` sends the plan of a dry run exactly as it was
 * shown. `only`: of these records alone, the rest stays as it is; left out = all of them.
 */
export interface ReplanRequest {
  kind: 'apply' | 'undo';
  sourceId: string;
  dryRun: boolean;
  only?: IntentFilter;
}

/**
 * An undo is itself a run that can be undone. `apply: false` plans it only. Errors: `config` when
 * there is no such run or it wrote nothing.
 */
export const undoRun = (
  deps: SyncDeps,
  undoneId: string,
  apply: boolean,
  only?: IntentFilter,
): Promise<ReplanOutcome> =>
  replan(deps, { kind: 'undo', sourceId: undoneId, dryRun: !apply, only });

/**
 * Applies the plan of a dry run, or a part of it. Errors: `config` when a base value moved since
 * (then nothing is written), and in shadow mode.
 */
export async function applyRun(
  deps: SyncDeps,
  plannedId: string,
  only?: IntentFilter,
): Promise<ReplanOutcome> {
  await refuseShadow(deps.store, deps.connection);
  return await replan(deps, { kind: 'apply', sourceId: plannedId, dryRun: false, only });
}

/** A plan that was made before the shadow does not know of it. */
export async function refuseShadow(
  store: Store,
  { id, shadow }: ConnectionDocument,
): Promise<void> {
  const opened = shadow === 'until-skill' && (await readShadowGate(store, id)) !== null;
  if (shadow.length === 0 || opened) return;
  throw new HeadwaterError(
    'config',
    `connection "${id}" is in shadow mode, which a plan made before it does not know`,
    {
      code: 'SHADOW',
      cure: 'Run `headwater sync run`: it holds what is in shadow and writes the rest. Or take `shadow:` out of the connection document.',
    },
  );
}

type Decision = { from: Intent['oldValue']; to: Intent['newValue'] } | { why: string };
type Decide = (
  intent: Intent,
  holds: Intent['oldValue'] | undefined,
  ledgerRun: string | undefined,
  sourceId: string,
) => Decision;

/** Which writes of the other run each kind takes, and what becomes of one. */
const KINDS: Record<ReplanRequest['kind'], { state: Intent['state']; decide: Decide }> = {
  undo: {
    state: 'done',
    decide: (intent, holds, ledgerRun, sourceId) => {
      if (ledgerRun !== sourceId) return { why: 'a later run wrote it again' };
      if (holds === undefined || !sameValue(holds, intent.newValue))
        return { why: 'changed in the CRM since' };
      return { from: intent.newValue, to: intent.oldValue };
    },
  },
  apply: {
    state: 'planned',
    decide: (intent, holds, _, sourceId) => {
      if (holds !== undefined && sameValue(holds, intent.oldValue))
        return { from: intent.oldValue, to: intent.newValue };
      // A part of the plan was applied before, or somebody typed the very same value.
      if (holds !== undefined && sameValue(holds, intent.newValue))
        return { why: 'holds the new value already' };
      throw new HeadwaterError(
        'config',
        `${intent.object} ${intent.recordId} ${intent.field} held ${JSON.stringify(intent.oldValue)} when run ${sourceId} was planned, and holds ${JSON.stringify(holds ?? null)} now; nothing was written`,
        {
          code: 'BASE_MOVED',
          cure: 'Plan again: headwater sync run --dry-run.',
        },
      );
    },
  },
};

async function replan(deps: SyncDeps, request: ReplanRequest): Promise<ReplanOutcome> {
  return await leased(deps, async (store, lease) => {
    const run = await beginReplan(store, deps, request);
    const skipped: Skipped[] = [];
    const outcome = await journey(
      { ...deps, store },
      run,
      lease,
      async (steps, connected, open, summary) => {
        skipped.push(...(await replanFlow(steps, connected, open, request, summary)));
      },
    );
    return { ...outcome, skipped };
  });
}

/** Records the run that is about to be made. Errors: `config` when there is no such other run. */
export async function beginReplan(
  store: Store,
  deps: Beginning,
  { kind, sourceId, dryRun }: ReplanRequest,
): Promise<Run> {
  const source = await findRun(store, sourceId);
  if (source === null || source.connectionId !== deps.connection.id)
    throw new HeadwaterError(
      'config',
      `there is no run ${sourceId} on connection "${deps.connection.id}"`,
      {
        cure: '`headwater run list` names the runs; one that wrote can be undone for half a year.',
      },
    );
  const run: Run = {
    ...newRun(deps, kind, deps.connectorDeps.nowMs(), { dryRun, full: false }),
    undoes: kind === 'undo' ? sourceId : null,
  };
  await saveRun(store, run);
  return run;
}

/** The steps of such a run. Returns what was left alone, as far as it is shown. */
export async function replanFlow(
  steps: Steps,
  connected: Connected,
  open: () => Promise<RunContext>,
  request: ReplanRequest,
  summary: SyncSummary,
): Promise<Skipped[]> {
  const { kind, sourceId, dryRun } = request;
  Object.assign(summary, {
    org: connected.org,
    asOfMs: connected.asOfMs,
    mapping: connected.mapping,
    callsLeft: connected.callsLeft,
  });
  const planned = await runUntilDone<ReplanStep>(
    steps,
    kind,
    async (previous) => await replanPage(await open(), request, previous),
  );
  const objects = [...new Set(planned.flatMap((step) => step.objects))].sort();
  if (planned.every((step) => step.planned === 0 && step.skipped.length === 0))
    throw new HeadwaterError(
      'config',
      `run ${sourceId} has no write that is ${KINDS[kind].state}${request.only === undefined ? '' : ' among those that were chosen'}`,
      {
        cure: '`headwater run show` tells what it did.',
      },
    );
  if (!dryRun) await applyFlow(steps, objects, open, summary);
  return planned.flatMap((step) => step.skipped);
}

async function replanPage(
  context: RunContext,
  { kind, sourceId, only }: ReplanRequest,
  previous: ReplanStep | null,
): Promise<ReplanStep> {
  const { state, decide } = KINDS[kind];
  const intents = await intentPage(
    context.store,
    sourceId,
    state,
    previous?.after ?? null,
    PLAN_PAGE,
    only === undefined ? [] : wantedOf(context.connectionId, only),
  );
  const result: ReplanStep = {
    after: intents.length === 0 ? null : placeOf(intents.at(-1)!),
    planned: 0,
    skipped: [],
    objects: [],
    done: intents.length < PLAN_PAGE,
  };
  const fresh: Intent[] = [];
  for (const [object, own] of Map.groupBy(intents, (intent) => intent.object)) {
    const ids = [...new Set(own.map((intent) => intent.recordId))];
    const fields = [...new Set(own.map((intent) => intent.field))].sort();
    const found = await readByIds(context.session, { object, fields }, ids);
    const ledger = await ledgerOf(context.store, context.connectionId, object, ids);
    for (const intent of own) {
      const holds = found.get(intent.recordId)?.fields[intent.field];
      const decision = decide(
        intent,
        holds,
        ledger.get(`${intent.recordId}/${intent.field}`)?.runId,
        sourceId,
      );
      const base = { ...intent, runId: context.runId, atMs: context.nowMs() };
      if ('why' in decision) {
        if (result.skipped.length < SHOWN_SKIPPED)
          result.skipped.push({
            object,
            recordId: intent.recordId,
            field: intent.field,
            wrote: intent.newValue,
            holds,
            why: decision.why,
          });
        fresh.push({
          ...base,
          oldValue: holds ?? null,
          newValue: intent.oldValue,
          state: 'held',
          reason: decision.why,
        });
        continue;
      }
      fresh.push({
        ...base,
        oldValue: decision.from,
        newValue: decision.to,
        state: 'planned',
        reason: null,
      });
      result.planned++;
    }
    result.objects.push(object);
  }
  await context.store.batch(saveIntents(context.store, fresh));
  return result;
}

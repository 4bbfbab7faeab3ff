import { HeadwaterError } from '../../model/error.ts';
import {
  intentPage,
  ledgerOf,
  placeOf,
  saveIntents,
  type Intent,
  type IntentPlace,
} from '../../store/intents.ts';
import { readShadowGate } from '../../store/track-record.ts';
import { findRun, saveRun, type Run } from '../../store/runs.ts';
import { sameValue } from '../../writeback/precision.ts';
import type { RunContext } from './context.ts';
import { applyFlow } from './flow.ts';
import { PLAN_PAGE } from './limits.ts';
import { readByIds } from '../read/read-all.ts';
import { journey, leased, newRun, type SyncDeps, type SyncOutcome } from './run.ts';
import { runUntilDone } from './steps.ts';

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
 * Restores every field that a run wrote and that nobody changed since, and lists the rest. An undo
 * is itself a run that can be undone.
 * `apply: false` plans it only. Errors: `config` when there is no such run or it wrote nothing.
 */
export const undoRun = (deps: SyncDeps, undoneId: string, apply: boolean): Promise<ReplanOutcome> =>
  replan(deps, undoneId, 'undo', 'done', apply, (intent, holds, ledgerRun) => {
    if (ledgerRun !== undoneId) return { why: 'a later run wrote it again' };
    if (holds === undefined || !sameValue(holds, intent.newValue))
      return { why: 'changed in the CRM since' };
    return { from: intent.newValue, to: intent.oldValue };
  });

/**
 * Applies the plan of a dry run exactly as it was shown. Refuses the whole plan
 * when a base value moved since.
 */
export async function applyRun(deps: SyncDeps, plannedId: string): Promise<ReplanOutcome> {
  const { shadow, id } = deps.connection;
  const opened = shadow === 'until-skill' && (await readShadowGate(deps.store, id)) !== null;
  if (shadow.length > 0 && !opened) {
    throw new HeadwaterError(
      'config',
      `connection "${deps.connection.id}" is in shadow mode, which a plan made before it does not know`,
      {
        code: 'SHADOW',
        cure: 'Run `headwater sync run`: it holds what is in shadow and writes the rest. Or take `shadow:` out of the connection document.',
      },
    );
  }
  return await replan(deps, plannedId, 'apply', 'planned', true, (intent, holds) => {
    if (holds !== undefined && sameValue(holds, intent.oldValue))
      return { from: intent.oldValue, to: intent.newValue };
    throw new HeadwaterError(
      'config',
      `${intent.object} ${intent.recordId} ${intent.field} held ${JSON.stringify(intent.oldValue)} when run ${plannedId} was planned, and holds ${JSON.stringify(holds ?? null)} now; nothing was written`,
      {
        code: 'BASE_MOVED',
        cure: 'Plan again: headwater sync run --dry-run.',
      },
    );
  });
}

type Decide = (
  intent: Intent,
  holds: Intent['oldValue'] | undefined,
  ledgerRun: string | undefined,
) => { from: Intent['oldValue']; to: Intent['newValue'] } | { why: string };

async function replan(
  deps: SyncDeps,
  sourceId: string,
  kind: Run['kind'],
  state: Intent['state'],
  apply: boolean,
  decide: Decide,
): Promise<ReplanOutcome> {
  return await leased(deps, async (store, lease) => {
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
      ...newRun(deps, kind, deps.connectorDeps.nowMs(), { dryRun: !apply, full: false }),
      undoes: kind === 'undo' ? sourceId : null,
    };
    await saveRun(store, run);
    const skipped: Skipped[] = [];
    const outcome = await journey(
      { ...deps, store },
      run,
      lease,
      async (steps, connected, open, summary) => {
        Object.assign(summary, {
          org: connected.org,
          asOfMs: connected.asOfMs,
          mapping: connected.mapping,
          callsLeft: connected.callsLeft,
        });
        const planned = await runUntilDone<ReplanStep>(
          steps,
          kind,
          async (previous) => await replanPage(await open(), sourceId, state, previous, decide),
        );
        skipped.push(...planned.flatMap((step) => step.skipped));
        const objects = [...new Set(planned.flatMap((step) => step.objects))].sort();
        if (planned.every((step) => step.planned === 0 && step.skipped.length === 0))
          throw new HeadwaterError('config', `run ${sourceId} has no write that is ${state}`, {
            cure: '`headwater run show` tells what it did.',
          });
        if (apply) await applyFlow(steps, objects, open, summary);
      },
    );
    return { ...outcome, skipped };
  });
}

async function replanPage(
  context: RunContext,
  sourceId: string,
  state: Intent['state'],
  previous: ReplanStep | null,
  decide: Decide,
): Promise<ReplanStep> {
  const intents = await intentPage(
    context.store,
    sourceId,
    state,
    previous?.after ?? null,
    PLAN_PAGE,
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

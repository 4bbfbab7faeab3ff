import { asHeadwaterError } from '../../model/error.ts';
import { dropLease, fencedStore, takeLease, type Lease } from '../../store/lease.ts';
import { listSteps, saveRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { connect } from '../../sync/run/connect.ts';
import { endRun, failureOf, type RunFailure } from '../../sync/run/end.ts';
import { emptySummary, syncFlow, type SyncSummary } from '../../sync/run/flow.ts';
import { replanFlow } from '../../sync/run/replan.ts';
import { FLOW_VERSION, LEASE_TTL_MS, RESUME_WITHIN_MS } from '../../sync/run/run.ts';
import { beginJourney, type Begun } from './begin.ts';
import {
  durable,
  durableSteps,
  EngineStopped,
  HandOver,
  StepFailed,
  type DurableStep,
} from './durable-steps.ts';
import type { JourneyHost, JourneyInput, JourneyResult } from './instance.ts';
import { ALLOWANCE, MAX_PARTS } from './limits.ts';
import { runAlerts } from './run-alerts.ts';
import { openOnce } from './open-run.ts';
import { replanRequest } from './replan.ts';

/** One run as a Workflow instance. Errors: StepFailed, with the run recorded as failed. */
export async function runJourney(
  host: JourneyHost,
  instanceId: string,
  input: JourneyInput,
  step: DurableStep,
): Promise<JourneyResult> {
  const answer = await beginJourney(host.store, instanceId, input, step, host.nowMs);
  if ('leased' in answer) return ended('skipped', null, emptySummary(), 0);
  if ('failed' in answer) throw new StepFailed(answer.failed);
  const { begun } = answer;
  const lease: Lease = { connectionId: input.connectionId, holder: instanceId, fence: begun.fence };
  const store = fencedStore(host.store, lease, { nowMs: host.nowMs, ttlMs: LEASE_TTL_MS });
  const summary = emptySummary();
  try {
    if (begun.flow !== FLOW_VERSION)
      throw new StepFailed({
        kind: 'config',
        code: 'FLOW_VERSION',
        message: `this run began under flow ${begun.flow}, and the deployed engine has flow ${FLOW_VERSION}`,
        cure: 'Nothing to do: the next tick begins a new run, from the last page that was read.',
        retryAtMs: null,
      });
    await follow(host, { ...input, lease, begun, store, step }, summary);
    host.log('used', {
      run: begun.run.id,
      part: input.part,
      subrequests: host.subrequests(),
      ...host.meter,
    });
    const calls = await durable(step, 'end', () =>
      finish(host, { store, lease, begun }, summary, null),
    );
    if (!begun.run.dryRun) await runAlerts(host, step, { ...input, bundle: begun.bundle });
    return ended('done', begun.run.id, summary, calls);
  } catch (thrown) {
    return await afterFailure(host, { store, lease, begun, step, input }, summary, thrown);
  }
}

interface Journey extends JourneyInput {
  lease: Lease;
  begun: Begun;
  store: Store;
  step: DurableStep;
}

async function follow(host: JourneyHost, journey: Journey, summary: SyncSummary): Promise<void> {
  const { begun, store, step, lease } = journey;
  // Without this list every step still answers what it recorded, at the price
  // of one Workflow step each.
  const recorded = await listSteps(store, begun.run.id).catch(() => []);
  const done = new Map(
    recorded.filter((one) => one.state === 'done').map((one) => [one.name, one.result]),
  );
  const run = openOnce(host, { lease, begun, store });
  let taken = 0;
  const steps = durableSteps({
    step,
    done,
    allowance: { ...ALLOWANCE, ...journey.allowance },
    attempt: (name, work) => run.attempt(name, work),
    onWait: async (untilMs, why) => {
      // Held over the wait, so that no other tick piles up behind the same limit.
      await takeLease(
        host.store,
        lease.connectionId,
        lease.holder,
        host.nowMs(),
        untilMs - host.nowMs() + LEASE_TTL_MS,
      );
      await saveRun(store, {
        ...begun.run,
        state: 'paused-budget',
        error: why,
        resumeAtMs: untilMs,
      });
    },
    tooOld: (nowMs) => nowMs - begun.run.startedMs > RESUME_WITHIN_MS,
    used: () => ({
      steps: Math.max(0, recorded.length - begun.recorded) + taken++,
      subrequests: host.subrequests(),
      d1Calls: host.meter.calls,
    }),
  });
  try {
    const connected = await steps.run('connect', async () => {
      const { session, connector, bundle } = await run.opened();
      return await connect(
        store,
        session,
        connector.features,
        bundle.connection,
        bundle.mapping,
        begun.run,
        host.nowMs(),
      );
    });
    const open = () => run.context(connected);
    const { dryRun, full } = begun.run;
    if (journey.replan === undefined)
      await syncFlow(steps, connected, open, { dryRun, full }, summary);
    else
      await replanFlow(
        steps,
        connected,
        open,
        await replanRequest(store, journey, journey.replan),
        summary,
      );
  } finally {
    await run.close();
  }
}

async function afterFailure(
  host: JourneyHost,
  at: { store: Store; lease: Lease; begun: Begun; step: DurableStep; input: JourneyInput },
  summary: SyncSummary,
  thrown: unknown,
): Promise<JourneyResult> {
  const { lease, begun, step, input } = at;
  if (thrown instanceof EngineStopped) throw thrown;
  if (thrown instanceof HandOver && input.part < MAX_PARTS) {
    const successor = `${lease.holder.replace(/-p\d+$/, '')}-p${input.part + 1}`;
    await durable(step, 'hand over', async () => {
      await dropLease(host.store, lease);
      await host.startSuccessor(successor, {
        ...input,
        part: input.part + 1,
        runId: thrown.fresh ? successor : begun.run.id,
      });
      return {};
    });
    return { ...ended('handed-over', begun.run.id, summary, 0), successor };
  }
  const failure = failureIn(thrown);
  // Whoever has the connection now also ends the run.
  if (failure.code === 'LEASE_LOST') return ended('superseded', begun.run.id, summary, 0);
  await durable(step, 'end failed', () => finish(host, at, summary, failure))
    // A database that is away cannot be told: the lease ends by itself, and the
    // next tick takes the run up.
    .catch((error: unknown) => {
      if (error instanceof EngineStopped) throw error;
      host.log('end not recorded', { run: begun.run.id, message: asHeadwaterError(error).message });
    });
  if (!begun.run.dryRun) await runAlerts(host, step, { ...input, bundle: begun.bundle });
  throw new StepFailed(failure);
}

function failureIn(thrown: unknown): RunFailure {
  if (thrown instanceof StepFailed) return thrown.failure;
  if (thrown instanceof HandOver)
    return {
      kind: 'limit',
      code: 'PARTS',
      message: `the run took more than ${MAX_PARTS} Workflow instances`,
      cure: 'The next tick goes on from the last page.',
      retryAtMs: null,
    };
  return failureOf(asHeadwaterError(thrown));
}

/** Records how the run ended and frees the connection. Returns the run's calls. */
async function finish(
  host: JourneyHost,
  { store, lease, begun }: { store: Store; lease: Lease; begun: Begun },
  summary: SyncSummary,
  failure: RunFailure | null,
): Promise<number> {
  const { run } = begun;
  const calls = (await listSteps(store, run.id)).reduce((sum, step) => sum + step.calls, 0);
  await endRun(store, run, summary, { failure, calls, endedMs: host.nowMs() });
  await dropLease(host.store, lease);
  return calls;
}

const ended = (
  state: JourneyResult['state'],
  run: string | null,
  summary: SyncSummary,
  calls: number,
): JourneyResult => ({
  state,
  run,
  calls,
  read: summary.pulled.reduce((sum, pull) => sum + pull.read, 0),
  written: summary.applied.reduce((sum, applied) => sum + applied.fields, 0),
  planned: summary.plan.reduce((sum, plan) => sum + plan.fieldsChanged, 0),
  successor: null,
});

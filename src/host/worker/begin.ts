import type { ConnectionDocument } from '../../model/connection.ts';
import { asHeadwaterError, HeadwaterError } from '../../model/error.ts';
import { RETRIES } from '../../model/retry.ts';
import { readBundle } from '../../store/bundles.ts';
import { fencedStore, takeLease } from '../../store/lease.ts';
import { findRun, listSteps, saveRun, type Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { failureOf, type RunFailure } from '../../sync/run/end.ts';
import { beginReplan, refuseShadow } from '../../sync/run/replan.ts';
import { beginRun, FLOW_VERSION, LEASE_TTL_MS } from '../../sync/run/run.ts';
import { durable, sleeping, type DurableStep } from './durable-steps.ts';
import type { JourneyInput } from './instance.ts';

export interface Begun {
  run: Run;
  fence: number;
  bundle: string;
  flow: number;
  /** steps that the run had recorded before this instance */
  recorded: number;
  resumed: boolean;
}
export type BeginAnswer = { begun: Begun } | { leased: true } | { failed: RunFailure };

/**
 * The first step: the connection's documents, its lease (this instance is the holder) and a run to
 * work on. Nothing has been asked of the CRM yet.
 * An audit waits for the engine that is at work; an ordinary tick leaves it to that one.
 */
export async function beginJourney(
  store: Store,
  instanceId: string,
  input: JourneyInput,
  step: DurableStep,
  nowMs: () => number,
): Promise<BeginAnswer> {
  for (let tries = 0; ; tries++) {
    const answer = await durable(step, tries === 0 ? 'begin' : `begin, try ${tries + 1}`, () =>
      begin(store, instanceId, input, nowMs()),
    );
    if (!('leased' in answer) || !input.full || tries + 1 === RETRIES.audit.tries)
      return 'leased' in answer ? { leased: true } : answer;
    await sleeping(step, `connection at work ${tries + 1}`, answer.leased + RETRIES.audit.firstMs);
  }
}

async function begin(
  store: Store,
  instanceId: string,
  input: JourneyInput,
  nowMs: number,
): Promise<{ begun: Begun } | { leased: number } | { failed: RunFailure }> {
  try {
    const bundle = await readBundle(store, input.connectionId);
    if (bundle === null)
      throw new HeadwaterError(
        'config',
        `no connection "${input.connectionId}" is in this database`,
        { code: 'BUNDLE', cure: 'Push it: PUT /v1/connections/{id}, or `headwater worker push`.' },
      );
    const lease = await takeLease(store, input.connectionId, instanceId, nowMs, LEASE_TTL_MS);
    if (lease === null) return { leased: nowMs };
    const fenced = fencedStore(store, lease);
    const known = await findRun(fenced, input.runId);
    if (known !== null && known.state === 'done')
      throw new HeadwaterError('config', `run ${known.id} is done already`, {
        code: 'DONE',
        cure: 'Start a new run instead of restarting the Workflow instance of an old one.',
      });
    const { run, resumed } =
      known !== null
        ? {
            run: {
              ...known,
              state: 'running' as const,
              endedMs: null,
              error: null,
              resumeAtMs: null,
            },
            resumed: true,
          }
        : await beginAny(fenced, bundle.connection, input, nowMs);
    if (known !== null) await saveRun(fenced, run);
    return {
      begun: {
        run: { ...run, summary: null },
        fence: lease.fence,
        bundle: bundle.version,
        flow: FLOW_VERSION,
        recorded: (await listSteps(fenced, run.id)).length,
        resumed,
      },
    };
  } catch (thrown) {
    const error = asHeadwaterError(thrown);
    if (error.kind === 'transient') throw error;
    return { failed: failureOf(error) };
  }
}

async function beginAny(
  store: Store,
  connection: ConnectionDocument,
  { runId, dryRun, full, replan }: JourneyInput,
  nowMs: number,
): Promise<{ run: Run; resumed: boolean }> {
  const beginning = { connection, connectorDeps: { nowMs: () => nowMs }, runId };
  if (replan === undefined) return await beginRun(store, beginning, { dryRun, full });
  if (replan.kind === 'apply') await refuseShadow(store, connection);
  const request = { kind: replan.kind, sourceId: replan.sourceId, dryRun };
  return { run: await beginReplan(store, beginning, request), resumed: false };
}

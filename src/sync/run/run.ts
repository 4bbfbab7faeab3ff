import type { Connector, ConnectorDeps, CrmSession } from '../../model/connector.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import { asHeadwaterError, HeadwaterError } from '../../model/error.ts';
import {
  dropLease,
  fencedStore,
  heldLease,
  leaseLost,
  takeLease,
  type Lease,
} from '../../store/lease.ts';
import { stoppable, stopped, type StopWatch } from './stop.ts';
import { findDocument, listSteps, saveRun, unfinishedRun, type Run } from '../../store/runs.ts';
import { whatIfOf } from '../../store/what-if.ts';
import type { Store } from '../../store/store.ts';
import { readBudget, RECHECK_AFTER_CALLS } from './budget.ts';
import { connect, type Connected } from './connect.ts';
import { openCrm, pinOrg, type Opening } from './open-crm.ts';
import type { Progress, RunContext } from './context.ts';
import { endRun, failureOf, type RunFailure } from './end.ts';
import { emptySummary, syncFlow, type SyncOptions, type SyncSummary } from './flow.ts';
import { heldFields } from '../read/pause.ts';
import { documentVersion, requireMapping } from './prepare.ts';
import { recordedSteps, type Steps } from './steps.ts';

export interface SyncDeps extends Opening {
  mappingText: string;
  /** Also names this process as the holder of the connection's lease. */
  runId: string;
  progress: (event: Progress) => void;
  /** Whether somebody has asked this process to end; absent = nobody can. */
  stop?: StopWatch;
}

export interface SyncOutcome {
  run: Run;
  summary: SyncSummary;
  calls: number;
  callsPer1000Rows: number | null;
  resumed: boolean;
}

/**
 * Raised when step names or results change their meaning: what one version recorded,
 * another does not go on from.
 */
export const FLOW_VERSION = 7;
/**
 * A process renews its lease between steps; one that is silent for this long is taken for dead.
 * No step takes a tenth of it.
 */
export const LEASE_TTL_MS = 5 * 60_000;
const RENEW_AFTER_MS = LEASE_TTL_MS / 5;
/**
 * A run that died longer ago than this is begun anew: its view of the CRM is old,
 * and the cursors lose nothing.
 */
export const RESUME_WITHIN_MS = 60 * 60_000;

/**
 * One run, from the CRM and back. A run that died is taken up where it was; another engine on the
 * same connection makes this one leave.
 * Errors: the run is recorded as failed (or paused-budget, with the time to go on)
 * and the error thrown again.
 */
export async function runSync(deps: SyncDeps, options: SyncOptions): Promise<SyncOutcome> {
  return await leased(deps, async (store, lease) => {
    const { run, resumed } = await beginRun(store, deps, options);
    return {
      ...(await journey({ ...deps, store }, run, lease, (steps, connected, open, summary) =>
        syncFlow(steps, connected, open, options, summary),
      )),
      resumed,
    };
  });
}

/**
 * Runs `work` as the only engine on the connection. Errors: `limit` when another one is at work.
 */
export async function leased<T>(
  deps: SyncDeps,
  work: (store: Store, lease: Lease) => Promise<T>,
): Promise<T> {
  const nowMs = deps.connectorDeps.nowMs();
  const lease = await takeLease(deps.store, deps.connection.id, deps.runId, nowMs, LEASE_TTL_MS);
  if (lease === null) throw await leasedElsewhere(deps, nowMs);
  try {
    return await work(
      fencedStore(deps.store, lease, { nowMs: deps.connectorDeps.nowMs, ttlMs: LEASE_TTL_MS }),
      lease,
    );
  } finally {
    // It ends by itself; what the work said must not be lost behind it.
    await dropLease(deps.store, lease).catch(() => {});
  }
}

/** Who is at work, and until when its lease runs. */
async function leasedElsewhere(deps: SyncDeps, nowMs: number): Promise<HeadwaterError> {
  const held = await heldLease(deps.store, deps.connection.id);
  const id = deps.connection.id;
  const endsMs = held?.expiresMs ?? nowMs + LEASE_TTL_MS;
  const ends = new Date(endsMs).toISOString().slice(0, 19).replace('T', ' ');
  const release = `\`headwater connection release ${id}\` frees it if that process is gone`;
  // Nobody takes a lease for longer, so the clock of one of the two machines is wrong.
  const ahead = endsMs - nowMs > 2 * LEASE_TTL_MS;
  return new HeadwaterError(
    'limit',
    `another run is at work on connection "${id}": ${held?.holder ?? 'unknown'}, whose lease ends at ${ends} UTC unless it is renewed${ahead ? ', which is further ahead than a lease can be: the clock of this machine or of the other one is wrong' : ''}`,
    {
      code: ahead ? 'LEASE_AHEAD' : 'LEASED',
      retryAtMs: ahead ? nowMs + LEASE_TTL_MS : endsMs,
      cure: ahead ? `Set the clocks right; ${release}.` : `Wait for it, or ${release}.`,
    },
  );
}

/**
 * The unfinished run of a dead process if it is young enough and was begun by this version of the
 * flow, else a new one. The lease must be held.
 */
export async function beginRun(
  store: Store,
  deps: Beginning,
  options: SyncOptions,
): Promise<{ run: Run; resumed: boolean }> {
  const nowMs = deps.connectorDeps.nowMs();
  const dead = await unfinishedRun(store, deps.connection.id);
  if (
    dead !== null &&
    dead.kind === 'sync' &&
    dead.dryRun === options.dryRun &&
    dead.full === options.full &&
    dead.flow === FLOW_VERSION &&
    nowMs - dead.startedMs < RESUME_WITHIN_MS
  )
    return { run: dead, resumed: true };
  if (dead !== null)
    await saveRun(store, {
      ...dead,
      state: 'abandoned',
      endedMs: nowMs,
      error: 'its process died; a later run went on from its last page',
    });
  const run = newRun(deps, 'sync', nowMs, options);
  await saveRun(store, run);
  return { run, resumed: false };
}

/** What a run needs before its CRM is opened. */
export interface Beginning {
  connection: ConnectionDocument;
  connectorDeps: Pick<ConnectorDeps, 'nowMs'>;
  runId: string;
}

export const newRun = (
  deps: Beginning,
  kind: Run['kind'],
  startedMs: number,
  options: SyncOptions,
): Run => ({
  id: deps.runId,
  connectionId: deps.connection.id,
  kind,
  state: 'running',
  ...options,
  startedMs,
  asOfMs: null,
  endedMs: null,
  mapping: null,
  model: null,
  calls: 0,
  error: null,
  resumeAtMs: null,
  undoes: null,
  summary: null,
  flow: FLOW_VERSION,
});

type Flow = (
  steps: Steps,
  connected: Connected,
  open: () => Promise<RunContext>,
  summary: SyncSummary,
) => Promise<void>;

/** Opens the CRM, runs the flow as recorded steps, and records how it ended. */
export async function journey(
  deps: SyncDeps,
  run: Run,
  lease: Lease,
  flow: Flow,
): Promise<Omit<SyncOutcome, 'resumed'>> {
  const { store, connection, connectorDeps } = deps;
  const { nowMs } = connectorDeps;
  const summary = emptySummary();
  let session: CrmSession | null = null;
  let ended = run;
  // A run that is taken up counts what the dead process spent, as far as its steps tell.
  const before =
    run.calls + (await listSteps(store, run.id)).reduce((sum, step) => sum + step.calls, 0);
  const calls = (): number => before + (session?.calls() ?? 0);
  const end = async (failure: RunFailure | null): Promise<void> => {
    ended = await endRun(store, run, summary, { failure, calls: calls(), endedMs: nowMs() });
  };
  try {
    const keep = leaseKeeper(deps, lease);
    // A long wait inside a step (a bulk job, a burst limit) must not cost the lease.
    const sleep = stoppable(deps.stop, async (ms) => {
      await keep();
      await connectorDeps.sleep(ms);
    });
    const opened = (session = await openCrm({
      ...deps,
      connectorDeps: { ...connectorDeps, sleep },
    }));
    await pinOrg(deps, opened);
    const steps = await recordedSteps(store, run.id, calls, nowMs, deps.progress);
    const floor = floorKeeper(opened, connection.limits.quotaFloorPercent, nowMs);
    const renewing: Steps = {
      run: async (name, work) => {
        if (deps.stop?.signal() != null) throw stopped(deps.stop);
        await keep();
        await floor();
        return await steps.run(name, work);
      },
    };
    const connected = await renewing.run('connect', () =>
      connect(store, opened, deps.connector.features, connection, deps.mappingText, run, nowMs()),
    );
    const open = contextOpener(deps, run, opened, connected);
    await flow(renewing, connected, open, summary);
    await end(null);
  } catch (error) {
    const known = asHeadwaterError(error);
    await end(failureOf(known)).catch((second: unknown) => {
      throw notRecorded(known, asHeadwaterError(second));
    });
    throw known;
  } finally {
    await session?.close();
  }
  const rows = summary.pulled.reduce((sum, pull) => sum + pull.read, 0);
  return {
    run: ended,
    summary,
    calls: calls(),
    callsPer1000Rows: rows === 0 ? null : (calls() / rows) * 1000,
  };
}

/**
 * The first error is the news. That it could not be written down is often its consequence (a full
 * disk, a lost lease), and a cause to look at the database.
 */
function notRecorded(first: HeadwaterError, second: HeadwaterError): HeadwaterError {
  if (second.message === first.message) return first;
  const { kind, code, cure, retryAtMs, outcomeUnknown } = first;
  return new HeadwaterError(
    kind,
    `${first.message} (nor could the run be recorded as ended: ${second.message})`,
    {
      ...(code === undefined ? {} : { code }),
      ...(cure === undefined ? {} : { cure }),
      ...(retryAtMs === undefined ? {} : { retryAtMs }),
      outcomeUnknown,
      cause: first,
    },
  );
}

/**
 * Renews the lease between steps once a good part of it is over. Every batch is fenced anyway; this
 * only keeps others waiting.
 */
function leaseKeeper(deps: SyncDeps, lease: Lease): () => Promise<void> {
  let renewedMs = deps.connectorDeps.nowMs();
  return async () => {
    const nowMs = deps.connectorDeps.nowMs();
    if (Math.abs(nowMs - renewedMs) < RENEW_AFTER_MS) return;
    await renew(deps, lease);
    renewedMs = nowMs;
  };
}

/** Errors: `limit` LEASE_LOST when another engine has the connection. */
export async function renew(
  deps: { store: Store; connectorDeps: Pick<ConnectorDeps, 'nowMs'> },
  lease: Lease,
): Promise<void> {
  const renewed = await takeLease(
    deps.store,
    lease.connectionId,
    lease.holder,
    deps.connectorDeps.nowMs(),
    LEASE_TTL_MS,
  );
  if (renewed?.fence !== lease.fence) throw leaseLost(lease.connectionId);
}

/** Between steps, after so many calls, the budget is read again: others spend it too. */
export function floorKeeper(
  session: CrmSession,
  floorPercent: number,
  nowMs: () => number,
): () => Promise<void> {
  let checkedAt = 0;
  return async () => {
    if (session.calls() - checkedAt < RECHECK_AFTER_CALLS) return;
    checkedAt = session.calls();
    await readBudget(session, floorPercent, nowMs());
  };
}

/** Partners in shadow as rows spell them, however the document does. */
function asSpelt(connection: ConnectionDocument, connector: Connector): ConnectionDocument {
  const { shadow } = connection;
  const spellings = connector.spellings ?? ((id: string) => [id]);
  return typeof shadow === 'string'
    ? connection
    : { ...connection, shadow: shadow.flatMap(spellings) };
}

/** The mapping is compiled once a process, from the text that the run began with. */
export function contextOpener(
  deps: SyncDeps,
  run: Pick<Run, 'id' | 'dryRun'>,
  session: CrmSession,
  connected: Connected,
): () => Promise<RunContext> {
  let context: Promise<RunContext> | null = null;
  return () =>
    (context ??= (async (): Promise<RunContext> => {
      const text =
        (connected.mappingWaits
          ? await findDocument(deps.store, deps.connection.id, 'mapping', connected.mapping)
          : null) ?? deps.mappingText;
      const mapping = await requireMapping(
        session,
        text,
        deps.connection.crm,
        deps.connection.mapping,
        () => heldFields(deps.store, deps.connection.id),
      );
      if (documentVersion(mapping, text) !== connected.mapping)
        throw new HeadwaterError(
          'config',
          'the mapping or the schema of the CRM changed since this run began',
          { code: 'MAPPING_CHANGED', cure: 'Run again: the next run begins with the new one.' },
        );
      return {
        store: deps.store,
        session,
        features: deps.connector.features,
        connection: asSpelt(deps.connection, deps.connector),
        connectionId: connected.copied === true ? whatIfOf(deps.connection.id) : deps.connection.id,
        resultsId: run.dryRun ? whatIfOf(deps.connection.id) : deps.connection.id,
        servedId: deps.connection.id,
        runId: run.id,
        asOfMs: connected.asOfMs,
        mapping,
        nowMs: deps.connectorDeps.nowMs,
        sleep: deps.connectorDeps.sleep,
        progress: deps.progress,
      };
    })());
}

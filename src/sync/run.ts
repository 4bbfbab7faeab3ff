import type { Connector, ConnectorDeps, CrmIdentity, CrmSession } from '../model/connector.ts';
import type { ConnectionDocument } from '../model/connection.ts';
import { asHeadwaterError, HeadwaterError } from '../model/error.ts';
import type { CompiledMapping } from '../model/mapping.ts';
import { dealsWithoutRate, linkDeals, rateDeals } from '../store/link.ts';
import { findConnection, pinConnection, saveDocument, saveRun, type Run } from '../store/runs.ts';
import { readCursor, type Receipt } from '../store/cursors.ts';
import { saveMapped } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { applyPlan, type ApplyResult } from './apply.ts';
import type { Progress, RunContext } from './context.ts';
import { pullHardDeletes } from './deletions.ts';
import { measure, type MeasureResult } from './measure.ts';
import { planWrites, type PlanResult } from './plan.ts';
import { requireMapping } from './prepare.ts';
import { pullStream, type PullResult } from './pull.ts';
import { closeWindow } from './receipts.ts';
import { remapLocal } from './remap.ts';
import { settleUnknown } from './settle.ts';
import { createSteps, type StepRunner } from './steps.ts';

export interface SyncOptions { dryRun: boolean; full: boolean }

export interface SyncDeps {
  store: Store;
  connector: Connector;
  connectorDeps: ConnectorDeps;
  connection: ConnectionDocument;
  secrets: Record<string, string>;
  mappingText: string;
  runId: string;
  progress: (event: Progress) => void;
}

export interface SyncSummary {
  pulled: PullResult[];
  hardDeletes: number;
  /** Rows that vanished in such a number that a human must say they are gone. */
  heldDeletions: { object: string; rows: number }[];
  receipts: Receipt[];
  /** Every stream's windows are closed and counted up to here; null = some stream has none yet. */
  verifiedThroughMs: number | null;
  noRate: { currency: string; deals: number }[];
  measured: MeasureResult | null;
  plan: PlanResult[];
  applied: ApplyResult[];
  calls: number;
  callsPer1000Rows: number | null;
}

export interface SyncOutcome { run: Run; summary: SyncSummary }

/**
 * One run, from the CRM and back: connect, settle, map, pull, link, score, plan, apply. A dry run is the same run without the last arrow.
 * Errors: the run is recorded as failed (or paused-budget) and the error thrown again.
 */
export async function runSync(deps: SyncDeps, options: SyncOptions): Promise<SyncOutcome> {
  const { store, connection, connectorDeps } = deps;
  const nowMs = connectorDeps.nowMs;
  let session: CrmSession | null = null;
  const run: Run = {
    id: deps.runId, connectionId: connection.id, kind: 'sync', state: 'running', dryRun: options.dryRun, startedMs: nowMs(), asOfMs: null, endedMs: null,
    mapping: null, model: null, calls: 0, error: null, summary: null,
  };
  const summary: SyncSummary = { pulled: [], hardDeletes: 0, heldDeletions: [], receipts: [], verifiedThroughMs: null, noRate: [], measured: null, plan: [], applied: [], calls: 0, callsPer1000Rows: null };
  await saveRun(store, run);
  const steps = createSteps(store, run.id, () => session?.calls() ?? 0, nowMs, deps.progress);
  const close = async (state: Run['state'], error: string | null): Promise<Run> => {
    summary.calls = session?.calls() ?? 0;
    const rows = summary.pulled.reduce((sum, pull) => sum + pull.read, 0);
    summary.callsPer1000Rows = rows === 0 ? null : (summary.calls / rows) * 1000;
    const ended: Run = { ...run, state, endedMs: nowMs(), calls: summary.calls, error, summary: { ...summary } };
    await saveRun(store, ended);
    return ended;
  };
  try {
    session = await deps.connector.open(connection.settings, deps.secrets, connectorDeps);
    const opened = session;
    const context = await steps.run('connect', () => connect(deps, opened, run), (connected) => ({ org: connected.identity.orgName, callsLeft: connected.callsLeft }));
    await runSteps(steps, context, options, summary, run);
    return { run: await close('done', null), summary };
  } catch (error) {
    const known = asHeadwaterError(error);
    await close(known.kind === 'limit' ? 'paused-budget' : 'failed', known.message);
    throw known;
  } finally {
    await session?.close();
  }
}

async function runSteps(steps: StepRunner, context: RunContext, options: SyncOptions, summary: SyncSummary, run: Run): Promise<void> {
  const { store, connectionId, mapping } = context;
  await steps.run('settle', () => settleUnknown(context));
  await steps.run('re-map', () => remapLocal(context));
  await store.batch(saveMapped(store, connectionId, mapping.fixedStages, context.nowMs()));
  for (const stream of mapping.streams) {
    summary.pulled.push(await steps.run(`pull ${stream.object}`, () => pullStream(context, stream, options.full)));
    const deletions = await steps.run(`deletions ${stream.object}`, () => pullHardDeletes(context, stream, options.full));
    summary.hardDeletes += deletions.gone;
    if (deletions.held > 0) summary.heldDeletions.push({ object: stream.object, rows: deletions.held });
  }
  await steps.run('close windows', async () => {
    for (const stream of mapping.streams) {
      const receipt = await closeWindow(context, stream);
      if (receipt !== null) summary.receipts.push(receipt);
    }
    return { windows: summary.receipts.length, open: summary.receipts.filter((receipt) => !receipt.verified).length };
  });
  summary.verifiedThroughMs = await verifiedThrough(context);
  await steps.run('link', async () => {
    await store.batch([...linkDeals(store, connectionId, mapping.dealPartner), ...rateDeals(store, connectionId, mapping.settings.reportingCurrency)]);
    summary.noRate = await dealsWithoutRate(store, connectionId);
    return { currenciesWithoutRate: summary.noRate.length };
  });
  summary.measured = await steps.run('score', () => measure(context));
  run.model = summary.measured.model;
  summary.plan = await steps.run('plan', () => planWrites(context));
  if (!options.dryRun) summary.applied = await steps.run('apply', () => applyPlan(context));
}

async function verifiedThrough(context: RunContext): Promise<number | null> {
  const stamps: number[] = [];
  for (const stream of context.mapping.streams) {
    if ((await context.session.describe(stream.object))?.stampField == null) continue;
    const { verifiedMs } = await readCursor(context.store, context.connectionId, stream.object);
    if (verifiedMs === null) return null;
    stamps.push(verifiedMs);
  }
  return stamps.length === 0 ? null : Math.min(...stamps);
}

async function connect(deps: SyncDeps, session: CrmSession, run: Run): Promise<RunContext> {
  const { store, connection, connectorDeps } = deps;
  const identity = await session.identity();
  await pinOrg(store, connection, identity, connectorDeps.nowMs());
  run.asOfMs = await session.serverTimeMs();
  const callsLeft = await requireBudget(session, connection.limits.quotaFloorPercent);
  const mapping: CompiledMapping = await requireMapping(session, deps.mappingText, connection.crm, connection.mapping);
  run.mapping = mapping.version;
  await saveDocument(store, connection.id, 'mapping', mapping.version, deps.mappingText, connectorDeps.nowMs());
  await saveRun(store, run);
  return {
    store, session, features: deps.connector.features, connectionId: connection.id, runId: run.id, asOfMs: run.asOfMs, identity, mapping,
    nowMs: connectorDeps.nowMs, sleep: connectorDeps.sleep, progress: deps.progress, callsLeft,
  };
}

async function pinOrg(store: Store, connection: ConnectionDocument, identity: CrmIdentity, nowMs: number): Promise<void> {
  const pinned = await findConnection(store, connection.id);
  if (pinned !== null && pinned.orgId !== identity.orgId) {
    throw new HeadwaterError('config', `connection "${connection.id}" belongs to org ${pinned.orgId} (${pinned.orgName}), but these credentials open org ${identity.orgId} (${identity.orgName})`, {
      code: 'WRONG_ORG', cure: 'Use the credentials of the first org, or give the other org a connection id of its own.',
    });
  }
  if (pinned === null) await pinConnection(store, { id: connection.id, crm: connection.crm, orgId: identity.orgId, orgName: identity.orgName, instanceUrl: identity.instanceUrl, pinnedMs: nowMs });
}

/** Calls left above the floor; a `limit` error when there are none. A budget that cannot be read is an alarm in the step's result, not a pass in silence. */
async function requireBudget(session: CrmSession, floorPercent: number): Promise<number | null> {
  const budget = await session.budget();
  if (budget.usedCalls === null || budget.limitCalls === null) return null;
  const left = Math.floor(budget.limitCalls * (1 - floorPercent / 100)) - budget.usedCalls;
  if (left <= 0) {
    throw new HeadwaterError('limit', `the org has used ${budget.usedCalls} of ${budget.limitCalls} API calls of its day; the last ${floorPercent}% are left to people and other apps`, {
      code: 'QUOTA_FLOOR', cure: 'Run again when the rolling 24 hours have freed calls, or lower limits.quotaFloorPercent in the connection document.',
    });
  }
  return left;
}

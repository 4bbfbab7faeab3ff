/** Alerts as tasks of the CRM, on both CRMs: made once, kept as writes, and taken back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import type { CrmSession } from '../../src/model/connector.ts';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { listAlerts } from '../../src/store/alerts.ts';
import { dealsById } from '../../src/store/facts.ts';
import { listIntents } from '../../src/store/intents.ts';
import type { Store } from '../../src/store/store.ts';
import { alertPass } from '../../src/sync/alert/pass.ts';
import { keepWritten } from '../../src/sync/outbound/task.ts';
import { readByIds } from '../../src/sync/read/read-all.ts';
import { undoRun } from '../../src/sync/run/replan.ts';
import { runSync, type SyncDeps } from '../../src/sync/run/run.ts';
import { openMemory } from '../store/open.ts';
import { HUBSPOT_MAPPING, hubspotDeps, hubspotSettings } from './hubspot-run.ts';
import { openLab } from './lab.ts';

/** Every partner is below it, so that each tells once. */
const RULES = `settings:
  alerts:
    rules: [{ id: low, on: partner.score, below: 101, channels: [crm] }]
`;
const withRules = (mapping: string): string => mapping.replace(/^settings:\n/m, RULES);

interface Crm {
  store: Store;
  nowMs: () => number;
  deps: () => SyncDeps;
  session: () => Promise<CrmSession>;
  close: () => Promise<void>;
}

async function salesforceCrm(): Promise<Crm> {
  const lab = await openLab({ seed: 4, partners: 4, deals: 40 });
  lab.mapping.text = withRules(lab.mapping.text);
  const { connector, connectorDeps } = lab.deps();
  const open = async () =>
    await connector.open(lab.connection.settings, lab.secrets, connectorDeps);
  return {
    ...{ store: lab.store, deps: lab.deps, session: open, close: lab.close },
    nowMs: () => lab.sandbox.clock.nowMs(),
  };
}

async function hubspotCrm(): Promise<Crm> {
  const sandbox = await startHubSpotSandbox({
    ...{ port: 0, partners: 4, deals: 30, ticking: false, limits: { by: 'off' } },
    nowMs: Date.parse('2026-11-16T09:00:00Z'),
  });
  const store = openMemory();
  let runs = 0;
  const secrets = { accessToken: sandbox.accessToken };
  const settings = hubspotSettings(sandbox);
  const deps = (): SyncDeps => ({
    ...{ store, runId: `run-${++runs}`, mappingText: withRules(HUBSPOT_MAPPING) },
    ...{ connector: hubspot, connectorDeps: hubspotDeps(sandbox), progress: () => {}, secrets },
    connection: {
      ...{ version: 1, id: 'hs', crm: 'hubspot', mapping: 'mapping.yaml', secrets: {}, settings },
      ...{ shadow: [], limits: { quotaFloorPercent: 30 } },
    },
  });
  return {
    ...{ store, deps, nowMs: () => sandbox.clock.nowMs() },
    session: async () => await hubspot.open(settings, secrets, hubspotDeps(sandbox)),
    close: async () => {
      store.close();
      await sandbox.close();
    },
  };
}

describe.each([
  ['salesforce', salesforceCrm, 'Task', 'Status', 'Subject', 'Completed', 'In Progress'],
  ['hubspot', hubspotCrm, 'tasks', 'hs_task_status', 'hs_task_subject', 'COMPLETED', 'IN_PROGRESS'],
] as const)('tasks of %s', (_, start, object, status, subject, closed, begun) => {
  let crm: Crm;
  let session: CrmSession;
  let runId: string;
  beforeAll(async () => {
    crm = await start();
    session = await crm.session();
    runId = (await runSync(crm.deps(), { dryRun: false, full: false })).run.id;
  });
  afterAll(async () => await crm.close());

  const pass = async () => {
    const { connection } = crm.deps();
    const channels = { crm: { kind: 'task' as const, dueDays: 3 } };
    return await alertPass(
      crm.store,
      { id: connection.id, alerts: { channels } },
      { fetch, nowMs: crm.nowMs, hosts: [], secrets: {}, tasks: async () => session.tasks! },
    );
  };
  const made = async () =>
    (await listIntents(crm.store, runId, 100_000)).filter((one) => one.object === object);
  const read = async () =>
    await readByIds(
      session,
      { object, fields: [status, subject] },
      (await made()).map(({ recordId }) => recordId),
    );

  it('are made for each alert once, about its record, and kept as writes of the run', async () => {
    const partners = await crm.store.db.query.partners.findMany();
    const sent = await pass();
    expect(sent).toMatchObject({ queued: 4, sent: 4, waiting: 0, dead: 0 });
    expect(await pass()).toMatchObject({ queued: 0, sent: 0 });
    const tasks = [...(await read()).values()];
    expect(tasks).toHaveLength(4);
    for (const { name } of partners)
      expect(tasks.some(({ fields }) => String(fields[subject]).includes(name))).toBe(true);
    for (const one of await made()) expect(one).toMatchObject({ state: 'done', field: status });
  });
  it('are not made a second time where an answer was lost', async () => {
    const [alert] = await listAlerts(crm.store, crm.deps().connection.id, null, {
      skip: 0,
      limit: 1,
    });
    const [partner] = await crm.store.db.query.partners.findMany();
    const task = {
      ...{ subject: 'A test of tasks', body: 'x', ownerId: partner!.ownerId, dueOn: '2026-11-20' },
      about: { object: partner!.object, id: partner!.id },
    };
    const since = alert!.atMs - 60_000;
    const first = await session.tasks!.create(task, since);
    expect(await session.tasks!.create(task, since)).toBe(first);
    expect(await session.tasks!.create({ ...task, subject: 'Another' }, since)).not.toBe(first);
    const seen = await readByIds(session, { object, fields: [subject] }, [first]);
    expect(seen.get(first)?.fields[subject]).toBe('A test of tasks');
  });
  it('are no next step of a deal, unlike those that people planned', async () => {
    const deal = (await crm.store.db.query.deals.findMany()).find(({ closed }) => closed !== 1)!;
    const task = { body: 'x', ownerId: deal.ownerId, dueOn: '2026-11-20', about: deal };
    const since = crm.nowMs() - 60_000;
    const [ours, theirs] = [
      await session.tasks!.create({ ...task, subject: 'Ours' }, since),
      await session.tasks!.create({ ...task, subject: 'Theirs' }, since),
    ];
    const { tasks } = session;
    const wrote = { object, recordId: ours, field: status, oldValue: '', newValue: tasks!.open };
    const { connection } = crm.deps();
    const by = { connectionId: connection.id, runId: 'by hand', nowMs: crm.nowMs() };
    await keepWritten(crm.store, by, wrote);
    await runSync(crm.deps(), { dryRun: false, full: true });
    const [facts] = await dealsById(crm.store, connection.id, [deal.id]);
    const ids = facts!.tasks!.map(({ id }) => id);
    expect(ids).toContain(theirs);
    expect(ids).not.toContain(ours);
  });
  it('are closed by an undo of the run, but for one that somebody has begun', async () => {
    const [first] = await made();
    await session.write(object, [{ id: first!.recordId, fields: { [status]: begun } }]);
    const undone = await undoRun(crm.deps(), runId, true);
    expect(undone.skipped.filter((one) => one.object === object)).toMatchObject([
      { recordId: first!.recordId, why: 'changed in the CRM since' },
    ]);
    const states = [...(await read())].map(([id, { fields }]) => [id, fields[status]] as const);
    for (const [id, state] of states) expect(state).toBe(id === first!.recordId ? begun : closed);
  });
});

import { sql } from 'drizzle-orm';
import { pinConnection, saveRun, type Run } from '../../src/store/runs.ts';
import type { Store } from '../../src/store/store.ts';

const PARTNERS = 5_000;
const DEALS = 100_000;
const AS_OF_MS = Date.parse('2026-11-16T09:00:00Z');

const RUN: Run = {
  ...{ id: 'run-1', connectionId: 'bench', kind: 'sync', state: 'done', dryRun: false, full: true },
  ...{ startedMs: AS_OF_MS, asOfMs: AS_OF_MS, endedMs: AS_OF_MS, mapping: null, model: null },
  ...{ calls: 0, error: null, resumeAtMs: null, undoes: null, flow: null, summary: {} },
};

/** Numbers from 0 to n - 1, as rows. */
const upTo = (n: number) =>
  sql.raw(`with recursive n(i) as (select 0 union all select i + 1 from n where i < ${n - 1})`);

const SCORE = `json_object('partnerId', 'p' || i, 'object', 'Account', 'modelVersion', 'm', 'asOfMs', ${AS_OF_MS}, 'event', json_object('kind', 'repeat', 'text', 'Repeats', 'fromMs', 0, 'dueMs', 0, 'goal', 100), 'score', i % 100, 'low', 1, 'high', 99, 'evidence', 3, 'difficulty', 50, 'base', 50, 'reasons', json_array(json_object('code', 'x', 'points', 1, 'text', 'A reason')), 'expectedAttainment', 0.5, 'expectedAttainmentLow', 0.2, 'expectedAttainmentHigh', 0.9, 'gap', i, 'moneyAtStake', (i * 7919) % 100000, 'scoreNext', null, 'planHealth', json_object('health', null, 'vendorHealth', null, 'plan', null, 'parts', json_array(), 'vendorParts', json_array(), 'due', json_array(), 'missing', json_array()), 'kpis', json_array(), 'nextAction', null, 'forecast', json_object('mean', 1, 'p10', 0, 'p50', 1, 'p90', 2))`;
const SHARE = { mean: 3, p10: 1, p50: 3, p90: 5 };
const FORECAST = JSON.stringify({
  period: { label: '2026 Q4', startMs: 0, endMs: 1 },
  ...{ asOfMs: AS_OF_MS, modelVersion: 'm', currency: 'EUR', wonToDate: 1, openMean: 1 },
  ...{ newMean: 1, crmWeighted: 2, openDeals: DEALS, multiplier: 1, trackRecord: null },
  total: { mean: 3, p10: 1, p50: 3, p90: 5 },
  standings: { proven: 1, half: 0, unproven: 0, silent: 0 },
  breakdown: {
    ...{ type: [], tier: [], region: [], product: [], periods: [] },
    partner: Array.from({ length: PARTNERS }, (_, n) => ({ ...SHARE, key: `p${n}` })),
    owner: [{ ...SHARE, key: 'u1' }],
  },
});

const LARGE = { partners: PARTNERS, deals: DEALS };

/**
 * A company of 5,000 partners and 100,000 deals, and a dry run that plans one write of each deal.
 */
export async function fillWeb(store: Store, { partners, deals } = LARGE): Promise<void> {
  await pinConnection(store, {
    ...{ id: 'bench', crm: 'salesforce', orgId: 'o', orgName: 'Bench', pinnedMs: 1 },
    instanceUrl: 'https://bench.example',
  });
  await saveRun(store, RUN);
  await saveRun(store, { ...RUN, id: 'run-2', dryRun: true, startedMs: AS_OF_MS + 1 });
  const statements = [
    sql`${upTo(partners)} insert or replace into partners (connection_id, object, id, name, stamp_ms, seen_ms, deleted) select 'bench', 'Account', 'p' || i, 'Partner ' || i, 1, 1, 0 from n`,
    sql`${upTo(deals)} insert or replace into deals (connection_id, object, id, name, stage, amount, created_at, resolved_partner_id, stamp_ms, seen_ms, deleted) select 'bench', 'Opportunity', 'd' || i, 'Deal ' || i, 'New', i, 1, 'p' || (i % ${sql.raw(String(partners))}), 1, 1, 0 from n`,
    sql`${upTo(partners)} insert or replace into partner_scores (connection_id, run_id, object, partner_id, as_of_ms, score, low, high, evidence, model, detail) select 'bench', 'run-1', 'Account', 'p' || i, ${AS_OF_MS}, i % 100, 1, 99, 3, 'm', ${sql.raw(SCORE)} from n`,
    sql`insert or replace into forecasts (connection_id, run_id, period, as_of_ms, model, detail) values ('bench', 'run-1', '2026 Q4', ${AS_OF_MS}, 'm', ${FORECAST})`,
    sql`${upTo(deals)} insert or replace into write_intents (run_id, object, record_id, field, connection_id, old_value, new_value, state, reason, at_ms) select 'run-2', 'Opportunity', 'd' || i, 'Chance', 'bench', '1', cast((i * 7919) % 100000 as text), 'planned', 'x', 1 from n`,
  ];
  const { run } = store.db as unknown as { run(statement: unknown): unknown };
  for (const statement of statements) await run.call(store.db, statement);
}

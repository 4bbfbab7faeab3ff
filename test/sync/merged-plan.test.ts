import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFindings } from '../../src/store/findings.ts';
import { namedPartners } from '../../src/store/keep-plans.ts';
import { keepPreviewed, previewPlans } from '../../src/sync/measure/plan-import.ts';
import { openLab, type Lab } from './lab.ts';

const CHANGE = { by: 'Dana', why: null, approved: true };

/** A plan that was kept here, of a company that is merged into another in the CRM. */
describe('the plan of a partner that is merged away', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30 });
    await lab.sync({ dryRun: true });
  });
  afterAll(async () => await lab.close());

  it('is the survivor’s from then on, and is of nobody only where no survivor is a partner', async () => {
    const [loser, winner] = await namedPartners(lab.store, 'lab');
    const atMs = lab.sandbox.clock.nowMs();
    const text = `Partner,KPI,Goal,Period,Plan name\n${loser!.id},wins,3,2026,Moved over\n`;
    const preview = await previewPlans(lab.store, 'lab', { kind: 'csv', text, options: {} }, atMs);
    expect(preview.faulty).toBe(false);
    await keepPreviewed(lab.store, 'lab', preview, CHANGE, atMs);
    await lab.control('POST', '/clock/advance', { ms: 60_000, world: false });
    const merge = { op: 'merge', winnerId: winner!.id, loserIds: [loser!.id] };
    expect(await lab.control('POST', '/records', [merge])).toMatchObject([{ ok: true }]);
    await lab.control('POST', '/clock/advance', { ms: 60_000, world: false });
    await lab.sync({ full: true });
    const found = await listFindings(lab.store, 'lab');
    const id = preview.plans[0]!.built.plan.id;
    const codes = found.filter((one) => one.id === id).map(({ code }) => code);
    expect(codes).not.toContain('PLAN_OF_NOBODY');
    // Beside the plans that the survivor has already.
    expect(codes).toContain('OVERLAP');
  });
});

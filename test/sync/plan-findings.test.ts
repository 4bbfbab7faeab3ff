import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namedPartners, plansOf } from '../../src/store/keep-plans.ts';
import {
  keepPreviewed,
  previewPlans,
  type PlanPreview,
} from '../../src/sync/measure/plan-import.ts';
import { findingsOfPlans } from '../../src/sync/measure/plan-look.ts';
import { openLab, type Lab } from './lab.ts';

/** What `plan check` says of the plans of a CRM, and an import of what it would add to them. */
describe('what is wrong with joint plans', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30 });
    await lab.sync({ dryRun: true });
  });
  afterAll(async () => await lab.close());
  const nowMs = (): number => lab.sandbox.clock.nowMs();
  const preview = async (text: string): Promise<PlanPreview> =>
    await previewPlans(lab.store, 'lab', { kind: 'csv', text, options: {} }, nowMs());
  const check = async (): Promise<Awaited<ReturnType<typeof findingsOfPlans>>['findings']> =>
    (await findingsOfPlans(lab.store, 'lab', nowMs())).findings;
  const changed = async (change: object): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms: 60_000, world: false });
    expect(await lab.control('POST', '/records', [change])).toMatchObject([{ ok: true }]);
    await lab.control('POST', '/clock/advance', { ms: 60_000, world: false });
    await lab.sync({ dryRun: true });
  };

  it('of a plan that overlaps one of the CRM is said with its line before it is kept', async () => {
    const named = await namedPartners(lab.store, 'lab');
    const ids = named.map(({ id }) => id);
    const held = await plansOf(lab.store, 'lab', ids);
    const partner = ids.find((id) => (held.get(id) ?? []).length > 0)!;
    const [there] = held.get(partner)!;
    const days = `${there!.startOn.slice(0, 10)}..${there!.endOn.slice(0, 10)}`;
    const { findings, plans } = await preview(
      `Partner,KPI,Goal,Period,Plan name\n${partner},wins,3,${days},Second\n`,
    );
    expect(plans).toHaveLength(1);
    const overlap = findings.find(({ code }) => code === 'OVERLAP');
    expect(overlap).toMatchObject({ line: 2, severity: 'warning' });
    expect(overlap!.message).toContain(there!.name);
  });

  it('is a target without a goal, by the id of its record, until it has one', async () => {
    const before = await check();
    const targets = (await lab.control('GET', '/dump?objects=Plan_Target__c')) as {
      Plan_Target__c: { Id: string; Goal__c: number | null }[];
    };
    const { Id: id, Goal__c } = targets.Plan_Target__c.find((one) => one.Goal__c !== null)!;
    await changed({ op: 'update', object: 'Plan_Target__c', id, fields: { Goal__c: null } });
    const refused = (await check()).find(({ row }) => row?.id === id);
    expect(refused).toMatchObject({ severity: 'error', code: 'REFUSED', planId: null });
    expect(refused!.message).toContain('target.goal');
    await changed({ op: 'update', object: 'Plan_Target__c', id, fields: { Goal__c } });
    expect(await check()).toEqual(before);
  });

  it('is that its company is no partner any more', async () => {
    const [partner] = await namedPartners(lab.store, 'lab');
    const kept = await preview(`Partner,KPI,Goal,Period\n${partner!.id},wins,3,2031\n`);
    await keepPreviewed(lab.store, 'lab', kept, { by: 'Dana', why: null, approved: true }, nowMs());
    const { id } = kept.plans[0]!.built.plan;
    expect((await check()).some(({ planId }) => planId === id)).toBe(true);
    expect((await check()).map(({ code }) => code)).not.toContain('PLAN_OF_NOBODY');
    const fields = { IsPartner: false, Type: 'Customer' };
    await changed({ op: 'update', object: 'Account', id: partner!.id, fields });
    const nobody = (await check()).filter(({ code }) => code === 'PLAN_OF_NOBODY');
    expect(nobody.map(({ planId }) => planId)).toContain(id);
  });
});

/** C3, health and the proof of metrics: from a run over the API to the fields. */
import { describe, expect, it } from 'vitest';
import { partnerScorePage } from '../../src/store/results.ts';
import { partnerValues } from '../../src/writeback/values.ts';
import { readLab, scoredLab } from './scored-lab.ts';

interface Named {
  id: string;
}
interface Of<Row> {
  run: string;
  total: number;
  partners: Row[];
}
interface C3Row extends Named {
  c3: Record<'capability' | 'capacity' | 'commitment', { value: number; evidence: number }>;
}
interface HealthRow extends Named {
  health: { value: number; most: number; pillars: { pillar: string; weight: number }[] };
}
const SPEECH = { language: 'en', currency: 'USD', today: '2026-11-10' } as const;

describe('what partners are like', () => {
  const held = scoredLab();
  it('stands in the API as it is written into fields', async () => {
    const c3 = await readLab<Of<C3Row>>(held, 'c3');
    const health = await readLab<Of<HealthRow>>(held, 'partner-health');
    expect([c3.total, health.total]).toEqual([12, 12]);
    const scores = await partnerScorePage(held.lab.store, 'lab', c3.run, '', 100);
    const written = (id: string) =>
      partnerValues(scores.find(({ partnerId }) => partnerId === id)!, SPEECH);
    for (const { id, c3: its } of c3.partners) {
      const fields = written(id);
      for (const name of ['capability', 'capacity', 'commitment'] as const)
        expect(fields[`partner.${name}`]).toBe(its[name].value);
    }
    const values = health.partners.map(({ health: { value } }) => value);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(c3.partners.map((one) => one.c3.capability.value)).size).toBeGreaterThan(3);
    for (const { id, health: its } of health.partners) {
      expect(written(id)['partner.health']).toBe(its.value);
      expect(its.value).toBeLessThanOrEqual(its.most);
      expect(its.pillars.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
    }
  });
  it('is asked for by name, and the proof of a metric stands beside it', async () => {
    const [one] = (await readLab<Of<C3Row>>(held, 'c3')).partners;
    expect((await readLab<Of<C3Row>>(held, `c3?partner=${one!.id}`)).total).toBe(1);
    expect((await readLab<Of<C3Row>>(held, 'c3?partner=nobody-such')).partners).toEqual([]);
    const { kpis } = await readLab<{ kpis: { kpi: string; proof: { verdict: string } | null }[] }>(
      held,
      `kpis?partner=${one!.id}`,
    );
    const of = (id: string) => kpis.find(({ kpi }) => kpi === id)!.proof;
    expect(of('certified_people')!.verdict).toMatch(/^(proven|unproven|harmful)$/);
    expect(of('won_amount')).toBeNull();
  });
  it('has a profile, segments within the room of managers, and a fit for recruits', async () => {
    const { profile, partners } = await readLab<{
      profile: { partners: number; places: number };
      partners: { id: string; fit: { segment: string; verticals: { n: number }[] } }[];
    }>(held, 'profile');
    expect(partners).toHaveLength(12);
    const served = partners.filter(({ fit }) => fit.segment !== 'self-service');
    expect(served.length).toBeLessThanOrEqual(profile.places);
    expect(served.length).toBeGreaterThan(0);
    expect(partners.some(({ fit }) => fit.verticals.some(({ n }) => n > 0))).toBe(true);
    const ask = async (body: object) =>
      await held.http.call('POST', '/v1/connections/lab/profile/fit', {
        token: held.http.tokens.read,
        body,
      });
    expect((await ask({ recruits: [] })).status).toBe(400);
    const answer = await ask({ recruits: [{ name: 'Acme', region: 'DE' }, { name: 'Beta' }] });
    expect(((await answer.json()) as { recruits: unknown[] }).recruits).toHaveLength(2);
  });
  it('says what came back, and what customers are worth, with what is missing', async () => {
    const back = await readLab<{
      coverage: { known: string[]; missing: string[] };
      partners: {
        return: { value: number | null; why: string | null; cost: number; won: number };
      }[];
    }>(held, 'return');
    expect(back.coverage.known.length).toBeGreaterThan(0);
    expect(back.coverage.known.length + back.coverage.missing.length).toBe(7);
    // No margin is mapped; who won nothing got nothing back, whatever margins there are.
    for (const { return: its } of back.partners)
      expect(its.why ?? its.value).toBe(
        its.cost === 0 ? 'no cost' : its.won > 0 ? 'no margin' : -1,
      );
    const { customers, partners } = await readLab<{
      customers: { all: { n: number; alone: number } | null; missing: string[] };
      partners: { value: { n: number; alone: number } }[];
    }>(held, 'customer-value');
    expect(customers.missing).toEqual(['renewals', 'churn']);
    // Direct customers of this small company are all of one industry, in which no partner has any.
    const alone = partners.reduce((total, { value }) => total + value.alone, 0);
    expect(alone).toBeGreaterThan(0);
    expect(customers.all).toMatchObject({ n: 0, alone });
  });
  it('says where partners lose more than others, with the deals behind it', async () => {
    const { partners, lifts } = await readLab<{
      lifts: unknown[];
      partners: {
        enablement: {
          decided: number;
          gaps: { n: number; lost: number; own: number; low: number; pool: number }[];
          needs: { dealId: string; deal: string | null; certificate: string }[];
        };
      }[];
    }>(held, 'enablement');
    expect(lifts).toEqual([]);
    expect(partners.reduce((all, { enablement }) => all + enablement.decided, 0)).toBeGreaterThan(
      50,
    );
    for (const { enablement } of partners) {
      for (const { n, lost, own, low, pool } of enablement.gaps) {
        expect(lost).toBeLessThanOrEqual(n);
        expect(own).toBeLessThan(lost / n);
        expect(low).toBeGreaterThan(pool);
      }
      for (const { deal } of enablement.needs) expect(deal).not.toBeNull();
    }
  });
  it('counts what came of campaigns, and proposes the next without deciding anything', async () => {
    const { funds, total } = await readLab<{
      funds: { id: string; leads: number; state: string; decided: null }[];
      total: number;
    }>(held, 'funds?by=territory');
    expect(total).toBe(funds.length);
    for (const { leads } of funds) expect(leads).toBeGreaterThanOrEqual(0);
    const decide = async (fund: string, decision: string) =>
      await held.http.call('POST', `/v1/connections/lab/funds/${fund}/decisions`, {
        token: held.http.tokens.admin,
        body: { decision, by: 'Kim', why: 'fits the plan' },
      });
    const [first] = funds;
    expect(first!.decided).toBeNull();
    expect((await decide(first!.id, 'done')).status).toBe(409);
    expect((await decide(first!.id, 'approved')).status).toBe(200);
    expect((await decide(first!.id, 'approved')).status).toBe(409);
    expect((await decide(first!.id, 'done')).status).toBe(200);
    expect((await decide('nope', 'approved')).status).toBe(409);
    const again = await readLab<{ funds: { id: string; decided: object | null }[] }>(held, 'funds');
    expect(again.funds.find(({ id }) => id === first!.id)!.decided).toMatchObject({
      ...{ decision: 'done', by: 'Kim', why: 'fits the plan' },
    });
    const { proposals, findings } = await readLab<{
      proposals: { times: { mean: number; low: number } }[];
      findings: { finding: string; fund: string | null }[];
    }>(held, 'funds/proposals');
    for (const { times } of proposals) expect(times.low).toBeLessThanOrEqual(times.mean);
    for (const { finding, fund } of findings) expect(fund === null).toBe(finding === 'no campaign');
  });
});

/** Health of partners: unproven pillars weigh nothing, and activity is no outcome. */
import { describe, expect, it } from 'vitest';
import { healthSettingsSchema, PILLARS } from '../../../src/model/partner-health.ts';
import { healthOf } from '../../../src/predict/score/health/health.ts';
import type { Known } from '../../../src/predict/score/proofs.ts';
import { random } from '../../properties/world.ts';
import { channel, proof } from './traits.ts';

const SETTINGS = healthSettingsSchema.parse({});
const ALL_PROVEN = [
  ...(['certified_people', 'portal_frequency', 'plan_participation'] as const),
  ...(['campaigns_executed', 'onboarding_steps', 'incentives_used'] as const),
].map((kpi) => proof(kpi, 'proven'));
const BUSY: Known['now'] = {
  ...{ certified_people: 400, portal_frequency: 400, plan_participation: 400 },
  ...{ campaigns_executed: 400, onboarding_steps: 400, incentives_used: 400 },
};

describe('partner health', () => {
  it('cannot pass 60 by activity alone, whatever is proven', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const all = channel(random(seed), 12);
      const busy: Known = {
        ...{ ...all[3]!, now: BUSY, brought: { n: 99, proven: 99 } },
        ...{ wins: 0, won: 0 },
      };
      const { value, most } = healthOf(all.with(3, busy), ALL_PROVEN, SETTINGS).get('P3')!;
      expect(value).toBeLessThanOrEqual(60);
      expect(most).toBe(60);
    }
  });
  it('rises with outcomes, and shows unproven pillars without weight', () => {
    const all = channel(random(2), 12);
    const found = healthOf(all, [proof('portal_frequency', 'unproven')], SETTINGS);
    for (const { pillars, value } of found.values()) {
      expect(pillars.map(({ pillar }) => pillar)).toEqual([...PILLARS]);
      for (const { pillar, weight } of pillars) expect(weight).toBe(pillar === 'pipeline' ? 1 : 0);
      expect(pillars.find(({ pillar }) => pillar === 'engagement')!.value).not.toBeNull();
      expect(pillars.find(({ pillar }) => pillar === 'marketing')!.value).toBeNull();
      expect(value).toBeLessThanOrEqual(100);
    }
    const more = all.with(3, { ...all[3]!, wins: 30, won: 900_000 });
    expect(healthOf(more, [], SETTINGS).get('P3')!.value).toBeGreaterThan(found.get('P3')!.value);
  });
  it('weighs a proven pillar as the mapping says, and none of a harmful metric', () => {
    const all = channel(random(4), 12);
    const settings = healthSettingsSchema.parse({ enablement: { weight: 3 } });
    const weights = (verdict: 'proven' | 'harmful') =>
      healthOf(all, [proof('certified_people', verdict)], settings)
        .get('P1')!
        .pillars.map(({ weight }) => weight);
    expect(weights('proven')).toEqual([0, 0.75, 0, 0.25, 0, 0]);
    expect(weights('harmful')).toEqual([0, 0, 0, 1, 0, 0]);
  });
  it('refuses a metric that does not exist, and a pipeline without weight', () => {
    const message = (given: object): string =>
      healthSettingsSchema.safeParse(given).error?.issues[0]?.message ?? '';
    expect(message({ enablement: { metrics: ['certified_peple'] } })).toMatch(
      /did you mean certified_people/,
    );
    expect(message({ pipeline: { weight: 0 } })).not.toBe('');
    expect(message({ marketing: { metrics: ['own.roadshows'] } })).toBe('');
  });
  it('of one partner alone is what its outcomes allow', () => {
    const [one] = channel(random(6), 1);
    expect(healthOf([{ ...one!, won: 0, wins: 0 }], [], SETTINGS).get('P0')).toMatchObject({
      ...{ value: 50, most: 60 },
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { PartnerScore } from '../../src/model/score.ts';
import { through, type Crm, type Scored } from './crm.ts';

const WORLD = { seed: 21, partners: 15, deals: 250 };

async function scored(crm: Crm): Promise<Scored> {
  const { score, close } = await through(crm, WORLD);
  try {
    return await score();
  } finally {
    await close();
  }
}

type Part = PartnerScore['planHealth']['parts'][number];
const alike = (parts: Part[] = []): object[] => parts.map((part) => ({ ...part, targetId: null }));

/** Ids and object names are each CRM's own; all else must be equal to the last byte. */
const plain = (score: PartnerScore | undefined): string =>
  JSON.stringify({
    ...score,
    partnerId: null,
    object: null,
    planHealth: {
      ...score?.planHealth,
      parts: alike(score?.planHealth.parts),
      vendorParts: alike(score?.planHealth.vendorParts),
    },
  });

/** Parts of the forecast are named by ids and labels, which are each CRM's own as well. */
const unnamed = (forecast: unknown): string =>
  JSON.stringify(forecast, (name, value: unknown) => (name === 'key' ? null : value));

describe('the same world through two CRMs', () => {
  it('gives byte-identical partner scores, plans and forecasts, with every target measured', async () => {
    const [salesforce, hubspot] = [await scored('salesforce'), await scored('hubspot')];
    expect(salesforce.partners.size).toBe(WORLD.partners);
    expect([...hubspot.partners.keys()].sort()).toEqual([...salesforce.partners.keys()].sort());
    for (const [name, score] of salesforce.partners)
      expect(plain(hubspot.partners.get(name)), name).toBe(plain(score));
    expect(unnamed(hubspot.forecast)).toBe(unnamed(salesforce.forecast));
    expect(JSON.stringify([...salesforce.partners])).not.toMatch(/not measured|no feed/);
  });
});

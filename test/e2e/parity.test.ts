import { describe, expect, it } from 'vitest';
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

/** Ids, object names and what the parts of a forecast are named by are each CRM's own. */
const OWN = new Set([
  ...['partnerId', 'object', 'targetId', 'dealId', 'key', 'accountId', 'ownerId'],
]);

/** Lists by stage, which has a key of each CRM's own, and so a place of its own in them. */
const BY_STAGE = new Set(['reached', 'used', 'gaps']);
const withoutKeys = (stages: { of: string }[]): unknown[] =>
  stages.map(({ of: _, ...rest }) => JSON.stringify(rest)).sort();

/** All else must be equal to the last byte. */
const plain = (result: unknown): string =>
  JSON.stringify(result, (name, value: unknown) => {
    if (OWN.has(name)) return null;
    if (BY_STAGE.has(name)) return withoutKeys(value as { of: string }[]);
    // The Salesforce mapping has words of its own for types, the portal labels: Reseller.
    const ofType = name === 'type' || name === 'against';
    return ofType && typeof value === 'string' ? value.toLowerCase() : value;
  });

describe('the same world through two CRMs', () => {
  it('gives byte-identical partner scores, plans and forecasts, with every target measured', async () => {
    const [salesforce, hubspot] = [await scored('salesforce'), await scored('hubspot')];
    expect(salesforce.partners.size).toBe(WORLD.partners);
    expect([...hubspot.partners.keys()].sort()).toEqual([...salesforce.partners.keys()].sort());
    for (const [name, score] of salesforce.partners)
      expect(plain(hubspot.partners.get(name)), name).toBe(plain(score));
    expect(plain(hubspot.forecast)).toBe(plain(salesforce.forecast));
    const planned = [...salesforce.partners.values()]
      .map(({ planHealth }) => planHealth)
      .filter(({ plan }) => plan !== null);
    expect(planned.length).toBeGreaterThan(5);
    for (const { parts, vendorParts, missing } of planned) {
      expect(missing).toEqual([]);
      for (const part of [...parts, ...vendorParts])
        expect(part.actual !== null || part.noneDue, part.label).toBe(true);
    }
  });
});

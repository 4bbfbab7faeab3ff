/** Junk that a partner writes into the CRM moves what the CRM counts, and not the score. */
import { describe, expect, it } from 'vitest';
import type { HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { through, type Through } from './crm.ts';
import { junkInHubSpot, junkInSalesforce, WAIT_MS } from './junk.ts';

const WORLD = { seed: 21, partners: 9, deals: 130 };
/** Points of score that junk may bring: known to be the partner's, and by nobody knows whom. */
const KNOWN_HAND = 3;
const UNKNOWN_HAND = 8;

async function attacked(
  crm: 'salesforce' | 'hubspot',
  junk: (opened: Through) => Promise<string>,
  most: number,
): Promise<void> {
  const opened = await through(crm, WORLD);
  try {
    const before = await opened.score();
    const attacker = await junk(opened);
    opened.sandbox.clock.advance(WAIT_MS);
    const after = await opened.score();
    const [was, is] = [before.partners.get(attacker)!, after.partners.get(attacker)!];
    // The CRM's own weighted pipeline believes all of it.
    expect(after.forecast.openDeals).toBe(before.forecast.openDeals + 10);
    expect(after.forecast.crmWeighted).toBeGreaterThan(before.forecast.crmWeighted + 300_000);
    expect(is.score - was.score).toBeLessThanOrEqual(most);
    expect((is.planHealth.health ?? 0) - (was.planHealth.health ?? 0)).toBeLessThanOrEqual(most);
    expect(is.forecast.mean).toBeLessThanOrEqual(
      was.forecast.mean + 0.8 * (before.forecast.total.mean / WORLD.partners),
    );
    const passed = [...before.partners].filter(
      ([name, one]) =>
        name !== attacker &&
        one.score > was.score + 3 &&
        after.partners.get(name)!.score < is.score,
    );
    if (most === KNOWN_HAND) expect(passed.length).toBeLessThanOrEqual(2);
  } finally {
    await opened.close();
  }
}

describe('an attack through the CRM', () => {
  it('Salesforce: a user of the partner writes over REST', async () => {
    await attacked('salesforce', ({ sandbox }) => junkInSalesforce(sandbox as Sandbox), KNOWN_HAND);
  });
  it('HubSpot: a user of the partner writes in its pages', async () => {
    await attacked(
      'hubspot',
      ({ sandbox }) => junkInHubSpot(sandbox as HubSpotSandbox, 'partner'),
      KNOWN_HAND,
    );
  });
  it('HubSpot: an app writes, and nobody knows for whom', async () => {
    await attacked(
      'hubspot',
      ({ sandbox }) => junkInHubSpot(sandbox as HubSpotSandbox, 'unknown'),
      UNKNOWN_HAND,
    );
  });
});

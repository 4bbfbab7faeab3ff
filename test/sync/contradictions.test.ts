import { expect, it } from 'vitest';
import type { DealFacts } from '../../src/model/facts.ts';
import { mappingSchema } from '../../src/model/mapping.ts';
import { startHubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { dealPage, partnerPage } from '../../src/store/facts.ts';
import { formerUsers } from '../../src/store/former-users.ts';
import { dealScorePage, partnerScorePage } from '../../src/store/results.ts';
import type { Store } from '../../src/store/store.ts';
import { contextOutsideRun } from '../../src/sync/measure/measure-context.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { numbersOfDeal, numbersOfPartner } from '../predict/action/referee-numbers.ts';
import { onDeal, onPartner } from '../predict/action/referee.ts';
import { openMemory } from '../store/open.ts';
import { openLab } from './lab.ts';
import { runHubSpot } from './hubspot-run.ts';

const SETTINGS = mappingSchema.shape.settings.parse({});

/** Enough for forty records of each CRM, some of them of owners who left. */
const SIZE = { partners: 12, deals: 140, seed: 731 };

/** What contradicts itself on the records of a run, and how many records there were. */
async function contradictions(
  store: Store,
  connectionId: string,
  { run, summary }: SyncOutcome,
): Promise<{ records: number; shown: number; found: string[] }> {
  const asOfMs = summary.forecast!.asOfMs;
  const context = {
    ...(await contextOutsideRun(store, connectionId, SETTINGS, asOfMs)),
    formerUsers: await formerUsers(store, connectionId),
  };
  const money = { reportingCurrency: SETTINGS.reportingCurrency, asOfMs };
  const partners = await partnerPage(store, connectionId, '', 1000, money);
  const direct = await dealPage(store, connectionId, '', 10_000, true);
  const scores = await partnerScorePage(store, connectionId, run.id, '', 1000);
  const dealScores = await dealScorePage(store, connectionId, run.id, '', 10_000);
  const known = new Map<string, DealFacts>(
    [...partners.flatMap(({ deals }) => deals), ...direct].map((deal) => [deal.id, deal]),
  );
  const ofPartner = scores.flatMap((score) => {
    const facts = partners.find(({ id }) => id === score.partnerId)!;
    const deals = dealScores.filter(({ partnerId }) => partnerId === (facts.accountId ?? facts.id));
    return [...onPartner({ score, facts, deals }, context), ...numbersOfPartner(score, deals)];
  });
  const ofDeals = dealScores.flatMap((score) => {
    const facts = known.get(score.dealId)!;
    return [...onDeal({ score, facts }, context), ...numbersOfDeal(score, facts, context)];
  });
  return {
    records: scores.length + dealScores.length,
    shown: [...scores, ...dealScores].filter(
      ({ nextAction }) => nextAction !== null && nextAction.rule !== 'close',
    ).length,
    found: [...ofPartner, ...ofDeals],
  };
}

it('no record of a seeded Salesforce org contradicts itself', async () => {
  const lab = await openLab(SIZE);
  try {
    const { records, shown, found } = await contradictions(lab.store, 'lab', await lab.sync());
    expect(records).toBeGreaterThan(40);
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(records / 2);
    expect(found).toEqual([]);
  } finally {
    await lab.close();
  }
});

it('no record of a seeded HubSpot portal contradicts itself', async () => {
  const sandbox = await startHubSpotSandbox({
    ...SIZE,
    port: 0,
    nowMs: Date.parse('2026-11-16T09:00:00Z'),
    ticking: false,
    limits: { by: 'off' },
  });
  const store = openMemory();
  try {
    const outcome = await runHubSpot({ sandbox, store, runId: 'run-1' });
    const { records, shown, found } = await contradictions(store, 'hs', outcome);
    expect(records).toBeGreaterThan(40);
    expect(shown).toBeLessThan(records / 2);
    expect(found).toEqual([]);
  } finally {
    store.close();
    await sandbox.close();
  }
});

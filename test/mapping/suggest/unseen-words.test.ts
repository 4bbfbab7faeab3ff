/**
 * An org whose words all differ, in no language of ours or in none at all: what its rows refer to
 * and what their values are like tells everything but what a metric is called, and that is asked.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { sampleOrg } from '../../../src/sync/read/sample-org.ts';
import { suggestMapping } from '../../../src/mapping/suggest/index.ts';
import type { CrmSession } from '../../../src/model/connector.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import { startPortal } from '../../connectors/hubspot/support/portal.ts';
import { testDeps } from '../../connectors/salesforce/support/deps.ts';
import { parsed, SALESFORCE } from '../fixtures/document.ts';
import { countEdits } from './edits.ts';
import { randomOrg } from './random-org.ts';
import { randomPortal } from './random-portal.ts';
import { beyondQuestions, METRIC_WORDS } from './random-words.ts';
import { renamedSeeder } from './renamed-org.ts';
import { renamedPortal } from './renamed-portal.ts';

const NOW_MS = Date.UTC(2026, 9, 22, 12);
const HUBSPOT = readFileSync(new URL('../../../mappings/hubspot.yaml', import.meta.url), 'utf8');
/** Odd seeds speak a language, even ones none; `VOCABULARIES=9,40` tries others. */
const SEEDS = (process.env['VOCABULARIES'] ?? '7,10').split(',').map(Number);

async function expectNoEdits(
  session: CrmSession,
  crm: 'salesforce' | 'hubspot',
  shipped: string,
  wanted: string,
): Promise<void> {
  const input = await sampleOrg(session, crm, parsed(shipped), () => {});
  const { yaml, questions } = suggestMapping(input);
  const { faults } = await prepareMapping(session, yaml, crm);
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  const { words } = await countEdits(session, yaml, wanted, crm);
  expect(beyondQuestions(words, questions)).toEqual([]);
  expect(new Set(questions.map(({ word }) => word)).size).toBe(questions.length);
  expect(questions.length).toBeLessThanOrEqual(METRIC_WORDS.length);
  for (const { field, text } of questions) {
    expect(field).toBe('metric');
    expect(yaml).toContain(`# Question: ${text}`);
  }
}

describe.each(SEEDS)('vocabulary %i', (seed) => {
  test.each([
    ['a checkbox or a word', false],
    ['a picklist that only they have filled', true],
  ])(
    'of a Salesforce org whose partners have %s: no edit beside the metrics that the draft asks about',
    async (_, onlyPartners) => {
      const { vocabulary, wanted } = randomOrg(SALESFORCE, seed, onlyPartners);
      const sandbox = await startSandbox({
        partners: 12,
        deals: 150,
        nowMs: NOW_MS,
        ticking: false,
        prm: false,
        seed,
        seeder: renamedSeeder(vocabulary),
      });
      const session = await salesforce.open(
        { auth: 'access-token', instanceUrl: sandbox.url },
        { accessToken: sandbox.accessToken },
        testDeps({ nowMs: () => NOW_MS }),
      );
      try {
        await expectNoEdits(session, 'salesforce', SALESFORCE, wanted);
      } finally {
        await session.close();
        await sandbox.close();
      }
    },
  );

  test('of a HubSpot portal: no edit beside the metrics that the draft asks about', async () => {
    const { words, wanted } = randomPortal(HUBSPOT, seed);
    const portal = await startPortal({
      partners: 12,
      deals: 150,
      seed,
      seeder: renamedPortal(words),
    });
    const session = await portal.open();
    try {
      await expectNoEdits(session, 'hubspot', HUBSPOT, wanted);
    } finally {
      await session.close();
      await portal.sandbox.close();
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sampleOrg } from '../../../src/sync/read/sample-org.ts';
import { suggestMapping, type SuggestInput } from '../../../src/mapping/suggest/index.ts';
import type { CrmSession } from '../../../src/model/connector.ts';
import { seedHubSpot } from '../../../src/sandbox/hubspot/seed.ts';
import type { HubSpotSandboxOptions } from '../../../src/sandbox/hubspot/start.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import { startPortal } from '../../connectors/hubspot/support/portal.ts';
import { parsed } from '../fixtures/document.ts';
import { countEdits } from './edits.ts';
import { DEALER_PORTAL, RESELLER_PORTAL } from './portal-vocabularies.ts';
import { intendedFor, renamedPortal } from './renamed-portal.ts';

/** More edits than this, and an admin would rather start from the shipped mapping. */
const MOST_EDITS = 0;
/** Without one row to look at, so many. */
const MOST_BLIND = 5;
/**
 * A draft must not eat into a day's budget: this many calls for a portal with seven custom objects.
 */
const MOST_CALLS = 100;
const HUBSPOT = readFileSync(new URL('../../../mappings/hubspot.yaml', import.meta.url), 'utf8');

async function onPortal(
  options: HubSpotSandboxOptions,
  work: (session: CrmSession, input: SuggestInput) => Promise<void>,
): Promise<void> {
  const portal = await startPortal({ partners: 12, deals: 150, seeder: seedHubSpot, ...options });
  const session = await portal.open();
  try {
    const input = await sampleOrg(session, 'hubspot', parsed(HUBSPOT), () => {});
    expect(session.calls()).toBeLessThanOrEqual(MOST_CALLS);
    await work(session, input);
  } finally {
    await session.close();
    await portal.sandbox.close();
  }
}

const sides = (partner: string, vendor: string): Record<string, Record<string, string>> =>
  Object.fromEntries(
    ['target.side', 'milestone.side'].map((field) => [
      field,
      { [partner]: 'partner', [vendor]: 'vendor' },
    ]),
  );

const PORTALS: [name: string, options: HubSpotSandboxOptions, wanted: string][] = [
  ['the generated portal', {}, HUBSPOT],
  [
    'the generated portal with several currencies',
    { settings: { exchangeRates: { EUR: 1.1 } } },
    HUBSPOT,
  ],
  [
    'a portal of resellers with other names and association labels',
    { seeder: renamedPortal(RESELLER_PORTAL) },
    intendedFor(HUBSPOT, RESELLER_PORTAL, sides('Them', 'Us')),
  ],
  [
    'a maker with dealers, terse internal names and telling labels',
    { seeder: renamedPortal(DEALER_PORTAL) },
    intendedFor(HUBSPOT, DEALER_PORTAL, sides('Dealer', 'Manufacturer')),
  ],
];

describe.each(PORTALS)('%s', (_name, options, wanted) => {
  test(`a draft is at most ${MOST_EDITS} edits from the intended mapping, and passes the check`, async () => {
    await onPortal(options, async (session, input) => {
      const { yaml } = suggestMapping(input);
      const { faults } = await prepareMapping(session, yaml, 'hubspot');
      expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
      const edits = await countEdits(session, yaml, wanted, 'hubspot');
      expect(edits.count, edits.words.join('\n')).toBeLessThanOrEqual(MOST_EDITS);
    });
  });
});

describe('the draft', () => {
  test('the count of edits sees what differs: the shipped mapping is far from a portal with other names', async () => {
    await onPortal({ seeder: renamedPortal(RESELLER_PORTAL) }, async (session) => {
      const wanted = PORTALS[2]![2];
      const { count, words } = await countEdits(session, HUBSPOT, wanted, 'hubspot');
      expect(count).toBeGreaterThan(30);
      expect(words).toEqual(
        expect.arrayContaining([
          'plan.startOn',
          'target.goal',
          'partner.tier',
          'deal.partnerId',
          'deal.campaignId',
          'deal.registeredAt',
        ]),
      );
      expect(
        (
          await countEdits(
            session,
            wanted.replace(
              /(\n  deal:[\s\S]*?partnerId:\s+field: associations.companies\[)Reseller/,
              '$1Referred by',
            ),
            wanted,
            'hubspot',
          )
        ).words,
      ).toEqual(['deal.partnerId']);
    });
  });

  test('a label of the portal with points, brackets, quotes and line breaks is read as it is and cannot break out of the draft', async () => {
    const label = 'Partner "A" #1: [EMEA] Inc.\n  evil: true';
    await onPortal(
      {
        seeder: renamedPortal({
          ...RESELLER_PORTAL,
          labels: { Partner: label, Influencer: 'Influencer' },
        }),
      },
      async (session, input) => {
        const { yaml, explanations } = suggestMapping(input);
        const { document, compiled, faults } = await prepareMapping(session, yaml, 'hubspot');
        expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(document?.entities.deal).toMatchObject({
          fields: { partnerId: `associations.companies[${label}]` },
        });
        const stream = compiled!.streams.find(({ object }) => object === 'deals')!;
        const { rows } = await session.read({ ...stream, range: { kind: 'all' } }, null);
        expect(
          rows.filter((row) => row.fields[`associations.companies[${label}]`] !== null).length,
        ).toBeGreaterThan(20);
        expect(
          explanations.find(({ entity, field }) => entity === 'deal' && field === 'partnerId')
            ?.confidence,
        ).toBe('high');
      },
    );
  });

  test('is the same bytes whatever the order of objects, fields and rows', async () => {
    await onPortal({ seeder: renamedPortal(DEALER_PORTAL) }, async (_session, input) => {
      const turned = {
        ...input,
        objects: input.objects
          .toReversed()
          .map((object) => ({ ...object, fields: object.fields.toReversed() })),
        samples: new Map(
          [...input.samples].reverse().map(([name, rows]) => [name, rows.toReversed()]),
        ),
      };
      expect(suggestMapping(turned).yaml).toBe(suggestMapping(input).yaml);
    });
  });

  test('without one row to sample it goes by names and associations', async () => {
    await onPortal({}, async (session, input) => {
      const blind = suggestMapping({ ...input, samples: new Map(), counts: new Map() });
      expect(
        (await prepareMapping(session, blind.yaml, 'hubspot')).faults.filter(
          ({ severity }) => severity === 'error',
        ),
      ).toEqual([]);
      expect((await countEdits(session, blind.yaml, HUBSPOT, 'hubspot')).count).toBeLessThanOrEqual(
        MOST_BLIND,
      );
    });
  });

  test('a portal without custom objects and labels gets partners and deals, and is told what is missing', async () => {
    await onPortal({ seeder: () => null }, async (session, input) => {
      const { yaml, explanations } = suggestMapping(input);
      expect(
        (await prepareMapping(session, yaml, 'hubspot')).faults.filter(
          ({ severity }) => severity === 'error',
        ),
      ).toEqual([]);
      expect(
        explanations
          .filter(({ choice }) => choice === '')
          .map(({ entity }) => entity)
          .sort(),
      ).toEqual([
        'campaign',
        'certification',
        'cost',
        'dealTeam',
        'milestone',
        'plan',
        'registration',
        'signal',
        'target',
      ]);
      expect(yaml).toContain('No lookup on it names a partner');
    });
  });
});

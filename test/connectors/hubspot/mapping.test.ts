import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkMapping } from '../../../src/mapping/check/check.ts';
import { compileMapping } from '../../../src/mapping/compile/compile.ts';
import { parseMapping } from '../../../src/mapping/document/parse.ts';
import { seedHubSpot } from '../../../src/sandbox/hubspot/seed.ts';
import { describedBy, mapAll } from '../../mapping/whole.ts';
import { startPortal } from './support/portal.ts';

const MAPPING = readFileSync(new URL('../../../mappings/hubspot.yaml', import.meta.url), 'utf8');

/** The mapping that ships, against a whole portal with its own properties and records. */
test('the shipped mapping has no fault worth more than a note, and every row maps', async () => {
  const portal = await startPortal({ seeder: seedHubSpot, partners: 8, deals: 60 });
  const session = await portal.open();
  try {
    const { document, locate, faults: syntax } = parseMapping(MAPPING);
    expect(syntax).toEqual([]);
    if (document === null) throw new Error('no document');
    const describeObject = await describedBy(session, document);
    const faults = checkMapping(document, locate, describeObject).filter(
      (fault) => fault.severity !== 'note',
    );
    expect(faults.map((fault) => `${fault.line}: ${fault.message}`)).toEqual([]);
    const mapping = compileMapping(document, describeObject);
    // The world has a few records without what their entity cannot do without.
    const { mapped, refused } = await mapAll(session, mapping);
    expect(
      [...refused].filter(
        (each) =>
          ![
            'target.goal missing',
            'certification.issuedOn missing',
            'cost.amount missing',
          ].includes(each),
      ),
    ).toEqual([]);
    expect(Object.keys(mapped)).toEqual(
      expect.arrayContaining([
        'partner',
        'account',
        'contact',
        'user',
        'campaign',
        'deal',
        'dealPartner',
        'dealEvent',
        'registration',
        'activity',
        'plan',
        'target',
        'milestone',
        'certification',
        'cost',
        'signal',
        'stage',
      ]),
    );
    expect(mapped['partner']).toBeLessThan(mapped['account'] ?? 0);
  } finally {
    await session.close();
    await portal.sandbox.close();
  }
});

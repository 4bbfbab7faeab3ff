import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkMapping } from '../../../src/mapping/check/check.ts';
import { compileMapping } from '../../../src/mapping/compile/compile.ts';
import { objectsToDescribe } from '../../../src/mapping/document/objects.ts';
import { parseMapping } from '../../../src/mapping/document/parse.ts';
import type { CrmObject } from '../../../src/model/connector.ts';
import { seedHubSpot } from '../../../src/sandbox/hubspot/seed.ts';
import { readPages, startPortal } from './support/portal.ts';

const MAPPING = readFileSync(new URL('../../../mappings/hubspot.yaml', import.meta.url), 'utf8');

/** The mapping that ships, against a whole portal with its own properties and records. */
test('the shipped mapping has no fault worth more than a note, and every row maps', async () => {
  const portal = await startPortal({ seeder: seedHubSpot, partners: 8, deals: 60 });
  const session = await portal.open();
  try {
    const { document, locate, faults: syntax } = parseMapping(MAPPING);
    expect(syntax).toEqual([]);
    if (document === null) throw new Error('no document');
    const known = new Map<string, CrmObject | null>();
    for (
      let next = objectsToDescribe(document, known);
      next.length > 0;
      next = objectsToDescribe(document, known)
    )
      for (const name of next) known.set(name, await session.describe(name));
    const describeObject = (name: string): CrmObject | null => known.get(name) ?? null;
    const faults = checkMapping(document, locate, describeObject).filter(
      (fault) => fault.severity !== 'note',
    );
    expect(faults.map((fault) => `${fault.line}: ${fault.message}`)).toEqual([]);
    const mapping = compileMapping(document, describeObject);
    const mapped: Record<string, number> = {};
    const refused = new Set<string>();
    for (const stream of mapping.streams) {
      for (const page of await readPages(session, { ...stream, range: { kind: 'all' } })) {
        for (const row of page.rows) {
          const { rows, rejects } = mapping.mapRow(row);
          // The world has a few records without what their entity cannot do without, which no mapping can make up.
          for (const reject of rejects)
            refused.add(`${reject.entity}.${reject.field} ${reject.code}`);
          for (const { entity, deleted } of rows)
            if (!deleted) mapped[entity] = (mapped[entity] ?? 0) + 1;
        }
      }
    }
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

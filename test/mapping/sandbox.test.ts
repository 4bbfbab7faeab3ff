import { describe, expect, test } from 'vitest';
import { salesforce } from '../../connectors/salesforce/index.ts';
import type { CrmObject } from '../../src/model/connector.ts';
import { checkMapping } from '../../src/mapping/check/check.ts';
import { compileMapping } from '../../src/mapping/compile/compile.ts';
import { objectsToDescribe } from '../../src/mapping/document/objects.ts';
import { parseMapping } from '../../src/mapping/document/parse.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { lines, parsed, SALESFORCE } from './fixtures/document.ts';

/**
 * The generated world has a few rows that somebody saved half done; these are what a mapping
 * must refuse, and nothing else.
 */
const HALF_SAVED = new Set([
  'target.goal missing',
  'certification.issuedOn missing',
  'cost.amount missing',
]);

/** The mapping that ships, against whole orgs with their own describes and rows. */
describe.each([
  { prm: true, multiCurrency: true },
  { prm: false, multiCurrency: false },
])('an org with PRM $prm and several currencies $multiCurrency', (options) => {
  test('has no fault worth more than a note, and every row maps', async () => {
    const sandbox = await startSandbox({ partners: 8, deals: 60, ...options });
    const session = await salesforce.open(
      { auth: 'access-token', instanceUrl: sandbox.url },
      { accessToken: sandbox.accessToken },
      {
        fetch,
        nowMs: () => 0,
        sleep: async () => undefined,
        random: () => 0,
        log: () => undefined,
        saveSecret: async () => undefined,
      },
    );
    try {
      const document = parsed(SALESFORCE);
      const known = new Map<string, CrmObject | null>();
      for (
        let next = objectsToDescribe(document, known);
        next.length > 0;
        next = objectsToDescribe(document, known)
      ) {
        for (const name of next) known.set(name, await session.describe(name));
      }
      const describeObject = (name: string): CrmObject | null => known.get(name) ?? null;
      const faults = lines(checkMapping(document, parseMapping(SALESFORCE).locate, describeObject));
      expect(faults.filter((line) => !line.startsWith('note'))).toEqual([]);
      const mapping = compileMapping(document, describeObject);
      const mapped: Record<string, number> = {};
      for (const { object, fields, where, includeDeleted } of mapping.streams) {
        for (let next: string | null = null, first = true; first || next !== null; first = false) {
          const page = await session.read(
            { object, fields, where, range: { kind: 'all' }, includeDeleted },
            next,
          );
          for (const row of page.rows) {
            const { rows, rejects } = mapping.mapRow(row);
            expect(
              rejects.filter(
                (reject) => !HALF_SAVED.has(`${reject.entity}.${reject.field} ${reject.code}`),
              ),
            ).toEqual([]);
            for (const { entity, deleted } of rows)
              if (!deleted) mapped[entity] = (mapped[entity] ?? 0) + 1;
          }
          next = page.next;
        }
      }
      const always = [
        'partner',
        'account',
        'deal',
        'dealEvent',
        'dealPartner',
        'activity',
        'user',
        'contact',
        'plan',
        'target',
        'milestone',
        'certification',
        'cost',
        'signal',
        'stage',
      ];
      expect(Object.keys(mapped)).toEqual(
        expect.arrayContaining([
          ...always,
          ...(options.prm ? ['registration'] : []),
          ...(options.multiCurrency ? ['rate'] : []),
        ]),
      );
      expect(mapped['partner']).toBeLessThan(mapped['account'] ?? 0);
    } finally {
      await session.close();
      await sandbox.close();
    }
  });
});

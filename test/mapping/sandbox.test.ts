import { describe, expect, test } from 'vitest';
import { salesforce } from '../../connectors/salesforce/index.ts';
import { checkMapping } from '../../src/mapping/check/check.ts';
import { compileMapping } from '../../src/mapping/compile/compile.ts';
import { parseMapping } from '../../src/mapping/document/parse.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { lines, parsed, SALESFORCE } from './fixtures/document.ts';
import { describedBy, mapAll } from './whole.ts';

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
      const describeObject = await describedBy(session, document);
      const faults = lines(checkMapping(document, parseMapping(SALESFORCE).locate, describeObject));
      expect(faults.filter((line) => !line.startsWith('note'))).toEqual([]);
      const mapping = compileMapping(document, describeObject);
      const { mapped, refused } = await mapAll(session, mapping);
      expect([...refused].filter((reject) => !HALF_SAVED.has(reject))).toEqual([]);
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

import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBench } from '../cli/bench.ts';

/** What an admin of such an org would look for, and what must not be there. */
const STYLES: [style: string, own: RegExp, not: RegExp][] = [
  ['renamed', /Deal_Reg_Status__c[\s\S]*Joint_Plan__c/, /Partner_Plan__c/],
  ['minimal', /OpportunityPartner/, /__c\b(?<!HW_\w+__c)/],
  ['person-accounts', /Partner_Plan__c/, /Joint_Plan__c/],
];

describe.each(STYLES)('an org of the style %s', (orgStyle, own, not) => {
  it('gets a suggested mapping that passes the check and a dry run, in two currencies', async () => {
    const world = { partners: 5, deals: 60, seed: 4, orgStyle, currencies: { EUR: 0.9 } };
    const bench = await openBench(world);
    try {
      const draft = await bench.run('mapping', 'suggest', '--out', 'own.yaml', '--json');
      expect([draft.code, draft.stderr]).toEqual([0, '']);
      await bench.writeConnection('headwater.connection.yaml', { mapping: 'own.yaml' });
      const text = readFileSync(join(bench.dir, 'own.yaml'), 'utf8');
      expect(text).toMatch(own);
      expect(text).not.toMatch(not);
      expect((await bench.run('mapping', 'check')).code).toBe(0);
      const dry = await bench.run('sync', 'run', '--dry-run');
      expect(dry.code).toBe(0);
      expect(dry.stdout).toMatch(/Account\s+partner\s+5\b/);
    } finally {
      await bench.close();
    }
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './harness.ts';

/**
 * Two partners and their deals as csv files in `dir`, with a connection document beside them. All
 * deals were created in the year before `year`, and close in December of `closeYear`.
 */
export function csvCompany(dir: string, deals: number, year: number, closeYear: number): void {
  mkdirSync(join(dir, 'data'));
  writeFileSync(join(dir, 'data/partners.csv'), 'id,name\np1,Northwind\np2,Keystone\n');
  const rows = Array.from(
    { length: deals },
    (_, i) =>
      `d${i},Deal ${i},p${(i % 2) + 1},${i % 3 === 0 ? 'won' : 'proposal'},${1000 * (i + 1)},${closeYear}-12-0${(i % 9) + 1},${year - 1}-0${(i % 9) + 1}-05T00:00:00Z`,
  );
  writeFileSync(
    join(dir, 'data/deals.csv'),
    `id,name,partner_id,stage,amount,close_date,created_at\n${rows.join('\n')}\n`,
  );
  writeFileSync(
    join(dir, 'headwater.connection.yaml'),
    `version: 1\nid: files\ncrm: csv\nmapping: ${join(ROOT, 'mappings/csv.yaml')}\nsettings: { dir: ${join(dir, 'data')} }\n`,
  );
}

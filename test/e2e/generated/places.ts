import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv } from '../../../connectors/csv/index.ts';
import type { ConnectionDocument } from '../../../src/model/connection.ts';
import type { Connector } from '../../../src/model/connector.ts';
import { openCrm, type CrmName } from '../../bench/calls/crms.ts';

/** A small CRM, or a folder of files, that mappings are tried on. */
export interface Place {
  connector: Connector;
  mappingText: string;
  secrets: Record<string, string>;
  settings: ConnectionDocument['settings'];
  nowMs(): number;
  close(): Promise<void>;
}
export type PlaceName = CrmName | 'csv';

const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
const COMPANY = { partners: 5, deals: 30, seed: 3 };
const STAGES = ['qualified', 'proposal', 'won', 'lost'];

export async function openPlace(name: PlaceName): Promise<Place> {
  if (name === 'csv') return openFolder();
  const crm = await openCrm(name, COMPANY);
  return {
    ...crm,
    nowMs: () => crm.sandbox.clock.nowMs(),
    close: () => crm.sandbox.close(),
  };
}

function openFolder(): Place {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-files-'));
  for (const [name, rows] of Object.entries(FILES))
    writeFileSync(join(dir, `${name}.csv`), `${rows.join('\n')}\n`);
  return {
    connector: csv,
    mappingText: readFileSync(new URL('../../../mappings/csv.yaml', import.meta.url), 'utf8'),
    secrets: {},
    settings: { dir },
    nowMs: () => NOW_MS,
    close: async () => {
      rmSync(dir, { recursive: true });
    },
  };
}

const rows = (count: number, row: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => row(i));
const day = (i: number): string => `2026-0${(i % 9) + 1}-1${i % 10}`;
const FILES: Record<string, string[]> = {
  partners: [
    'id,name,type,tier,region,signed_on',
    ...rows(6, (i) => `p${i},Partner ${i},reseller,${i % 2 ? 'gold' : ''},EMEA,2024-01-0${i + 1}`),
  ],
  deals: [
    'id,name,partner_id,stage,amount,currency,close_date,created_at,registered_at',
    ...rows(
      40,
      (i) =>
        `d${i},Deal ${i},p${i % 6},${STAGES[i % 4]},${1_000 * (i + 1)}.50,USD,${day(i)},2025-1${i % 3}-05T08:00:00Z,`,
    ),
  ],
  deal_events: [
    'id,deal_id,at,stage,amount,by_id',
    ...rows(80, (i) => `e${i},d${i % 40},${day(i)}T10:00:00Z,${STAGES[i % 2]},${1_000 * i},u1`),
  ],
  users: ['id,name,email,side', 'u1,Kim,kim@us.example,vendor', 'u2,Lee,lee@them.example,partner'],
  registrations: [
    'id,partner_id,deal_id,company,product,submitted_at,decided_at,status',
    ...rows(12, (i) => `r${i},p${i % 6},d${i},Company ${i},Pump,${day(i)},,approved`),
  ],
  quotes: ['id,deal_id,state,at,amount', ...rows(6, (i) => `q${i},d${i},presented,${day(i)},900`)],
  signals: ['id,partner_id,kind,at,value', ...rows(9, (i) => `s${i},p${i % 6},login,${day(i)},1`)],
};

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DEFAULT_DATABASE } from '../../src/cli/command.ts';
import type { Bench } from '../cli/bench.ts';
import type { Crm } from './schedule.ts';

/** Objects of the shipped mapping that a small world has records of. */
export const KEPT_OBJECTS: Record<Crm, string[]> = {
  salesforce: ['Account', 'Opportunity', 'Task', 'OpportunityHistory'],
  hubspot: ['companies', 'deals', 'calls'],
};

type Row = Record<string, unknown>;
type Dump = Record<string, Row[]>;

const idOf = (row: Row): string => String(row['Id'] ?? row['id']);
/** In the bin of either CRM. */
const isGone = (row: Row): boolean => row['archived'] === true || row['IsDeleted'] === true;
/** The CRM's own id: HubSpot counts each type by itself, so ours begin with the type (0-2-123). */
const crmIdOf = (id: string): string => id.replace(/^.*-/, '');

export function queryFile<T>(file: string, text: string): T[] {
  const db = new Sqlite(file);
  try {
    return db.prepare(text).all() as T[];
  } finally {
    db.close();
  }
}

/** What a database file holds and a CRM does not, or the other way round. */
export function differencesOf(file: string, dump: Dump): { rows: string[]; ledger: string[] } {
  const rows = Object.entries(dump).flatMap(([object, records]) => {
    const there = new Set(records.filter((row) => !isGone(row)).map(idOf));
    const here = new Set(
      queryFile<{ id: string }>(
        file,
        `select id from crm_rows where object = '${object}' and deleted = 0`,
      ).map(({ id }) => crmIdOf(id)),
    );
    const odd = [...there].filter((id) => !here.has(id)).map((id) => `${object} ${id} is not held`);
    const alone = [...here].filter((id) => !there.has(id));
    return [...odd, ...alone.map((id) => `${object} ${id} is held alone`)];
  });
  const ledger = queryFile<{ object: string; record_id: string; field: string; value: string }>(
    file,
    'select object, record_id, field, value from ledger',
  ).flatMap(({ object, record_id, field, value }) => {
    const row = dump[object]?.find((one) => idOf(one) === crmIdOf(record_id));
    if (row === undefined) return [`the ledger has ${object} ${record_id}, the CRM has not`];
    const held = (row['properties'] as Row | undefined)?.[field] ?? row[field];
    const wrote = JSON.parse(value) as unknown;
    return String(held ?? null) === String(wrote)
      ? []
      : [`${object} ${record_id} ${field}: wrote ${String(wrote)}, the CRM shows ${String(held)}`];
  });
  return { rows, ledger };
}

/** Runs and writes that nobody ended. */
export const openEnds = (file: string): unknown[] => [
  ...queryFile(file, "select id from runs where state = 'running'"),
  ...queryFile(
    file,
    "select * from write_intents where state in ('sent', 'planned') and run_id not in (select id from runs where state = 'abandoned')",
  ),
];

/** All that a bench's database and its CRM differ in. */
export async function benchDifferences(bench: Bench, crm: Crm): Promise<string[]> {
  const file = join(bench.dir, DEFAULT_DATABASE);
  const dump = (await bench.control('GET', `/dump?objects=${KEPT_OBJECTS[crm].join(',')}`)) as Dump;
  const { rows, ledger } = differencesOf(file, dump);
  return [...rows, ...ledger, ...openEnds(file).map((end) => `left open: ${JSON.stringify(end)}`)];
}

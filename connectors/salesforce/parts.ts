/**
 * A query whose fields are too many or too costly for one statement is asked in parts: the first
 * says which rows there are and in which order, the others give more fields of the same rows.
 */
import type { CrmRow } from '../../src/model/connector.ts';
import { type ReadPlan, toRow } from './columns.ts';
import { behind, type Position } from './cursor.ts';
import { isTooComplicated } from './errors.ts';
import { chunkIds, idCondition } from './id-chunks.ts';
import { query, type QueryAnswer, valueAt } from './query.ts';
import type { Reader } from './read-bulk.ts';
import { soqlStatement } from './soql.ts';

type Select = string[];
type Row = Record<string, unknown>;
export interface Rows {
  rows: CrmRow[];
  done: boolean;
  /** Rows that Salesforce says the statement has. */
  total: number;
}

/** The statement of the first part, asked with these fields. */
type Ask = (select: Select) => Promise<QueryAnswer>;

/**
 * Rows of a statement, in one part or in as many as it takes; how many is remembered. Errors:
 * `config` when a single field is too much by itself.
 */
export async function queryRows(
  reader: Reader,
  plan: ReadPlan,
  all: boolean,
  ask: Ask,
): Promise<Rows> {
  const more = plan.select.filter((name) => !plan.own.includes(name));
  return await reader.sizes.fitting(
    {
      key: `fields of ${plan.object.name}`,
      most: Math.max(1, more.length),
      setting: null,
      bySize: isTooComplicated,
    },
    async (size) => await inParts(reader, plan, all, ask, partsOf(more, size)),
  );
}

const partsOf = (names: string[], size: number): Select[] =>
  names.length === 0
    ? [[]]
    : Array.from({ length: Math.ceil(names.length / size) }, (_, n) =>
        names.slice(n * size, (n + 1) * size),
      );

async function inParts(
  reader: Reader,
  plan: ReadPlan,
  all: boolean,
  ask: Ask,
  [first = [], ...others]: Select[],
): Promise<Rows> {
  const answer = await ask([...plan.own, ...first]);
  if (others.length === 0)
    return { rows: rowsOf(plan, answer.records), done: answer.done, total: answer.totalSize };
  const ids = answer.records.map((record) => String(record['Id']));
  const byId = new Map(answer.records.map((record) => [String(record['Id']), [record]]));
  for (const part of others)
    for (const record of await partOf(reader, plan, all, part, ids))
      byId.get(String(record['Id']))?.push(record);
  // The delete log reports a row that was destroyed between two parts.
  const whole = [...byId.values()].filter((parts) => parts.length === others.length + 1);
  return {
    rows: whole.map((parts) =>
      toRow(plan, (name) => parts.map((part) => valueAt(part, name)).find(isThere) ?? null),
    ),
    done: answer.done,
    total: answer.totalSize,
  };
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

async function partOf(
  { client }: Reader,
  plan: ReadPlan,
  all: boolean,
  part: Select,
  ids: string[],
): Promise<Row[]> {
  const found: Row[] = [];
  for (const chunk of chunkIds(ids)) {
    for (let after: string | null = null; ; ) {
      const statement = soqlStatement({
        select: ['Id', ...part],
        from: plan.object.name,
        where: [idCondition(chunk), ...behind(plan.object, positionOf(after))],
        orderBy: ['Id'],
      });
      const answer: QueryAnswer = await query(client, statement, {
        all,
        what: `reading more fields of ${plan.object.name}`,
      });
      found.push(...answer.records);
      after = answer.records.length === 0 ? null : String(answer.records.at(-1)!['Id']);
      if (answer.done || after === null) break;
    }
  }
  return found;
}

const positionOf = (id: string | null): Position | null =>
  id === null ? null : { id, stampMs: null };

/** `unread`: why the records have no more than what every part of a read needs. */
export const rowsOf = (
  plan: ReadPlan,
  records: QueryAnswer['records'],
  unread?: string,
): CrmRow[] => records.map((record) => toRow(plan, (name) => valueAt(record, name), unread));

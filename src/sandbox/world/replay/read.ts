/**
 * Reads the loan log of the BPI Challenge 2012 (developers' part): cases, application and offer
 * events, finished work items.
 */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

export const LOG_FILES = {
  cases: 'cases.csv',
  stages: 'events_stage.csv.gz',
  activities: 'activities.csv.gz',
} as const;
const COLUMNS = {
  cases: ['case_id', 'amount_req', 'reg_date'],
  stages: ['case_id', 'seq', 'ts', 'activity', 'resource'],
  activities: ['case_id', 'seq', 'ts', 'activity', 'lifecycle', 'resource'],
} as const;

export interface LogEvent {
  seq: number;
  atMs: number;
  activity: string;
  /** null where the log names nobody */
  resource: string | null;
}
export interface WorkItem extends LogEvent {
  /** from the item's last start, 0 where none was logged */
  minutes: number;
}
/** `startMs`: the first event, which is a moment before or at the registration. */
export interface LogCase {
  id: string;
  amount: number;
  registeredMs: number;
  startMs: number;
  events: LogEvent[];
  work: WorkItem[];
}
export interface LoanLog {
  cases: LogCase[];
  firstMs: number;
  lastMs: number;
}

/**
 * The data folder is not what it should be; the message names the file and what is expected of it.
 */
export class DataError extends Error {}

type Part = keyof typeof LOG_FILES;

async function readRows(
  dataDir: string,
  part: Part,
  take: (row: Record<string, string>, line: number) => void,
): Promise<void> {
  const file = join(dataDir, LOG_FILES[part]);
  const columns: readonly string[] = COLUMNS[part];
  const expected = `expected ${LOG_FILES[part].endsWith('.gz') ? 'gzip-compressed ' : ''}CSV with the columns ${columns.join(', ')}`;
  await access(file).catch(() => {
    throw new DataError(`${file} is missing: ${expected}`);
  });
  const parser = parse({
    columns: (header: string[]) => {
      const missing = columns.filter((name) => !header.includes(name));
      if (missing.length > 0)
        throw new DataError(`${file} has no column ${missing.join(', ')}: ${expected}`);
      return header;
    },
    bom: true,
  });
  const source = createReadStream(file);
  let line = 1;
  const collect = async (rows: AsyncIterable<Record<string, string>>): Promise<void> => {
    for await (const row of rows) take(row, ++line);
  };
  try {
    if (LOG_FILES[part].endsWith('.gz')) await pipeline(source, createGunzip(), parser, collect);
    else await pipeline(source, parser, collect);
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}): ${expected}`,
    );
  }
}

function timeOf(text: string | undefined, where: string): number {
  const ms = Date.parse(text ?? '');
  if (Number.isNaN(ms))
    throw new DataError(
      `${where}: "${text ?? ''}" is no time; expected ISO 8601 with an offset, such as 2011-10-01T00:38:44.546+02:00`,
    );
  return ms;
}

function numberOf(text: string | undefined, where: string, what: string): number {
  const value = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(value))
    throw new DataError(`${where}: "${text ?? ''}" is no number; expected ${what}`);
  return value;
}

/** Work items carry the resource as a decimal (`11181.0`); stage events do not. */
function resourceOf(text: string | undefined): string | null {
  const plain = (text ?? '').trim().replace(/\.0$/, '');
  return plain === '' ? null : plain;
}

/**
 * Reads the log whole (about 90,000 rows). Cases and their events ascend in time. Throws DataError
 * naming the file, the row and what was expected.
 */
export async function readLoanLog(dataDir: string): Promise<LoanLog> {
  const cases = new Map<string, LogCase>();
  const at = (part: Part, line: number): string => `${join(dataDir, LOG_FILES[part])}, row ${line}`;
  await readRows(dataDir, 'cases', (row, line) => {
    const where = at('cases', line);
    const id = row['case_id'] ?? '';
    if (id === '' || cases.has(id))
      throw new DataError(
        `${where}: case_id "${id}" is ${id === '' ? 'empty' : 'there twice'}; expected one row a case`,
      );
    cases.set(id, {
      id,
      amount: numberOf(row['amount_req'], where, 'amount_req, the amount asked for'),
      registeredMs: timeOf(row['reg_date'], where),
      startMs: 0,
      events: [],
      work: [],
    });
  });
  const caseOf = (row: Record<string, string>, where: string): LogCase => {
    const found = cases.get(row['case_id'] ?? '');
    if (!found)
      throw new DataError(`${where}: case ${row['case_id'] ?? ''} is not in ${LOG_FILES.cases}`);
    return found;
  };
  const eventOf = (row: Record<string, string>, where: string): LogEvent => ({
    seq: numberOf(row['seq'], where, 'seq, the place of the event in its case'),
    atMs: timeOf(row['ts'], where),
    activity: row['activity'] ?? '',
    resource: resourceOf(row['resource']),
  });
  await readRows(dataDir, 'stages', (row, line) => {
    const where = at('stages', line);
    caseOf(row, where).events.push(eventOf(row, where));
  });
  const started = new Map<string, number>();
  let lastMs = -Infinity;
  await readRows(dataDir, 'activities', (row, line) => {
    const where = at('activities', line);
    const event = eventOf(row, where);
    lastMs = Math.max(lastMs, event.atMs);
    const key = `${row['case_id'] ?? ''}/${event.activity}`;
    if (row['lifecycle'] === 'START') started.set(key, event.atMs);
    if (row['lifecycle'] !== 'COMPLETE') return;
    const minutes = Math.round((event.atMs - (started.get(key) ?? event.atMs)) / 60_000);
    caseOf(row, where).work.push({ ...event, minutes: Math.max(0, minutes) });
  });
  return finish([...cases.values()], lastMs, dataDir);
}

function finish(cases: LogCase[], lastWorkMs: number, dataDir: string): LoanLog {
  if (cases.length === 0) throw new DataError(`${join(dataDir, LOG_FILES.cases)} holds no case`);
  let firstMs = Infinity;
  let lastMs = lastWorkMs;
  for (const one of cases) {
    one.events.sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);
    one.work.sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);
    one.startMs = Math.min(one.registeredMs, one.events[0]?.atMs ?? Infinity);
    firstMs = Math.min(firstMs, one.startMs);
    lastMs = Math.max(lastMs, one.registeredMs, one.events.at(-1)?.atMs ?? -Infinity);
  }
  return {
    cases: cases.sort((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1)),
    firstMs,
    lastMs,
  };
}

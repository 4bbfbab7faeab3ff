import type { CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { writeCursor } from '../kit/cursor.ts';
import { type Column, resolveColumn, toRow } from './columns.ts';
import { type Cursor, readCursor } from './cursor.ts';
import type { Folder } from './folder.ts';
import { mayHold, scan, testOf } from './scan.ts';
import type { Survey } from './survey.ts';
import type { Written } from './written.ts';

type Rows = ReturnType<typeof scan>;

/**
 * Scans left open behind a page, so that the next page goes on where the file is open; any other
 * process finds the place again by counting rows.
 */
export interface OpenScans {
  take(key: string): Rows | null;
  keep(key: string, rows: Rows): Promise<void>;
  close(): Promise<void>;
}

interface Plan {
  survey: Survey;
  written: Written;
  columns: Column[];
  request: ReadRequest;
}

/**
 * One page of a read. Rows come in the file's order; a page holds a set number of rows, so memory
 * follows the page and not the file.
 */
export async function read(
  folder: Folder,
  scans: OpenScans,
  request: ReadRequest,
  next: string | null,
): Promise<ReadPage> {
  const survey = await folder.need(request.object);
  const written = await folder.written(request.object);
  const plan: Plan = {
    survey,
    written,
    request,
    columns: request.fields.map((path) => resolveColumn(survey, written, path)),
  };
  const cursor = readCursor(next, request, survey.file.version);
  if (!mayHold(survey, written, request)) return page(plan, [], null);
  return cursor.by === 'ids'
    ? await readIds(plan, cursor.from, folder.settings.pageRows)
    : await readRows(plan, scans, cursor.row, folder.settings.pageRows);
}

async function readRows(
  plan: Plan,
  scans: OpenScans,
  from: number,
  pageRows: number,
): Promise<ReadPage> {
  const { survey, written, request } = plan;
  const matches = testOf(survey, written, request);
  const key = (row: number): string => JSON.stringify([request, survey.file.version, row]);
  const rows = scans.take(key(from)) ?? scan(survey, written, from);
  const found: CrmRow[] = [];
  for (;;) {
    const step = await rows.next();
    if (step.done) return page(plan, found, null);
    const { row, behind } = step.value;
    if (row !== null && matches(row)) found.push(toRow(survey, plan.columns, row));
    if (found.length < pageRows) continue;
    if (behind >= survey.rows) {
      await rows.return(undefined);
      return page(plan, found, null);
    }
    await scans.keep(key(behind), rows);
    return page(plan, found, { by: 'row', row: behind, version: survey.file.version });
  }
}

/** A page of ids costs one pass over the file. */
async function readIds(plan: Plan, from: number, pageRows: number): Promise<ReadPage> {
  const ids = plan.request.range.kind === 'ids' ? [...new Set(plan.request.range.ids)] : [];
  const wanted = ids.slice(from, from + pageRows);
  const matches = testOf(plan.survey, plan.written, {
    where: plan.request.where,
    range: { kind: 'ids', ids: wanted },
  });
  const found: CrmRow[] = [];
  for await (const { row } of scan(plan.survey, plan.written, 0)) {
    if (row !== null && matches(row)) found.push(toRow(plan.survey, plan.columns, row));
    if (found.length === wanted.length) break;
  }
  return page(
    plan,
    found,
    from + pageRows < ids.length ? { by: 'ids', from: from + pageRows } : null,
  );
}

function page(plan: Plan, rows: CrmRow[], next: Cursor | null): ReadPage {
  const { survey, request } = plan;
  const whole = request.range.kind === 'all' && request.where.length === 0;
  return {
    rows,
    next: next === null ? null : writeCursor(next),
    transport: 'file',
    totalRows: whole ? survey.rows - survey.repeats.replaced.size : null,
  };
}

/**
 * At most one open scan an object and request is of use; a second one for the same place is closed.
 */
export function openScans(): OpenScans {
  const open = new Map<string, Rows>();
  let closed = false;
  return {
    take(key) {
      const rows = open.get(key) ?? null;
      open.delete(key);
      return rows;
    },
    async keep(key, rows) {
      const other = open.get(key);
      if (closed || other !== undefined) {
        await rows.return(undefined);
        return;
      }
      open.set(key, rows);
      await limit(open);
    },
    async close() {
      closed = true;
      for (const rows of open.values()) await rows.return(undefined);
      open.clear();
    },
  };
}

/**
 * Reads that were given up leave their scan behind: the oldest ones go, so that files don't stay
 * open without end.
 */
const MOST_OPEN = 8;
async function limit(open: Map<string, Rows>): Promise<void> {
  for (const [key, rows] of open) {
    if (open.size <= MOST_OPEN) return;
    open.delete(key);
    await rows.return(undefined);
  }
}

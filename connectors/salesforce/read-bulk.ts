import type { ConnectorDeps, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { writeCursor } from '../kit/cursor.ts';
import { type BulkPage, createJob, type JobState, jobState, resultPage } from './bulk.ts';
import type { Sizes } from '../kit/sizes.ts';
import type { BulkAllowance } from './bulk-allowance.ts';
import type { Client } from './client.ts';
import { type ReadPlan, toRow } from './columns.ts';
import { type BulkCursor, behind, type Cursor, type KeysCursor, type Position } from './cursor.ts';
import type { Describer } from './describe.ts';
import { isBulkRefusal, isBulkSpent, isJobGone, isTooComplicated, noRoom } from './errors.ts';
import type { Settings } from './settings.ts';
import { soqlStatement } from './soql.ts';

/**
 * Waits between looks at a job, the last one repeated: most jobs end in seconds, large ones in
 * minutes.
 */
const POLL_WAITS_MS = [1_000, 2_000, 3_000, 5_000, 10_000];
/**
 * Looks at a job within one call, about five minutes; after that the caller gets the same place
 * again, and may stop in between.
 */
const POLLS_PER_CALL = 32;
/** Such calls in all: about two hours, after which the job is given up. */
const MAX_WAITS = 24;
/** New jobs for one read whose job or results went away; after that the rest is read by REST. */
const MAX_RESTARTS = 2;

export interface Reader {
  client: Client;
  describer: Describer;
  settings: Settings;
  deps: ConnectorDeps;
  bulk: BulkAllowance;
  sizes: Sizes;
}

/**
 * A Bulk job for all that lies behind a position; by keys where Bulk refuses the object, or the org
 * has too little of Bulk left. Errors: `limit` when it has no calls left for that either.
 */
export async function startBulk(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  after: Position | null,
  total: number | null,
  restarts: number,
): Promise<Exclude<Cursor, { by: 'ids' }>> {
  const statement = soqlStatement({
    select: plan.select,
    from: plan.object.name,
    where: [...plan.where, ...behind(plan.object, after)],
  });
  const short = await reader.bulk.short();
  if (short !== null) return withoutBulk(reader, plan, after, total, short);
  try {
    const job = await createJob(
      reader.client,
      statement,
      request.includeDeleted,
      `starting a Bulk read of ${plan.object.name}`,
    );
    reader.bulk.spend();
    return { by: 'bulk', job, locator: null, after, total, waits: 0, restarts };
  } catch (error) {
    if (isBulkSpent(error))
      return withoutBulk(
        reader,
        plan,
        after,
        total,
        'Salesforce refuses another Bulk query job today',
      );
    if (!isBulkRefusal(error) && !isTooComplicated(error)) throw error;
    reader.deps.log('salesforce.bulk.refused', { object: plan.object.name });
    return { by: 'keys', after, total, noBulk: true };
  }
}

/**
 * The rest by REST, where the calls above the floor suffice. A read that no day has calls for goes
 * on by REST all the same, since it would wait for ever:
 * the run pauses at the floor and goes on from there.
 */
function withoutBulk(
  reader: Reader,
  plan: ReadPlan,
  after: Position | null,
  total: number | null,
  why: string,
): KeysCursor {
  const {
    settings,
    deps,
    client: {
      transport: {
        readings: { usedCalls, limitCalls },
      },
    },
  } = reader;
  const calls = total === null ? null : Math.ceil(total / settings.pageRows);
  deps.log('salesforce.bulk.low', { object: plan.object.name, why, calls });
  if (calls !== null && usedCalls !== null && limitCalls !== null) {
    const most = Math.floor(limitCalls * (1 - settings.bulkFloorPercent / 100));
    if (calls <= most && calls > most - usedCalls)
      throw noRoom(
        plan.object.name,
        `${why}, and by REST it takes ${calls} of ${Math.max(0, most - usedCalls)} API calls above the floor`,
        deps.nowMs(),
      );
  }
  return { by: 'keys', after, total, noBulk: 'low' };
}

/**
 * One result page of a Bulk job. A job that failed or is gone is replaced: rows may come twice, and
 * never not at all.
 */
export async function readBulk(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  cursor: BulkCursor,
): Promise<ReadPage> {
  const what = `Bulk read of ${plan.object.name}`;
  let results: BulkPage;
  try {
    if (cursor.locator === null) {
      const state = await waitFor(reader, cursor.job, what);
      if (state === 'running') return again(cursor, what);
      if (state !== 'complete') return await replace(reader, plan, request, cursor, state.failed);
    }
    results = await reader.sizes.fitting(
      {
        key: `bulk ${plan.object.name}`,
        most: reader.settings.bulkPageRows,
        setting: 'bulkPageRows',
      },
      async (rows) => await resultPage(reader.client, cursor.job, cursor.locator, rows, what),
    );
  } catch (error) {
    if (!isJobGone(error)) throw error;
    return await replace(reader, plan, request, cursor, 'the job is gone');
  }
  const rows = results.rows.map((line) =>
    toRow(plan, (name) => {
      const text = line.get(name);
      if (text === undefined)
        throw new HeadwaterError(
          'transient',
          `The Bulk result of ${plan.object.name} has no column ${name}.`,
          { code: 'UNREADABLE_ANSWER' },
        );
      return text;
    }),
  );
  return bulkPage(
    rows,
    results.locator === null ? null : { ...cursor, locator: results.locator },
    cursor.total,
  );
}

async function waitFor(reader: Reader, job: string, what: string): Promise<JobState> {
  for (let polls = 0; polls < POLLS_PER_CALL; polls++) {
    const state = await jobState(reader.client, job, what);
    if (state !== 'running') return state;
    await reader.deps.sleep(POLL_WAITS_MS[Math.min(polls, POLL_WAITS_MS.length - 1)] ?? 0);
  }
  return 'running';
}

function again(cursor: BulkCursor, what: string): ReadPage {
  if (cursor.waits >= MAX_WAITS)
    throw new HeadwaterError('transient', `The ${what} has not ended after hours.`, {
      code: 'BULK_SLOW',
      cure: 'Look at the job under Setup, Bulk Data Load Jobs.',
    });
  return bulkPage([], { ...cursor, waits: cursor.waits + 1 }, cursor.total);
}

async function replace(
  reader: Reader,
  plan: ReadPlan,
  request: ReadRequest,
  cursor: BulkCursor,
  reason: string,
): Promise<ReadPage> {
  reader.deps.log('salesforce.bulk.restart', {
    object: plan.object.name,
    reason,
    restarts: cursor.restarts,
  });
  if (cursor.restarts >= MAX_RESTARTS)
    return bulkPage(
      [],
      { by: 'keys', after: cursor.after, total: cursor.total, noBulk: true },
      cursor.total,
    );
  return bulkPage(
    [],
    await startBulk(reader, plan, request, cursor.after, cursor.total, cursor.restarts + 1),
    cursor.total,
  );
}

const bulkPage = (
  rows: ReadPage['rows'],
  next: Cursor | null,
  totalRows: number | null,
): ReadPage => ({
  rows,
  next: next === null ? null : writeCursor(next),
  transport: 'bulk',
  totalRows,
});

import Sqlite from 'better-sqlite3';
import { getTableColumns, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPartnerScores, findDealScores, rankedPartners } from '../../src/store/results.ts';
import { listIssues, retryIssues } from '../../src/store/issues.ts';
import { countIntents, listIntents } from '../../src/store/intents.ts';
import { localIds, localPage, middleStamp, newestSeen, unseenSince } from '../../src/store/rows.ts';
import { partnersAlsoKnownAs } from '../../src/store/partner-names.ts';
import { hintCount, markHints } from '../../src/store/hints.ts';
import { listConnections, statusOf } from '../../src/store/status.ts';
import { listReceipts } from '../../src/store/cursors.ts';
import { findDocument, listRuns } from '../../src/store/runs.ts';
import * as schema from '../../src/store/schema.ts';
import { undoRun } from '../../src/sync/run/replan.ts';
import { openLab } from '../sync/lab.ts';
import { openMemory } from './open.ts';

const ROWS = 100_000;
const TABLES = Object.values(schema as Record<string, unknown>).filter((one) =>
  is(one, SQLiteTable),
);
/** A row each connection, holder, key or step of one run: they do not grow with the company. */
const SMALL = new Set([
  'connections',
  'cursors',
  'leases',
  'fence_guard',
  'link_states',
  'backtests',
  'page_sizes',
  'secrets',
  'documents',
  'alert_mutes',
  '__drizzle_migrations',
]);
/**
 * Statements that pass over all that a connection holds of a table, and why that is no fault. A
 * page that begins behind the last one is none.
 */
const WHOLE: [RegExp, string][] = [
  [/^update "\w+" set "deleted" = \? where .*"object" not in/, 'once for every new mapping'],
  [/from "redirects" where|^update "redirects"|^delete from "redirects"/, 'merged records are few'],
  [/from "costs" where .*group by/, 'foreign money without a rate is counted once a run'],
  [/from "registrations" where .*group by/, 'the same'],
  [/over \(partition by coalesce/, 'partners that share an account: one pass, once a run'],
  [/from "issues"/, 'the quarantine is looked through once a run'],
  [/from "stages" where/, 'stages of a company are a few dozen'],
  [/from "rates" where/, 'rates of a company are a few hundred'],
  [/from "models"/, 'models are thinned out to a few hundred'],
  [/select "object", count\(\*\) from "crm_rows"/, 'status counts what is held'],
  [/from "crm_rows" where .*"seen_ms" </, 'what an audit of everything did not meet'],
  [/select count\(\*\) from "crm_rows" where .*"deleted" = \?\)$/, 'the size of what an audit met'],
  [/max\("crm_rows"\."seen_ms"\)/, 'the newest sight of a row, once an audit'],
  [/started_ms.*strftime|"runs"/, 'runs are thinned out to a few hundred'],
  [/instr\(lower/, 'a person looks for a part of a name'],
  [/^update "users" set/, 'sides are looked at again when partners came or went'],
  [/"(credits|claims|conflicts|partner_credits)".*"run_id" <>/, 'what only earlier runs said'],
  [/"resolved_side" is null/, 'an index of those alone'],
  [/^select coalesce\("account_id", "id"\), "domain"/, 'once when users or partners changed'],
  [/"deals"\."rate" is null/, 'an index of those alone'],
  [/where connection_id = \? limit \?\)?$/, 'the next page of what a what-if left, in any order'],
  [/"stage" not in \(select value/, 'stages that no list names: one pass, once a run'],
  [/from "forecasts" where .*order by/, 'forecasts are one a run, thinned out to a few hundred'],
  [/from "hints"/, 'hints are read away by every run'],
  [/from "users" where .*"active" = \?/, 'who has left: an organisation has few users'],
  [
    /^select count\(\*\) from "deals" where [^?]*\? and "deals"."deleted" = \?\)$/,
    'the size of the past, once a step of a fit',
  ],
  [
    /^select "id", "account_id", "name", "domain" from "partners" where [^?]*\? and [^?]*\?\) order/,
    'whom a plan may be for: every name',
  ],
  [
    /^select "id", "account_id", "signed_on", "onboarded_on" from "partners" where/,
    'whom a replayed forecast knows: once a step of a replay',
  ],
  [
    /^select "partner_id" from "plans" where [^?]*\? and [^?]*\?\) group by/,
    'whoever has a plan: once a run, in order',
  ],
  [
    /^select "id", "account_id", "type" from "partners" where/,
    'types of all partners, with which a fit compares: once a fit',
  ],
  [/^delete from "credit_book" where [^?]*\?$/, 'what a dry run would have booked, once each'],
  [
    /^select "deal_id" from "credit_book" where .*not exists .* limit \?$/,
    'what was won once is compared with what is won now, once a run',
  ],
];

/**
 * Every text that SQLite was given while the engine, the command line's reads and the store's
 * upkeep were at work.
 */
async function issuedTexts(): Promise<string[]> {
  const texts = new Set<string>();
  const prepare = Sqlite.prototype.prepare;
  Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
    texts.add(text);
    return prepare.call(this, text);
  } as typeof prepare;
  const lab = await openLab({ partners: 4, deals: 30 });
  try {
    const { store } = lab;
    await lab.sync({ dryRun: true });
    const { run } = await lab.sync();
    await store.batch(
      markHints(store, 'lab', [{ object: 'Opportunity', id: '006000000000001AAA' }], 1),
    );
    await lab.sync({ full: true });
    await undoRun(lab.deps(), run.id, true);
    await statusOf(store, (await listConnections(store))[0]!);
    await findPartnerScores(store, 'lab', 'a');
    await findDealScores(store, 'lab', 'a');
    await rankedPartners(store, 'lab', run.id, 5);
    await listIssues(store, 'lab', 5);
    await retryIssues(store, 'lab', 'x');
    await countIntents(store, run.id);
    await listIntents(store, run.id, 5);
    await listReceipts(store, 'lab', run.id);
    await localPage(store, 'lab', 'Account', '', 5);
    await localIds(store, 'lab', 'Account', 0, 1);
    await middleStamp(store, 'lab', 'Account', 0, 1e15);
    await newestSeen(store, 'lab', 'Account');
    await unseenSince(store, 'lab', 'Account', 1);
    await partnersAlsoKnownAs(store, 'lab', ['x']);
    await hintCount(store, 'lab');
    await findDocument(store, 'lab', 'mapping', 'x');
    await listRuns(store, 5);
  } finally {
    Sqlite.prototype.prepare = prepare;
    await lab.close();
  }
  return [...texts].filter((text) => /^\s*(select|insert|update|delete|with)/i.test(text));
}

/** A database as large as the promise: every table, every column. */
function fill(raw: Sqlite.Database): void {
  for (const table of TABLES) {
    const { name } = getTableConfig(table);
    const cells = Object.values(getTableColumns(table)).map((column) =>
      column.name === 'connection_id' && !column.primary
        ? `'c'`
        : column.dataType === 'number'
          ? 'i'
          : `'x' || i`,
    );
    const columns = Object.values(getTableColumns(table)).map((column) => `"${column.name}"`);
    raw.exec(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS}) insert into "${name}" (${columns.join()}) select ${cells.join()} from n`,
    );
  }
}

interface Step {
  detail: string;
}
const grows = (table: string): boolean =>
  !SMALL.has(table) &&
  Object.values(schema).some((one) => is(one, SQLiteTable) && getTableConfig(one).name === table);

describe(`every statement of the store, in tables of ${ROWS.toLocaleString('en')} rows`, () => {
  let raw: Sqlite.Database;
  let texts: string[];
  beforeAll(async () => {
    texts = await issuedTexts();
    const store = openMemory();
    raw = (store.db as unknown as { $client: Sqlite.Database }).$client;
    fill(raw);
  });
  afterAll(() => {
    raw.close();
  });

  const plan = (text: string): Step[] =>
    raw
      .prepare(`explain query plan ${text}`)
      .all(...Array.from(text.match(/\?/g) ?? [], () => '[]')) as Step[];

  it('reads no growing table from end to end', () => {
    expect(texts.length).toBeGreaterThan(120);
    const scans = texts.flatMap((text) =>
      plan(text)
        // In the order of an index up to a limit is a page, not the table.
        .filter(({ detail }) => !(/ USING INDEX /.test(detail) && /limit \?$/.test(text)))
        .filter(({ detail }) => grows(/^SCAN (\w+)/.exec(detail)?.[1] ?? ''))
        .map(({ detail }) => `${detail}: ${text}`),
    );
    expect(scans).toEqual([]);
  });

  it('reads no growing table of a connection from end to end either, but where that is the work', () => {
    const passes = texts
      .filter((text) => !WHOLE.some(([known]) => known.test(text.replace(/\s+/g, ' '))))
      .flatMap((text) =>
        plan(text)
          .filter(({ detail }) => {
            const found = /^SEARCH (\w+) USING .*\(connection_id=\?\)$/.exec(detail);
            return found !== null && grows(found[1]!);
          })
          .map(({ detail }) => `${detail}: ${text}`),
      );
    expect(passes).toEqual([]);
  });

  it('would tell: without its index a statement is a scan', () => {
    const link = texts.filter((text) => text.includes(' as hit'));
    expect(link.length).toBeGreaterThan(0);
    raw.exec('begin; drop index accounts_id');
    const steps = link.flatMap(plan);
    raw.exec('rollback');
    expect(
      steps.filter(({ detail }) => /accounts .*\(connection_id=\?\)$/.test(detail)),
    ).not.toEqual([]);
  });
});

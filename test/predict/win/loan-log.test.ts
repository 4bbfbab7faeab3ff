/**
 * The stage and age table on a real pipeline log (never committed; the test skips where the data is
 * absent). Label: won within 14 days of the weekly snapshot.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { winChance } from '../../../src/predict/win/win-chance.ts';
import { dealAt } from '../../../src/predict/deal/deal-at.ts';
import { DAY_MS, WEEK_MS } from '../../../src/predict/math/time.ts';
import type { DealFacts, StageFacts } from '../../../src/model/facts.ts';
import { bare, contextAt, poolOf } from '../../properties/world.ts';

const FOLDER = new URL('../../../../shared/data/bpi2012/', import.meta.url);
const present = existsSync(new URL('events_stage.csv.gz', FOLDER));

const ORDER = [
  'A_SUBMITTED',
  'A_PARTLYSUBMITTED',
  'A_PREACCEPTED',
  'A_ACCEPTED',
  'A_FINALIZED',
  'O_SENT',
  'O_SENT_BACK',
  'won',
  'lost',
];
const AS: Record<string, string> = {
  O_SELECTED: 'A_FINALIZED',
  O_CREATED: 'A_FINALIZED',
  A_APPROVED: 'won',
  A_REGISTERED: 'won',
  A_ACTIVATED: 'won',
  A_DECLINED: 'lost',
  A_CANCELLED: 'lost',
};
const stages = new Map<string, StageFacts>(
  ORDER.map((key, order) => [
    key,
    { key, label: key, order, closed: order > 6, won: order === 7, probability: null },
  ]),
);

/** Log loss of a shrunk stage and age table fitted elsewhere on the same split. */
const KNOWN_TABLE = 0.4438;

/** Cases as deals: the stage is the furthest reached. */
function deals(): DealFacts[] {
  const rows = parse(gunzipSync(readFileSync(new URL('events_stage.csv.gz', FOLDER))), {
    columns: true,
  }) as Record<string, string>[];
  const found = new Map<string, DealFacts>();
  for (const row of rows) {
    const atMs = Date.parse(row['ts']!);
    const id = row['case_id']!;
    const stage = AS[row['activity']!] ?? row['activity']!;
    let deal = found.get(id);
    if (!deal)
      found.set(id, (deal = bare({ id, createdMs: atMs, registeredMs: null, amount: null })));
    const reached = deal.events.at(-1)?.stage ?? null;
    if (
      !stages.has(stage) ||
      (reached !== null &&
        (ORDER.indexOf(reached) > 6 || ORDER.indexOf(stage) <= ORDER.indexOf(reached)))
    )
      continue;
    deal.events.push({ atMs, stage, amount: null, closeDate: null });
  }
  return [...found.values()];
}

it.skipIf(!present)(
  'is as good as the known stage and age table, and better than the stage alone',
  () => {
    const all = deals();
    expect(all).toHaveLength(7488);
    // Fitted once at the end of the training snapshots' labels; nothing after that is read, and
    // every test snapshot is later.
    const pool = poolOf(
      [],
      contextAt(Date.UTC(2011, 11, 5), { stages, timeZone: 'UTC', horizonDays: 60 }),
      all,
    );
    const loss = { age: 0, stage: 0, constant: 0, n: 0 };
    for (const at of [0, 1, 2].map((k) => Date.UTC(2011, 11, 5) + k * WEEK_MS)) {
      for (const deal of all) {
        const state = dealAt(deal, at, { stages, timeZone: 'UTC' });
        if (state?.outcome !== 'open') continue;
        const won = dealAt(deal, at + 14 * DAY_MS, { stages, timeZone: 'UTC' })!.outcome === 'won';
        const chance = winChance(state, pool, pool.asOfMs + 14 * DAY_MS, 0);
        const score = (p: number): number => -Math.log(won ? p : 1 - p);
        loss.age += score(chance.age);
        loss.stage += score(chance.stage);
        loss.constant += score(chance.pool);
        loss.n++;
      }
    }
    console.info(
      `bpi2012 log loss, ${loss.n} snapshots: constant ${(loss.constant / loss.n).toFixed(4)}, stage ${(loss.stage / loss.n).toFixed(4)}, stage and age ${(loss.age / loss.n).toFixed(4)}`,
    );
    expect(loss.age / loss.n).toBeLessThan(loss.stage / loss.n);
    expect(loss.stage / loss.n).toBeLessThan(loss.constant / loss.n);
    expect(loss.age / loss.n).toBeLessThan(KNOWN_TABLE);
  },
);

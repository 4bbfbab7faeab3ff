import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../connectors/csv/index.ts';
import { connectionSchema } from '../../src/model/connection.ts';
import { runSync } from '../../src/sync/run/run.ts';
import type { Store } from '../../src/store/store.ts';
import { testFolder, type TestFolder } from '../connectors/csv/folder.ts';
import { testDeps } from '../connectors/hubspot/support/deps.ts';
import { random } from '../properties/world.ts';
import { openMemory } from '../store/open.ts';
import { saidAgain, saidLive } from './said-again.ts';

const DAY_MS = 86_400_000;
/** A Monday 00:00Z, at which runs and replays may both speak. */
const MONDAY_MS = Date.parse('2026-11-16T00:00:00Z');

const MAPPING = `
version: 1
crm: csv
settings: { reportingCurrency: USD }
stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: offered, order: 2, closed: false, won: false }
  - { key: won, order: 3, closed: true, won: true }
  - { key: lost, order: 4, closed: true, won: false }
entities:
  partner: { object: partners, fields: { name: name } }
  deal:
    object: deals
    fields: { name: name, partnerId: partner_id, stage: stage, amount: amount, closeDate: close_date, createdAt: created_at }
  dealEvent:
    object: history
    fields: { dealId: deal_id, at: at, stage: stage, amount: amount, closeDate: close_date }
  activity:
    object: activities
    fields: { dealId: deal_id, at: at, kind: kind, qualifying: { value: true } }
`;

interface Move {
  atMs: number;
  stage: string;
  amount: number;
}
const iso = (ms: number): string => new Date(ms).toISOString();

/** Two years of deals; half of what is open moves on in the weeks that follow. */
const DEALS = ((): { id: string; partner: string; moves: Move[]; calls: number[] }[] => {
  const r = random(11);
  return Array.from({ length: 80 }, (_, n) => {
    const beganMs = MONDAY_MS - Math.round((700 - 9 * n) * DAY_MS) + 3_600_000;
    const stages = ['open', 'offered', r() < 0.4 ? 'won' : 'lost'].slice(0, r() < 0.85 ? 3 : 2);
    let atMs = beganMs;
    const moves = stages.map((stage, i) => {
      if (i > 0) atMs += Math.round((5 + 40 * r()) * DAY_MS);
      return { atMs, stage, amount: Math.round(10_000 * (1 + 4 * r())) };
    });
    const calls = [3, 9, 20, 50].map((days) => beganMs + days * DAY_MS);
    return { id: `d${n}`, partner: `p${n % 3}`, moves, calls };
  });
})();

describe('what a run said of a folder of files, replayed weeks later', () => {
  let folder: TestFolder;
  let store: Store;
  let nowMs = MONDAY_MS;
  beforeAll(async () => {
    folder = await testFolder();
    store = openMemory();
  });
  afterAll(async () => {
    store.close();
    await folder.remove();
  });

  /** The files as they are exported at a moment, and a run on them. */
  async function sync(atMs: number, runId: string, without: readonly string[] = []): Promise<void> {
    nowMs = atMs;
    const there = DEALS.filter(({ id }) => !without.includes(id)).flatMap((deal) => {
      const moves = deal.moves.filter((move) => move.atMs <= atMs);
      return moves.length === 0 ? [] : [{ ...deal, moves, now: moves.at(-1)! }];
    });
    const file = async (name: string, head: string, rows: string[]): Promise<void> =>
      await folder.put(`${name}.csv`, [head, ...rows, ''].join('\n'), atMs - 60_000);
    const closes = ({ atMs: ms }: Move): string => iso(ms + 60 * DAY_MS).slice(0, 10);
    await file('partners', 'id,name', ['p0,Aspen', 'p1,Birch', 'p2,Cedar']);
    await file(
      'deals',
      'id,name,partner_id,stage,amount,close_date,created_at',
      there.map(
        ({ id, partner, now, moves }) =>
          `${id},Deal ${id},${partner},${now.stage},${now.amount},${closes(now)},${iso(moves[0]!.atMs)}`,
      ),
    );
    await file(
      'history',
      'id,deal_id,at,stage,amount,close_date',
      there.flatMap(({ id, moves }) =>
        moves.map(
          (move, i) =>
            `${id}-${i},${id},${iso(move.atMs)},${move.stage},${move.amount},${closes(move)}`,
        ),
      ),
    );
    await file(
      'activities',
      'id,deal_id,at,kind',
      there.flatMap(({ id, calls }) =>
        calls.filter((ms) => ms <= atMs).map((ms) => `${id}-${ms},${id},${iso(ms)},call`),
      ),
    );
    await runSync(
      {
        ...{ store, connector: csv, secrets: {}, mappingText: MAPPING, runId },
        progress: () => {},
        connection: connectionSchema.parse({
          ...{ version: 1, id: 'files', crm: 'csv', mapping: 'm.yaml' },
          settings: { dir: folder.dir },
        }),
        connectorDeps: testDeps({ nowMs: () => nowMs }),
      },
      { dryRun: false, full: false },
    );
  }

  it('is the same to the byte, though deals moved and one is gone from the files', async () => {
    await sync(MONDAY_MS, 'r1');
    const said = await saidLive(store, 'files', MONDAY_MS);
    expect(said.length).toBeGreaterThan(10);
    await sync(MONDAY_MS + 20 * DAY_MS, 'r2');
    const open = DEALS.findLast(({ moves }) => moves[0]!.atMs < MONDAY_MS)!.id;
    expect(said.some((one) => one.includes(`"${open}"`))).toBe(true);
    await sync(MONDAY_MS + 50 * DAY_MS, 'r3', [open]);
    expect(await saidAgain(store, 'files', MONDAY_MS)).toEqual(said);
  });
});

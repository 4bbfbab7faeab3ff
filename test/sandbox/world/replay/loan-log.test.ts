/**
 * The real log. It is research data that may not be kept in this repository, so these tests run
 * only where it lies beside it.
 */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { WEEK_MS } from '../../../../src/sandbox/world/calendar.ts';
import { loadDataDir } from '../../../../src/sandbox/world/load-data-dir.ts';
import type { Progress } from '../../../../src/sandbox/world/replay/case.ts';
import { step } from '../../../../src/sandbox/world/replay/case.ts';
import { readLoanLog } from '../../../../src/sandbox/world/replay/read.ts';
import { storyOf, tell } from '../story.ts';

const DATA_DIR = join(import.meta.dirname, '../../../../../shared/data/bpi2012');
const END_MS = Date.UTC(2026, 10, 20, 12);
const PANEL_STAGE: Readonly<Record<string, number>> = {
  A_SUBMITTED: 0,
  A_PARTLYSUBMITTED: 0,
  A_PREACCEPTED: 1,
  A_ACCEPTED: 2,
  A_FINALIZED: 3,
  O_SENT: 3,
  O_SENT_BACK: 4,
};

describe.skipIf(!existsSync(DATA_DIR))(
  'the real loan log (skipped where ../shared/data/bpi2012 is not there)',
  () => {
    it('gives the known counts', async () => {
      const story = storyOf((await loadDataDir(DATA_DIR, { endMs: END_MS, seed: 1 })).events());
      expect(story.faults).toEqual([]);
      const stages = [...story.deals.values()].map((deal) => deal.stage);
      expect(stages).toHaveLength(7488);
      expect(stages.filter((stage) => stage === 'won')).toHaveLength(1130);
      expect(stages.filter((stage) => stage === 'lost')).toHaveLength(5694);
      expect(story.kinds['activity']).toBe(37_613);
      // 50,083 stage events; those that repeat a stage, follow the end, or go back change
      // nothing and leave no history row.
      const moves = [...story.deals.values()].reduce(
        (sum, deal) => sum + deal.changes.filter((change) => change.stage !== undefined).length,
        0,
      );
      expect(moves).toBe(18_273);
      // The very last event of the log is the start of a work item, which leaves no row; the one
      // before it came half a second earlier.
      expect(END_MS - Math.max(...story.lastMs.values())).toBe(571);
    });

    it('stands every open case, week by week, where an independent reading of the log has it', async () => {
      const log = await readLoanLog(DATA_DIR);
      const cases = new Map(log.cases.map((one) => [one.id, one]));
      let compared = 0;
      const differing: string[] = [];
      await pipeline(
        createReadStream(join(DATA_DIR, 'panel_reference.csv.gz')),
        createGunzip(),
        parse({ columns: true }),
        async (rows: AsyncIterable<Record<string, string>>) => {
          for await (const row of rows) {
            const one = cases.get(row['case_id'] ?? '');
            const asOfMs = Date.parse((row['t'] ?? '').replace(' ', 'T'));
            const start: Progress = { stage: 0, sinceMs: 0, outcome: null };
            const progress = one?.events
              .filter((event) => event.atMs <= asOfMs)
              .reduce((state, event) => step(state, event) ?? state, start);
            compared += 1;
            if (
              !one ||
              one.amount !== Number(row['amount']) ||
              progress?.outcome !== null ||
              progress.stage !== PANEL_STAGE[row['stage'] ?? '']
            )
              differing.push(`${row['case_id']} ${row['t']} ${row['stage']}`);
          }
        },
      );
      expect(compared).toBe(7583);
      expect(differing).toEqual([]);
    });

    it('goes on at about its own pace', async () => {
      const world = await loadDataDir(DATA_DIR, { endMs: END_MS, seed: 1 });
      const story = storyOf(world.events());
      const events = world.advance(END_MS, END_MS + 2 * WEEK_MS);
      for (const event of events) tell(story, event);
      expect(story.faults).toEqual([]);
      const count = (test: (event: (typeof events)[number]) => boolean): number =>
        events.filter(test).length;
      // The log: 7,488 cases, 1,130 won and 5,694 lost in 13.3 weeks.
      expect(Math.abs(count((event) => event.kind === 'deal') / (2 * 562) - 1)).toBeLessThan(0.15);
      expect(
        Math.abs(
          count((event) => event.kind === 'dealChange' && event.stage === 'won') / (2 * 85) - 1,
        ),
      ).toBeLessThan(0.4);
      expect(
        Math.abs(
          count((event) => event.kind === 'dealChange' && event.stage === 'lost') / (2 * 428) - 1,
        ),
      ).toBeLessThan(0.3);
      expect(count((event) => event.kind === 'accountMerge')).toBe(2);
      expect(count((event) => event.kind === 'delete')).toBe(6);
      expect(count((event) => event.kind === 'undelete')).toBe(2);
    });
  },
);

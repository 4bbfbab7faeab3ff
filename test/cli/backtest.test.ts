import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { htmlText } from '../../src/model/clean-text.ts';
import type { BacktestReport } from '../../src/model/record.ts';
import { openLab, type Lab } from '../sync/lab.ts';
import { cli, tempDir, type Ran } from './harness.ts';
import { story } from '../story.ts';

describe('headwater backtest, record and change', () => {
  let lab: Lab;
  const dir = tempDir();
  const run = async (...args: string[]): Promise<Ran> =>
    await cli(dir, args, { openStore: async () => ({ ...lab.store, close: () => {} }) });
  beforeAll(async () => {
    writeFileSync(join(dir, 'headwater.sqlite'), '');
    lab = await openLab({ partners: 2, deals: 16 });
  });
  afterAll(async () => await lab.close());

  const then = story('follow each other');
  then('says what to do first where nothing has been read, replayed, said or changed', async () => {
    const nothing = await run('backtest', 'run');
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toContain('headwater sync run');
    await lab.sync({ dryRun: true });
    const show = await run('backtest', 'show');
    expect([show.code, show.stderr]).toEqual([1, expect.stringContaining('no backtest')]);
    const record = await run('record', 'show');
    expect(record.stdout).toContain('nothing has been said yet');
    const change = await run('change', 'show');
    expect([change.code, change.stderr]).toEqual([1, expect.stringContaining('no earlier run')]);
  });

  then('replays before anything is written, the same report each time', async () => {
    const span = ['--from', '2026-04-01', '--until', '2026-08-01'];
    const first = await run('backtest', 'run', ...span);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/deal\.winProbability: (yes|no|too early) \(/);
    expect(first.stderr).toContain('✓ origin 2026-04-06 (1 of 4)');
    const again = await run('backtest', 'run', ...span, '--json');
    const report = JSON.parse(again.stdout) as BacktestReport;
    expect(report.origins.map(({ atMs }) => new Date(atMs).toISOString().slice(0, 10))).toEqual([
      ...['2026-04-06', '2026-05-04', '2026-06-01', '2026-07-06'],
    ]);
    expect((await run('backtest', 'run', ...span, '--json')).stdout).toBe(again.stdout);
    expect((await run('backtest', 'show', '--json')).stdout).toBe(again.stdout);
    expect((await run('record', 'show')).stdout).toContain('Replayed on the past');
  });

  then('writes the report with charts to a file that loads and runs nothing', async () => {
    const shown = await run('backtest', 'show', '--html', join(dir, 'report.html'));
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('with charts: ')]);
    const page = readFileSync(join(dir, 'report.html'), 'utf8');
    const report = JSON.parse((await run('backtest', 'show', '--json')).stdout) as BacktestReport;
    for (const { why } of report.verdicts) expect(page).toContain(htmlText(why));
    for (const { atMs } of report.origins)
      expect(page).toContain(new Date(atMs).toISOString().slice(0, 10));
    // A mark for each tenth of deals and partners, a bar and what came for each origin.
    const bins = report.record.chances.flatMap((one) => one.bins).length;
    expect(page.match(/<circle class="mark"/g)).toHaveLength(bins);
    expect(page.match(/<rect class="band"/g)).toHaveLength(report.origins.length);
    expect(page.match(/<circle class="came (in|out)side"/g)).toHaveLength(report.origins.length);
    expect(page).not.toMatch(/<script|<link|<img|https?:|url\(|NaN|undefined|Infinity/);
    const nowhere = await run('backtest', 'show', '--html', join(dir, 'no', 'report.html'));
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('cannot write')]);
  });

  then('refuses what it cannot do in one line', async () => {
    for (const [args, says] of [
      [['--origins', 'daily'], 'weekly or monthly'],
      [['--horizon', '0'], '1 to 365'],
      [['--from', '2026-02-30'], 'a day such as'],
      [['--from', '2026-05-01', '--until', '2026-04-01'], 'lies after'],
    ] as const) {
      const { code, stderr } = await run('backtest', 'run', ...args);
      expect([code, stderr.split('\n').length]).toEqual([2, 2]);
      expect(stderr).toContain(says);
    }
    const early = await run('backtest', 'run', '--from', '1990-01-01', '--until', '1990-06-01');
    expect(early.code).toBe(1);
    expect(early.stderr).toContain('the first deal is of');
    expect((await run('change', 'show', '--since', 'yesterday')).code).toBe(2);
  });
});

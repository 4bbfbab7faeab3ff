import { afterAll, beforeAll, describe, expect } from 'vitest';
import { changeText, partnerChangeText, runChangesText } from '../../src/cli/change-text.ts';
import type { Waterfall } from '../../src/model/change.ts';
import { changePlace } from '../../src/sync/measure/change-place.ts';
import { changesSince } from '../../src/sync/measure/changes.ts';
import { story } from '../story.ts';
import { openLab, type Lab } from './lab.ts';

const cents = (value: number | null): number => Math.round(100 * (value ?? 0));
const steps = (one: Waterfall): number =>
  one.steps.reduce((sum, { amount }) => sum + cents(amount), 0);

describe('what changed since an earlier run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 4, deals: 40 });
  });
  afterAll(async () => await lab.close());
  const then = story('is said of each run that follows');

  then('needs two runs, and says so', async () => {
    const first = await lab.sync();
    expect(first.summary.changes).toBeNull();
    await expect(changePlace(lab.store, 'lab', 'run')).rejects.toMatchObject({
      kind: 'config',
      code: 'NO_EARLIER_RUN',
    });
  });

  then('leads from what was said to what is said, for the forecast and every partner', async () => {
    await lab.control('POST', '/clock/advance', { days: 10 });
    const { summary } = await lab.sync();
    const changes = summary.changes!;
    expect(changes.fromRun).toBe('run-001');
    expect(steps(changes.forecast)).toBe(
      cents(changes.forecast.after) - cents(changes.forecast.before),
    );
    const total = summary.forecast!.total.mean;
    expect(Math.abs(changes.forecast.after! - total) / total).toBeLessThan(1e-5);
    const place = await changePlace(lab.store, 'lab', 'week');
    const report = await changesSince(place, 'week', null);
    // The same, asked later, from what is stored.
    expect(report.forecast).toEqual(changes.forecast);
    expect(report.partners.length).toBeGreaterThan(0);
    for (const { score, health, forecast } of report.partners)
      for (const one of [score, health, forecast])
        if (one.before !== null && one.after !== null)
          expect(steps(one)).toBe(cents(one.after) - cents(one.before));
    const facts = report.forecast.steps.find(({ cause }) => cause === 'facts')!;
    expect(facts.by.flatMap((one) => one.deals).length).toBeGreaterThan(0);
    expect(facts.by.reduce((sum, one) => sum + cents(one.amount), 0)).toBe(cents(facts.amount));
  });

  then('lets others have their turn while it looks at partners', async () => {
    const place = await changePlace(lab.store, 'lab', 'run');
    let turns = 0;
    const beside = setInterval(() => turns++, 0);
    await changesSince(place, 'run', null);
    clearInterval(beside);
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  then('compares with the newest run that is old enough, else the oldest', async () => {
    await lab.sync();
    expect((await changePlace(lab.store, 'lab', 'run')).from.runId).toBe('run-002');
    expect((await changePlace(lab.store, 'lab', 'week')).from.runId).toBe('run-001');
    expect((await changePlace(lab.store, 'lab', 'quarter')).from.runId).toBe('run-001');
    const place = await changePlace(lab.store, 'lab', 'run');
    expect((await changesSince(place, 'run', null)).partners).toEqual([]);
  });

  then(
    'says across the turn of a quarter that the forecast is of another one; scores still add up',
    async () => {
      await lab.control('POST', '/clock/advance', { days: 50 });
      const { summary } = await lab.sync();
      expect(summary.changes!.turned).toBe(true);
      expect(runChangesText(summary.changes!)).toContain('forecast the quarter has turned');
      const place = await changePlace(lab.store, 'lab', 'run');
      const report = await changesSince(place, 'run', null);
      expect(report.turned).toBe(true);
      // The quarter that ended has no forecast any more: no number of it is held to the new one.
      expect(report.forecast.before).toBeNull();
      expect(report.forecast.steps).toEqual([]);
      expect(Math.abs(report.forecast.after! / summary.forecast!.total.mean - 1)).toBeLessThan(
        1e-5,
      );
      const text = changeText(report);
      expect(text).toContain('the quarter has turned: the forecast is of another one');
      expect(text).not.toMatch(/undefined|null|NaN/);
      expect(report.partners.length).toBeGreaterThan(0);
      for (const partner of report.partners) {
        expect(partner.forecast.before).toBeNull();
        for (const one of [partner.score, partner.health])
          if (one.before !== null && one.after !== null)
            expect(steps(one)).toBe(cents(one.after) - cents(one.before));
        expect(partnerChangeText(partner, 'USD')).toContain('there was no such number before');
      }
    },
  );
});

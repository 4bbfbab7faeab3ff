/**
 * When deals come to a standstill: the rule, and what is foretold of deals that nobody learned
 * from.
 */
import { expect, it } from 'vitest';
import type { DealFacts } from '../../../src/model/facts.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { endingAfter, historyOf } from '../../../src/predict/win/features/history.ts';
import type { WinModel } from '../../../src/predict/win/model/win-model.ts';
import { stallState } from '../../../src/predict/win/stall/risk.ts';
import { isStalled, nextStall, signsOf } from '../../../src/predict/win/stall/signs.ts';
import { bare } from '../../properties/world.ts';
import { cutAt, modelOf, NOW, pipeline, VIEW } from './pipeline.ts';

const RULE = { days: 7, onPutOff: true };
const view = { ...VIEW, staleDays: RULE.days };
const day = (n: number): number => NOW + n * DAY_MS;

it('counts silence from the last sign, and a date put off beyond its quarter until the next one', () => {
  const quiet = { signs: [day(0), day(3)], putOffs: [] };
  expect(isStalled(quiet, day(9), RULE)).toBe(false);
  expect(isStalled(quiet, day(11), RULE)).toBe(true);
  expect(nextStall(quiet, day(1), day(30), RULE)).toBe(day(10));
  expect(nextStall(quiet, day(1), day(9), RULE)).toBeNull();
  const putOff = { signs: [day(0), day(6)], putOffs: [day(4)] };
  expect(nextStall(putOff, day(1), day(30), RULE)).toBe(day(4));
  expect(isStalled(putOff, day(5), RULE)).toBe(true);
  expect(isStalled(putOff, day(6), RULE)).toBe(false);
});

it('takes a put-off for a stall only across the end of a quarter, and only where it is asked to', () => {
  const deal = bare({
    id: 'd',
    createdMs: day(-30),
    stage: 'new',
    events: [
      { atMs: day(-30), stage: 'new', amount: 1, closeDate: '2026-06-10' },
      { atMs: day(-5), stage: 'new', amount: 1, closeDate: '2026-07-10' },
    ],
  });
  const history = historyOf(deal, NOW, view)!;
  const at = (ends: number[], onPutOff: boolean): number[] =>
    signsOf(history, VIEW.stages, ends, { days: 7, onPutOff }).putOffs;
  expect(at([Date.UTC(2026, 6, 1)], true)).toEqual([day(-5)]);
  expect(at([Date.UTC(2026, 9, 1)], true)).toEqual([]);
  expect(at([Date.UTC(2026, 6, 1)], false)).toEqual([]);
});

const AT = day(-40);
const deals = pipeline({ seed: 11, deals: 1500, signal: true, days: 400 });
const known = (atMs: number): DealFacts[] =>
  deals.filter(({ createdMs }) => createdMs <= atMs).map((deal) => cutAt(deal, atMs));
const model = modelOf(known(AT), { asOfMs: AT, view });

/** What was said at moments after the fit of deals that could stall, and what came. */
function judged(win: WinModel): { said: number; came: number }[] {
  return [0, 7, 14, 21].flatMap((later) => {
    const atMs = AT + later * DAY_MS;
    return deals.flatMap((deal) => {
      const history = deal.createdMs > atMs ? null : historyOf(cutAt(deal, atMs), atMs, view);
      if (history === null || (deal.closedMs ?? Infinity) <= atMs) return [];
      const risk = stallState({ ...win, asOfMs: atMs }, history)?.risk ?? null;
      if (risk === null) return [];
      const full = historyOf(deal, atMs + 14 * DAY_MS, view)!;
      const endMs = endingAfter(full, atMs)?.[0] ?? Infinity;
      const of = signsOf(full, VIEW.stages, [], RULE);
      const stall = nextStall(of, atMs, Math.min(endMs, atMs + 14 * DAY_MS), RULE);
      return [{ said: risk, came: stall === null ? 0 : 1 }];
    });
  });
}

it('foretells stalls about as often as they come, and better than one chance for all', () => {
  const rows = judged(model);
  expect(rows.length).toBeGreaterThan(200);
  const mean = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const came = mean((row) => row.came);
  expect(Math.abs(mean((row) => row.said) - came)).toBeLessThan(0.07);
  expect(model.stall!.chosen).not.toBe('base');
  const brier = mean(({ said, came: y }) => (said - y) ** 2);
  expect(brier).toBeLessThan(came * (1 - came));
});

it('shows how early its warnings come, the surer ones later and righter', () => {
  const { leads, warnAt, leadDays } = model.stall!;
  expect(leads.map(({ at }) => at)).toContain(warnAt);
  expect(leadDays).toBeGreaterThan(0);
  for (const [i, lead] of leads.entries())
    if (i > 0) expect(lead.warned).toBeLessThanOrEqual(leads[i - 1]!.warned);
});

it.each([0, 1, 5])('says what it can of %d deals, as a number in range or nothing', (count) => {
  const few = modelOf(known(AT).slice(0, count), { asOfMs: AT, view });
  expect(JSON.stringify(few)).not.toMatch(/NaN|Infinity/);
  for (const { said } of judged(few).slice(0, 50)) expect(said >= 0 && said <= 1).toBe(true);
  expect(few.stall!.leadDays).toBeNull();
});

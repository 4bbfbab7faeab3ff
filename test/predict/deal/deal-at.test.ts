import { describe, expect, it } from 'vitest';
import { dealAt, lifespanDays } from '../../../src/predict/deal/deal-at.ts';
import { scoreDirectDeals, scorePartner } from '../../../src/predict/index.ts';
import { historyOf } from '../../../src/predict/win/features/history.ts';
import { isPhantom } from '../../../src/predict/win/phantom.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { bare, contextAt, dealOf, partnerOf, poolOf } from '../../properties/world.ts';

const start = Date.UTC(2026, 0, 1);
const context = contextAt(start + 400 * DAY_MS);
const at = (days: number, deal = moved): ReturnType<typeof dealAt> =>
  dealAt(deal, start + days * DAY_MS, context);
const moved = dealOf('d', start, [
  [10, 'Qualified'],
  [30, 'Proposal'],
  [60, 'Closed Won'],
]);

describe('a deal as it was known', () => {
  it('does not exist before its creation', () => {
    expect(at(-1)).toBeNull();
  });
  it('is in the stage of its last event by then', () => {
    expect(at(5)).toMatchObject({
      outcome: 'open',
      stage: 'Registered',
      stageDays: 5,
      ageDays: 5,
      verifiedMs: null,
    });
    expect(at(40)).toMatchObject({
      outcome: 'open',
      stage: 'Proposal',
      stageDays: 10,
      ageDays: 40,
      verifiedMs: start + 10 * DAY_MS,
    });
    expect(at(90)).toMatchObject({ outcome: 'won', closedMs: start + 60 * DAY_MS, ageDays: 60 });
  });
  it('opens again and closes anew', () => {
    const deal = dealOf('d', start, [
      [10, 'Closed Lost'],
      [20, 'Proposal'],
      [50, 'Closed Won'],
    ]);
    expect(at(15, deal)).toMatchObject({ outcome: 'lost', closedMs: start + 10 * DAY_MS });
    expect(at(30, deal)).toMatchObject({ outcome: 'open', closedMs: null, stageDays: 10 });
    expect(at(60, deal)).toMatchObject({ outcome: 'won', closedMs: start + 50 * DAY_MS });
  });
  it('counts pushes of the close date, not pulls, and forgets none at a stage move', () => {
    const event = (
      d: number,
      stage: string,
      closeDate: string,
    ): { atMs: number; stage: string; amount: number; closeDate: string } => ({
      atMs: start + d * DAY_MS,
      stage,
      amount: 1,
      closeDate,
    });
    const deal = bare({
      id: 'd',
      createdMs: start,
      events: [
        event(0, 'Registered', '2026-03-01'),
        event(5, 'Registered', '2026-04-01'),
        event(9, 'Qualified', '2026-03-15'),
        event(12, 'Qualified', '2026-06-01'),
      ],
    });
    expect(at(20, deal)).toMatchObject({ pushes: 2, pushesInStage: 1 });
  });
  it('without history hides columns that a later closing would betray', () => {
    const deal = bare({
      id: 'd',
      createdMs: start,
      stage: 'Closed Won',
      amount: 7,
      closedMs: start + 50 * DAY_MS,
    });
    expect(at(40, deal)).toMatchObject({ outcome: 'open', stage: null, amount: null });
    expect(at(50, deal)).toMatchObject({ outcome: 'won', amount: 7 });
  });
  it('measures the life of a win from its registration', () => {
    expect(lifespanDays(at(90, { ...moved, registeredMs: start + 58 * DAY_MS })!)).toBe(2);
    expect(lifespanDays(at(90, { ...moved, registeredMs: null })!)).toBe(60);
  });
  it('calls an old and silent open deal a phantom until it is touched', () => {
    const old = dealOf('d', start, [[10, 'Qualified']]);
    const late = contextAt(start + 300 * DAY_MS);
    expect(isPhantom(dealAt(old, late.asOfMs, late)!, poolOf([], late), late)).toBe(true);
    const touched = {
      ...old,
      activities: [{ atMs: start + 295 * DAY_MS, kind: 'meeting', qualifying: true }],
    };
    expect(isPhantom(dealAt(touched, late.asOfMs, late)!, poolOf([], late), late)).toBe(false);
  });
});

describe('a stage that is in no list', () => {
  const gone = dealOf('d', start, [
    [10, 'Qualified'],
    [60, 'Disqualified'],
  ]);
  const told = (closed: boolean | null, won: boolean | null): typeof gone => ({
    ...gone,
    told: { closed, won },
  });
  it('leaves the deal out where nothing says whether it was open, and only from then on', () => {
    expect(at(90, gone)).toBeNull();
    expect(at(90, told(true, null))).toBeNull();
    expect(at(40, gone)).toMatchObject({ outcome: 'open', stage: 'Qualified' });
  });
  it('is what the CRM says of the record itself, from the moment it came to that stage', () => {
    expect(at(90, told(true, false))).toMatchObject({
      outcome: 'lost',
      closedMs: start + 60 * DAY_MS,
      ageDays: 60,
    });
    expect(at(90, told(true, true))).toMatchObject({ outcome: 'won', ageDays: 60 });
    expect(at(90, told(false, false))).toMatchObject({ outcome: 'open', closedMs: null });
  });
  it('without history is judged the same, with its close date as the moment', () => {
    const plain = bare({ id: 'd', createdMs: start, stage: 'Parked', closeDate: '2026-02-01' });
    expect(at(400, plain)).toBeNull();
    expect(at(400, { ...plain, told: { closed: true, won: false } })).toMatchObject({
      outcome: 'lost',
      closedMs: Date.parse('2026-01-31T23:00:00Z'),
    });
    expect(at(10, { ...plain, told: { closed: true, won: false } })).toMatchObject({
      outcome: 'open',
      stage: null,
    });
  });
  it('in the past of a deal says nothing of it: what the CRM says is said of the stage of today', () => {
    const back = dealOf(
      'd',
      start,
      [
        [10, 'Parked'],
        [50, 'Closed Won'],
      ],
      { told: { closed: true, won: true } },
    );
    expect(at(20, back)).toBeNull();
    expect(at(60, back)).toMatchObject({ outcome: 'won', closedMs: start + 50 * DAY_MS });
  });
  it('is no ending in the past that the win model learns from, and no open end either', () => {
    const past = (deal: typeof gone): ReturnType<typeof historyOf> =>
      historyOf(deal, start + 90 * DAY_MS, context);
    expect(past(gone)).toBeNull();
    expect(past(told(true, false))?.endings).toEqual([[start + 60 * DAY_MS, 'lost']]);
    expect(past(told(false, null))?.endings).toEqual([]);
    const through = dealOf('d', start, [
      [10, 'Parked'],
      [50, 'Closed Won'],
    ]);
    expect(past(through)).toMatchObject({
      moves: [
        [start, 'Registered'],
        [start + 10 * DAY_MS, null],
      ],
      endings: [[start + 50 * DAY_MS, 'won']],
    });
  });
  it('teaches the pool nothing and counts for no partner', () => {
    const known = Array.from({ length: 8 }, (_, n) =>
      dealOf(`k${n}`, start + n * DAY_MS, [[30, n % 2 === 0 ? 'Closed Won' : 'Closed Lost']], {
        partnerId: 'p',
      }),
    );
    const lost = Array.from({ length: 5 }, (_, n) =>
      dealOf(`u${n}`, start, [[40, n % 2 === 0 ? 'Disqualified' : 'Dead']], { partnerId: 'p' }),
    );
    const [alone, beside] = [partnerOf('p', known), partnerOf('p', [...known, ...lost])];
    expect(poolOf([beside], context)).toEqual(poolOf([alone], context));
    const pool = poolOf([alone], context);
    expect(scorePartner(beside, pool, context)).toEqual(scorePartner(alone, pool, context));
    expect(scoreDirectDeals(lost, pool, context).deals).toEqual([]);
  });
});

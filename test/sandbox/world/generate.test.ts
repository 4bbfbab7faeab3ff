import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONG_TEXT_LENGTH } from '../../../src/sandbox/world/hostile.ts';
import { DAY_MS, WEEK_MS, weekOf } from '../../../src/sandbox/world/calendar.ts';
import type { World, WorldEvent } from '../../../src/sandbox/world/events.ts';
import { generateWorld } from '../../../src/sandbox/world/generate.ts';
import { cpuMs } from '../../cpu.ts';
import { storyOf, tell } from './story.ts';

const END_MS = Date.UTC(2026, 10, 20, 12);
const small = (seed = 1): World => generateWorld({ seed, partners: 12, deals: 300, endMs: END_MS });

const logit = (p: number): number => Math.log(p / (1 - p));

function correlation(xs: number[], ys: number[]): number {
  const mean = (list: number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const cov = xs.reduce((sum, x, i) => sum + (x - mx) * ((ys[i] ?? 0) - my), 0);
  return (
    cov /
    Math.sqrt(xs.reduce((s, x) => s + (x - mx) ** 2, 0) * ys.reduce((s, y) => s + (y - my) ** 2, 0))
  );
}

describe('a generated world', () => {
  it('is the same for the same seed, each time it is read, and another for another', () => {
    const one = small();
    const text = JSON.stringify([...one.events()]);
    expect(JSON.stringify([...one.events()])).toBe(text);
    expect(JSON.stringify([...small().events()])).toBe(text);
    expect(JSON.stringify([...small(2).events()])).not.toBe(text);
  });

  it('names the shock of each quarter and fading demand in its truth, and is untouched without them', () => {
    const size = { seed: 1, partners: 12, deals: 300, endMs: END_MS };
    const shocked = generateWorld({ ...size, shockSd: 0.15, fading: true });
    const { demand } = shocked.truth;
    expect(demand?.fading).toBe(true);
    const logs = demand!.shocks.map(({ factor }) => Math.log(factor));
    expect(logs.length).toBeGreaterThan(12);
    const mean = logs.reduce((a, b) => a + b, 0) / logs.length;
    const sd = Math.sqrt(logs.reduce((a, b) => a + (b - mean) ** 2, 0) / (logs.length - 1));
    expect(sd).toBeGreaterThan(0.07);
    expect(sd).toBeLessThan(0.25);
    expect(small().truth.demand?.shocks.every(({ factor }) => factor === 1)).toBe(true);
    const calm = JSON.stringify([...generateWorld({ ...size, shockSd: 0 }).events()]);
    expect(calm).toBe(JSON.stringify([...small().events()]));
    expect(JSON.stringify([...shocked.events()])).not.toBe(calm);
  });

  it('brings fewer and fewer new deals when demand fades', () => {
    const starts = (fading: boolean): number[] => {
      const world = generateWorld({ seed: 5, partners: 40, deals: 4000, endMs: END_MS, fading });
      const years = [0, 0, 0];
      for (const event of world.events())
        if (event.kind === 'deal')
          years[Math.min(2, Math.floor((END_MS - event.atMs) / (365.25 * DAY_MS)))]!++;
      return years;
    };
    const [last, before] = starts(true);
    const [calmLast, calmBefore] = starts(false);
    expect(last! / before!).toBeLessThan((0.75 * calmLast!) / calmBefore!);
  });

  it('holds together, whatever the seed, size and end', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 3000 }),
        (seed, partners, deals, days) => {
          const endMs = END_MS - days * DAY_MS + days * 7_000;
          const world = generateWorld({ seed, partners, deals, endMs });
          const story = storyOf(world.events());
          expect(story.faults).toEqual([]);
          for (const event of world.events()) expect(event.atMs).toBeLessThanOrEqual(endMs);
          let last = endMs;
          for (const event of world.advance(endMs, endMs + 4 * WEEK_MS)) {
            expect(event.atMs).toBeGreaterThanOrEqual(last);
            last = event.atMs;
            tell(story, event);
          }
          expect(story.faults).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('moves on alike however the time is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 * 24 }), { maxLength: 12 }), (hours) => {
        const untilMs = END_MS + 30 * DAY_MS;
        const whole = small().advance(END_MS, untilMs);
        const cuts = [0, ...hours.sort((a, b) => a - b), 30 * 24].map(
          (hour) => END_MS + hour * 3_600_000,
        );
        const world = small();
        const pieces = cuts.slice(1).flatMap((cut, i) => world.advance(cuts[i] ?? END_MS, cut));
        expect(pieces).toEqual(whole);
        expect(world.advance(END_MS, END_MS + DAY_MS)).toEqual(
          whole.filter((event) => event.atMs <= END_MS + DAY_MS),
        );
      }),
      { numRuns: 10 },
    );
  });

  it('merges, deletes and undeletes in every week to come', () => {
    const world = small();
    for (let week = 0; week < 8; week++) {
      const events = world.advance(
        END_MS + week * WEEK_MS + (week * DAY_MS) / 2,
        END_MS + (week + 1) * WEEK_MS + (week * DAY_MS) / 2,
      );
      const count = (kind: WorldEvent['kind']): number =>
        events.filter((event) => event.kind === kind).length;
      expect(count('accountMerge')).toBe(1);
      expect(count('delete')).toBe(5);
      expect(count('undelete')).toBe(1);
      expect(count('deal')).toBeGreaterThan(0);
    }
  });

  it('goes on with deals of the past', () => {
    const old = new Set<string>();
    for (const event of small().events()) if (event.kind === 'deal') old.add(event.id);
    const moved = small()
      .advance(END_MS, END_MS + 13 * WEEK_MS)
      .filter((event) => event.kind === 'dealChange' && old.has(event.id));
    expect(moved.length).toBeGreaterThan(10);
    const weeksOf = new Map<string, Set<number>>();
    for (const event of moved)
      if ('id' in event)
        weeksOf.set(event.id, (weeksOf.get(event.id) ?? new Set()).add(weekOf(event.atMs)));
    expect(Math.max(...[...weeksOf.values()].map((weeks) => weeks.size))).toBeGreaterThan(2);
  });

  it('does not shift old deals when the history is asked for more partners', () => {
    const dealsOf = (world: World): Set<string> =>
      new Set(
        [...world.events()]
          .filter((event) => event.kind === 'account' && event.partner)
          .map((event) => JSON.stringify(event)),
      );
    const few = dealsOf(generateWorld({ seed: 4, partners: 30, deals: 300, endMs: END_MS }));
    const many = dealsOf(generateWorld({ seed: 4, partners: 32, deals: 300, endMs: END_MS }));
    expect([...few].filter((event) => many.has(event))).toHaveLength(30);
  });

  it('holds hostile content', () => {
    const events = [...small().events()];
    const deals = events.filter((event) => event.kind === 'deal');
    expect(
      deals.some((deal) => deal.amount === 0) &&
        deals.some((deal) => (deal.amount ?? 0) < 0) &&
        deals.some((deal) => deal.amount === null),
    ).toBe(true);
    const names = events.flatMap((event) => ('name' in event && event.name ? [event.name] : []));
    for (const part of ['=HYPERLINK(', "'", '\\', '🚀', '東京'])
      expect(
        names.some((name) => name.includes(part)),
        part,
      ).toBe(true);
    expect(
      events.some(
        (event) =>
          event.kind === 'account' && event.partner && event.name.startsWith('=HYPERLINK('),
      ),
    ).toBe(true);
    expect(
      events.some(
        (event) => event.kind === 'activity' && event.subject.length > LONG_TEXT_LENGTH - 10,
      ),
    ).toBe(true);
    expect(deals.every((deal) => deal.name.length <= 120)).toBe(true);
  });

  it('holds a few rows that were saved half done', () => {
    for (const seed of [1, 7, 21]) {
      const events = [...generateWorld({ seed, partners: 40, deals: 300, endMs: END_MS }).events()];
      expect(events.filter((event) => event.kind === 'target' && event.goal === null)).toHaveLength(
        2,
      );
      expect(
        events.filter((event) => event.kind === 'certification' && event.issuedOn === null),
      ).toHaveLength(2);
      expect(events.filter((event) => event.kind === 'cost' && event.amount === null)).toHaveLength(
        1,
      );
    }
  });

  it('refuses sizes that make no sense', () => {
    expect(() => generateWorld({ seed: 1, partners: -1, deals: 5, endMs: END_MS })).toThrow(
      'whole number of partners',
    );
  });
});

describe('the truth behind it', () => {
  const world = generateWorld({ seed: 21, partners: 80, deals: 12_000, endMs: END_MS });
  const story = storyOf(world.events());
  const deals = [...story.deals.values()];
  const mature = deals.filter(
    (deal) =>
      deal.opening.atMs < END_MS - 400 * DAY_MS &&
      /^[dj]/.test(deal.opening.id) &&
      !deal.opening.id.startsWith('dh'),
  );
  const rate = (list: typeof deals): number =>
    list.filter((deal) => deal.stage === 'won').length / list.length;

  it('has about as many deals as asked, a fifth of them open, most dead', () => {
    expect(Math.abs(deals.length / 12_000 - 1)).toBeLessThan(0.06);
    const open =
      deals.filter((deal) => deal.stage !== 'won' && deal.stage !== 'lost').length / deals.length;
    expect(open).toBeGreaterThan(0.14);
    expect(open).toBeLessThan(0.27);
    expect(story.kinds['activity'] ?? 0).toBeGreaterThan(3 * deals.length);
  });

  it('shows in the win rates: they follow skill with a slope near one', () => {
    const honest = world.truth.partners.filter((partner) => !partner.junkRegistrant);
    const rows = honest.flatMap((partner) => {
      const own = mature.filter((deal) => deal.opening.partnerId === partner.id);
      return own.length < 45 ? [] : [{ skill: partner.skill, rate: rate(own), n: own.length }];
    });
    expect(rows.length).toBeGreaterThan(15);
    expect(
      correlation(
        rows.map((row) => row.skill),
        rows.map((row) => logit(row.rate)),
      ),
    ).toBeGreaterThan(0.85);
    const [mx, my] = [
      rows.reduce((s, r) => s + r.skill, 0) / rows.length,
      rows.reduce((s, r) => s + logit(r.rate), 0) / rows.length,
    ];
    const slope =
      rows.reduce((s, r) => s + (r.skill - mx) * (logit(r.rate) - my), 0) /
      rows.reduce((s, r) => s + (r.skill - mx) ** 2, 0);
    expect(slope).toBeGreaterThan(0.75);
    expect(slope).toBeLessThan(1.25);
  });

  it('gives the pool its stated win chance', () => {
    const direct = mature.filter((deal) => deal.opening.partnerId === null);
    const p = 1 / (1 + Math.exp(-world.truth.poolWinLogit));
    expect(Math.abs(rate(direct) - p)).toBeLessThan(
      4 * Math.sqrt((p * (1 - p)) / direct.length) + 0.015,
    );
  });

  it('converts next to nothing for junk registrants', () => {
    const spammers = world.truth.partners.filter((partner) => partner.junkRegistrant);
    expect(spammers.length).toBe(3);
    const theirs = deals.filter(
      (deal) =>
        spammers.some((partner) => partner.id === deal.opening.partnerId) &&
        deal.opening.atMs > END_MS - 300 * DAY_MS,
    );
    expect(theirs.length).toBeGreaterThan(100);
    expect(rate(theirs)).toBeLessThan(0.06);
    const junk = deals.filter((deal) => deal.opening.id.startsWith('j'));
    expect(junk.every((deal) => deal.touches.length === 0 && deal.stage !== 'won')).toBe(true);
  });

  it('lets touches fade before a deal dies', () => {
    const lastMonth = (won: boolean): number => {
      const ended = mature.filter(
        (deal) => deal.stage === (won ? 'won' : 'lost') && !deal.opening.id.startsWith('j'),
      );
      const recent = ended.map((deal) => {
        const endMs = deal.changes.at(-1)?.atMs ?? 0;
        return deal.touches.filter((one) => one.atMs > endMs - 28 * DAY_MS).length;
      });
      return recent.reduce((a, b) => a + b, 0) / recent.length;
    };
    expect(lastMonth(true)).toBeGreaterThan(3 * lastMonth(false));
  });

  it('leaves some losses unmarked and dates in the past', () => {
    const idle = deals.filter(
      (deal) =>
        !['won', 'lost'].includes(deal.stage) &&
        (deal.opening.closeOn ?? '9') < '2026-03' &&
        Math.max(deal.opening.atMs, deal.changes.at(-1)?.atMs ?? 0) < END_MS - 200 * DAY_MS,
    );
    expect(idle.length / deals.length).toBeGreaterThan(0.04);
  });
});

it('makes fifty thousand deals with little work and without keeping them', () => {
  const startedMs = cpuMs();
  let events = 0;
  for (const event of generateWorld({
    seed: 1,
    partners: 300,
    deals: 50_000,
    endMs: END_MS,
  }).events())
    events += event.atMs > 0 ? 1 : 0;
  expect(events).toBeGreaterThan(300_000);
  expect(cpuMs() - startedMs).toBeLessThan(10_000);
});

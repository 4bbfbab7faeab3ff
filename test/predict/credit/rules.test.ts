import { describe, expect, it } from 'vitest';
import type { Speech } from '../../../src/model/language/languages.ts';
import type { ClaimFacts } from '../../../src/model/credit.ts';
import type { DealFacts, RegistrationFacts } from '../../../src/model/facts.ts';
import { claimsAt, conflictsAt } from '../../../src/predict/credit/claims.ts';
import { creditOf } from '../../../src/predict/credit/deal-credit.ts';
import { DAY_MS, HOUR_MS } from '../../../src/predict/math/time.ts';
import { AS_OF, contextAt } from '../../properties/world.ts';
import { CREATED, link, registration, settings, SETTINGS, wonDeal, WON } from './world.ts';

const CONTEXT = contextAt();
const credit = (over: Partial<DealFacts>, registrations: RegistrationFacts[] = [], of = SETTINGS) =>
  creditOf(wonDeal({ id: 'd', ...over }), registrations, of, CONTEXT)!;
const rules = (...of: Parameters<typeof credit>): unknown[] =>
  credit(...of).rows.map((row) => [row.partnerId, row.kind, row.rule, row.cents]);
const one = registration({ partnerId: 'p1' });

describe('a registration', () => {
  it('that is approved and was first makes its partner the source', () => {
    expect(rules({}, [one])).toEqual([['p1', 'sourced', 'registration', 100_000]]);
    const lead = registration({ partnerId: 'p1', kind: 'lead', status: 'pending' });
    expect(rules({}, [lead])).toEqual([['p1', 'sourced', 'lead', 100_000]]);
  });
  it.each([
    ['rejected', { status: 'rejected' }],
    ['undecided', { status: 'pending' }],
    ['undecided', { status: 'Word of nobody' }],
    ['expired', { status: 'expired' }],
    ['expired', { decidedMs: CREATED, protectedUntil: '2026-09-01' }],
    ['not-first', { submittedMs: CREATED + 2 * DAY_MS }],
    ['too-old', { submittedMs: CREATED - 200 * DAY_MS, decidedMs: CREATED }],
    ['registered-after-win', { submittedMs: WON + 1 }],
  ] as const)('%s makes nobody the source: %j', (rule, over) => {
    const found = credit({}, [{ ...one, ...over }], settings({ leadDays: 100 }));
    expect(found.kind).toBe('direct');
    expect(found.rows).toMatchObject([{ kind: 'none', rule, cents: 0 }]);
  });
  it('back-dated after the win counts from when it was first seen', () => {
    const seen = link({ partnerId: 'p1', via: 'registration', since: 'seen', knownMs: WON + 5 });
    expect(rules({ links: [seen] }, [one])).toEqual([['p1', 'none', 'registered-after-win', 0]]);
  });
  it('dated before our own opportunity is not first where it was first seen after it', () => {
    const seenMs = CREATED + 5 * DAY_MS;
    const found = credit({}, [{ ...one, submittedMs: CREATED - DAY_MS, knownMs: seenMs }]);
    expect(found.rows).toMatchObject([{ kind: 'none', rule: 'not-first', firstSeenMs: seenMs }]);
  });
  it('decided later than the moment that is asked about was still pending then', () => {
    const later = { ...one, decidedMs: AS_OF + DAY_MS };
    expect(rules({}, [later])).toEqual([['p1', 'none', 'undecided', 0]]);
    expect(rules({}, [{ ...one, decidedMs: AS_OF - DAY_MS }])[0]).toContain('sourced');
  });
  it('comes too late when we had an open deal with the customer, or had touched it', () => {
    expect(credit({ rivalMs: CREATED - 30 * DAY_MS }, [one]).kind).toBe('direct');
    const touch = (by: 'partner' | 'vendor' | null) => ({
      activities: [{ atMs: CREATED - 9 * DAY_MS, kind: 'call', qualifying: true, by }],
    });
    expect(credit(touch('vendor'), [one]).kind).toBe('direct');
    // Who logged it is not known: it may have been one of us.
    expect(credit(touch(null), [one]).kind).toBe('direct');
    expect(credit(touch('partner'), [one]).kind).toBe('sourced');
  });
  it('waits, or counts without a decision, as the settings say', () => {
    const pending = { ...one, status: 'pending' };
    expect(credit({}, [pending], settings({ pendingCounts: true })).kind).toBe('sourced');
    expect(credit({}, [{ ...one, status: null }]).kind).toBe('sourced');
  });
});

describe('several partners', () => {
  const two = [one, registration({ partnerId: 'p2', submittedMs: CREATED + 1 })];
  const primary = (partnerId: string, knownMs = CREATED) =>
    link({ partnerId, via: 'role', primary: true, knownMs });
  it('split the deal, the odd cent to the first', () => {
    expect(rules({ amount: 0.03 }, two)).toEqual([
      ['p1', 'sourced', 'registration', 2],
      ['p2', 'sourced', 'registration', 1],
    ]);
  });
  it('leave it to the primary one; of two primaries to the first; never to one of after', () => {
    const share = settings({ share: 'primary' });
    const of = (links: DealFacts['links']): unknown[] =>
      rules({ links }, two, share).filter((row) => (row as unknown[])[3] !== 0);
    expect(of([primary('p2')])).toEqual([['p2', 'sourced', 'registration', 100_000]]);
    expect(of([primary('p2'), primary('p1')])).toEqual([
      ['p1', 'sourced', 'registration', 100_000],
    ]);
    expect(of([primary('p2', WON + 1)])).toEqual([['p1', 'sourced', 'registration', 100_000]]);
  });
  it('have one share each, however often one of them registered', () => {
    const again = registration({ id: 'r-again', partnerId: 'p1', submittedMs: CREATED + 2 });
    const shares = credit({}, [...two, again]).rows.filter(({ weight }) => weight > 0);
    expect(shares.map((row) => [row.partnerId, row.cents])).toEqual([
      ['p1', 50_000],
      ['p2', 50_000],
    ]);
  });
  it('of whom one only helped leave no mark where another one is the source', () => {
    const found = credit({ links: [link({ partnerId: 'p2' })] }, [one]);
    expect(found).toMatchObject({ kind: 'sourced', influenced: false });
    expect(found.rows.map((row) => row.kind)).toEqual(['sourced']);
  });
  it('each have the whole by `all`, while the deal counts once', () => {
    const found = credit({}, two, settings({ share: 'all' }));
    expect(found.cents).toBe(100_000);
    expect(found.rows.map((row) => row.cents)).toEqual([100_000, 100_000]);
  });
});

describe('a direct deal', () => {
  it('is marked by a role, a meeting and a campaign before the win, and by nothing after it', () => {
    expect(rules({ links: [link({ partnerId: 'p1' })] })).toEqual([
      ['p1', 'influenced', 'role', 0],
    ]);
    expect(rules({ links: [link({ partnerId: 'p1', knownMs: WON + 1 })] })).toEqual([
      ['p1', 'none', 'linked-after-win', 0],
    ]);
    const meeting = (by: 'partner' | 'vendor', atMs: number) => ({
      activities: [{ atMs, kind: 'meeting', qualifying: true, by, partnerIds: ['p1'] }],
    });
    expect(rules(meeting('vendor', CREATED + 1))).toEqual([['p1', 'influenced', 'meeting', 0]]);
    expect(rules(meeting('partner', CREATED + 1))).toEqual([]);
    expect(rules(meeting('vendor', WON + 1))).toEqual([]);
    const startOn = new Date(CREATED + 3 * DAY_MS).toISOString().slice(0, 10);
    expect(rules({ campaign: { id: 'g', partnerId: 'p1', startOn } })).toEqual([
      ['p1', 'influenced', 'campaign', 0],
    ]);
  });
  it('is not marked by what came before it, or was taken away by then', () => {
    const early = { atMs: CREATED - 1, kind: 'meeting', qualifying: true, by: 'vendor' as const };
    expect(rules({ activities: [{ ...early, partnerIds: ['p1'] }] })).toEqual([]);
    const gone = link({ partnerId: 'p1', knownMs: CREATED - 9 * DAY_MS, endedMs: CREATED - 1 });
    expect(rules({ links: [gone] })).toEqual([]);
    const campaign = (ms: number) => ({
      campaign: {
        ...{ id: 'g', partnerId: 'p1' },
        startOn: new Date(ms).toISOString().slice(0, 10),
      },
    });
    expect(rules(campaign(CREATED - 9 * DAY_MS))).toEqual([]);
    expect(rules(campaign(WON + 9 * DAY_MS))).toEqual([]);
  });
  it("is not marked by a customer's parent that came later", () => {
    const parent = (knownMs: number) => ({
      links: [link({ partnerId: 'p1', via: 'accountParent' as const, knownMs })],
    });
    expect(rules(parent(CREATED))).toEqual([['p1', 'influenced', 'role', 0]]);
    expect(rules(parent(CREATED + 9 * DAY_MS))).toEqual([['p1', 'none', 'parent-came-later', 0]]);
  });
  it('keeps a partner that was taken off after the win, and drops none of a link made again', () => {
    const off = link({ partnerId: 'p1', endedMs: WON + 1 });
    const again = link({ partnerId: 'p1', knownMs: WON + 2, since: 'seen' });
    expect(rules({ links: [off, again] })).toEqual([['p1', 'influenced', 'role', 0]]);
  });
});

describe('odd money', () => {
  it('negative lowers its part, zero is a deal of nothing, unknown is in no sum', () => {
    expect(credit({ amount: -12.345 }, [one])).toMatchObject({ kind: 'sourced', cents: -1235 });
    expect(credit({ amount: 0 }, [one]).rows[0]!.cents).toBe(0);
    expect(credit({ amount: null }, [one])).toMatchObject({ kind: 'sourced', cents: null });
  });
});

const claim = (over: Partial<ClaimFacts> & { id: string }): ClaimFacts => ({
  partnerId: 'p1',
  dealId: null,
  kind: 'registration',
  accountId: null,
  company: null,
  domain: null,
  product: null,
  submittedMs: CREATED,
  decidedMs: null,
  protectedUntil: null,
  status: 'approved',
  ...over,
});
const later = (over: Partial<ClaimFacts>): ClaimFacts =>
  claim({ id: 'b', submittedMs: CREATED + 12 * DAY_MS, ...over });
const speech: Speech = { language: 'en', currency: 'EUR', today: '2026-11-10' };
const at = { asOfMs: AS_OF, timeZone: 'UTC', speech };
const judged = (...all: ClaimFacts[]) => claimsAt(all, all, SETTINGS, at);

describe('registrations of one customer', () => {
  it.each([
    [{ accountId: 'a1' }, { accountId: 'a1' }],
    [{ domain: 'https://www.acme.co.uk/x' }, { domain: 'shop.acme.co.uk' }],
    [{ company: 'ACME Industries, Inc.' }, { company: 'Acmé Industries GmbH' }],
    [{ company: 'Contoso Pharma' }, { company: 'Contosso Pharma Ltd' }],
  ])('repeat each other: %j', (a, b) => {
    const [first, second] = judged(claim({ id: 'a', ...a }), later(b));
    expect(first!.duplicateOf).toBeNull();
    expect(second!.duplicateOf).toMatchObject({ id: 'a' });
    expect(second!.duplicateOf!.evidence).toContain('12 days earlier');
  });
  it.each([
    [
      { accountId: 'a1', product: 'A' },
      { accountId: 'a1', product: 'B' },
    ],
    [{ domain: 'acme.co.uk' }, { domain: 'other.co.uk' }],
    [{ domain: 'gmail.com' }, { domain: 'gmail.com' }],
    [{ company: 'Northwind' }, { company: 'Southwind' }],
    [{ accountId: 'a1', status: 'rejected' }, { accountId: 'a1' }],
    [{ accountId: 'a1' }, { accountId: 'a1', submittedMs: CREATED + 190 * DAY_MS }],
  ])('are two: %j', (a, b) => {
    const all = claimsAt([later(b)], [claim({ id: 'a', ...a }), later(b)], SETTINGS, {
      ...at,
      asOfMs: AS_OF + 200 * DAY_MS,
    });
    expect(all.map((each) => each.duplicateOf)).toEqual([null]);
  });
  it('say how long the decision took and until when it protects', () => {
    const [found] = judged(claim({ id: 'a', decidedMs: CREATED + 36 * HOUR_MS }));
    expect(found).toMatchObject({
      hoursToDecision: 36,
      protectedUntilMs: CREATED + 36 * HOUR_MS + 365 * DAY_MS,
    });
    const [before] = judged(claim({ id: 'a', decidedMs: CREATED - HOUR_MS }));
    expect(before!.hoursToDecision).toBeNull();
  });
});

describe('two partners that claim one deal', () => {
  const conflict = (...sides: Partial<ClaimFacts>[]) => {
    const all = sides.map((side, i) =>
      claim({ id: `c${i}`, accountId: 'a1', submittedMs: CREATED + i * DAY_MS, ...side }),
    );
    return conflictsAt(all, all, SETTINGS, AS_OF, speech);
  };
  it('stand side by side: open, decided, appealed', () => {
    const [open, ...more] = conflict({}, { partnerId: 'p2', status: 'pending' });
    expect(more).toEqual([]);
    expect(open).toMatchObject({ id: 'c0', state: 'open' });
    expect(open!.sides.map((side) => [side.partnerId, side.submittedMs])).toEqual([
      ['p1', CREATED],
      ['p2', CREATED + DAY_MS],
    ]);
    const refused = { partnerId: 'p2', status: 'rejected', decidedMs: CREATED + 2 * DAY_MS };
    expect(conflict({}, refused)[0]!.state).toBe('decided');
    expect(
      conflict({}, refused, {
        partnerId: 'p2',
        status: 'pending',
        submittedMs: CREATED + 3 * DAY_MS,
      })[0]!.state,
    ).toBe('appealed');
    expect(conflict({}, {})).toEqual([]);
  });
});

/** An organisation's own metrics: what is refused in the mapping, and what is counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PartnerFacts } from '../../src/model/facts.ts';
import {
  OWN_KPI_RECORDS,
  ownKpis,
  type OwnKpi,
  type OwnKpiRecord,
} from '../../src/model/own-kpi.ts';
import { scorePartner } from '../../src/predict/index.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { AS_OF, contextAt, dealOf, partnerOf, planOf, poolOf, world } from '../properties/world.ts';

const OTHERS = world(3, 6);
const base = { label: 'Mine', unit: 'count', of: 'deal', measure: 'count' };
const read = (kpi: object) => ownKpis.safeParse({ mine: { ...base, ...kpi } });
const made = (kpi: object): OwnKpi => read(kpi).data!['mine']!;

describe('a metric of one’s own', () => {
  it.each([
    [{ measure: 'sum' }, ['field'], 'needs field'],
    [{ measure: 'sum', field: 'amont' }, ['field'], 'did you mean amount'],
    [{ measure: 'median', field: 'stage' }, ['field'], 'no number stage'],
    [{ measure: 'share' }, ['part'], 'needs part'],
    [{ measure: 'days', from: 'createdAt' }, ['to'], 'needs to'],
    [{ at: 'amount' }, ['at'], 'no datetime amount'],
    [{ where: [{ field: 'colour', op: 'eq', value: 'red' }] }, ['where', 0, 'field'], 'colour'],
    [{ window: 0 }, ['window'], ''],
    [{ mood: 'good' }, [], 'mood'],
  ])('with %o is refused', (kpi, path, words) => {
    const [fault] = read(kpi).error!.issues;
    expect(fault!.path).toEqual(['mine', ...path]);
    expect(fault!.message).toContain(words);
  });
});

const ago = (days: number): number => AS_OF - days * DAY_MS;
const deal = (
  id: string,
  days: number,
  moves: [number, string][],
  amount: number | null,
  product: string,
) => dealOf(id, ago(days), moves, { partnerId: 'p', amount, product });
const PARTNER: PartnerFacts = {
  ...partnerOf('p', [
    deal('a', 90, [[30, 'Closed Won']], 10_000, 'Cloud'),
    deal('b', 80, [[10, 'Closed Won']], 40_000, 'Edge'),
    deal('c', 70, [[20, 'Closed Lost']], 5000, 'cloud '),
    deal('d', 20, [], null, 'Cloud'),
  ]),
  signals: [
    { kind: 'workshop', atMs: ago(3), knownMs: ago(3), value: 2, n: 2 },
    { kind: 'workshop', atMs: ago(2), knownMs: ago(-1), value: 9, n: 9 },
  ],
  costs: [{ kind: 'mdf', amount: 700, at: '2026-11-01' }],
};
/** Fitted on deals, whatever else is declared or known of a partner. */
const POOL = poolOf([...OTHERS, PARTNER], contextAt());
function measured(kpi: object, partner = PARTNER) {
  const context = contextAt(AS_OF, { ownKpis: { mine: made(kpi) } });
  const { kpis } = scorePartner(partner, POOL, context).partner;
  return kpis.find((one) => one.kpi === 'own.mine')!;
}

const CLOUD = [{ field: 'product', op: 'eq', value: 'Cloud' }];
it.each([
  ['deals of a product', { where: CLOUD, window: 365 }, 3],
  ['since a date', { where: CLOUD, window: 30 }, 1],
  [
    'what was won',
    {
      measure: 'sum',
      field: 'amount',
      at: 'closedAt',
      window: 365,
      where: [{ field: 'outcome', op: 'eq', value: 'won' }],
    },
    50_000,
  ],
  ['a median without what is unknown', { measure: 'median', field: 'amount', window: 365 }, 10_000],
  [
    'a share',
    { measure: 'share', part: [{ field: 'outcome', op: 'eq', value: 'won' }], window: 365 },
    0.5,
  ],
  [
    'a share of none',
    { measure: 'share', part: CLOUD, where: [{ field: 'region', op: 'eq', value: 'Mars' }] },
    null,
  ],
  [
    'days to close',
    { measure: 'days', from: 'createdAt', to: 'closedAt', at: 'closedAt', window: 365 },
    20,
  ],
  ['signals that are known', { of: 'signal', measure: 'sum', field: 'value', window: 30 }, 2],
  ['signals, not days', { of: 'signal', window: 30 }, 2],
  ['costs of the period', { of: 'cost', measure: 'sum', field: 'amount' }, 700],
  ['nothing', { of: 'certification' }, 0],
  [
    'after a moment',
    { where: [{ field: 'closedAt', op: 'gte', value: '2026-09-05' }], window: 365 },
    2,
  ],
])('counts %s', (_, kpi, expected) => {
  expect(measured(kpi).value).toBe(expected);
});

it('a day counts in the window that it lies in', () => {
  const on = (iso: string) => ({
    kind: 'workshop',
    atMs: Date.parse(iso),
    knownMs: Date.parse(iso),
    value: 1,
    n: 1,
  });
  const { startMs } = contextAt(AS_OF).period;
  const [before, first] = [
    on(new Date(startMs).toISOString()),
    on(new Date(startMs + DAY_MS).toISOString()),
  ];
  const partner = { ...PARTNER, signals: [before, first] };
  expect(measured({ of: 'signal' }, partner).value).toBe(1);
});

it('a decision that came later is not known by its status', () => {
  const registration = {
    ...{ id: 'r', dealId: null, submittedMs: ago(20), decidedMs: AS_OF + DAY_MS, amount: 1 },
    status: 'approved',
  };
  const partner = { ...PARTNER, registrations: [registration] };
  const approved = [{ field: 'status', op: 'eq', value: 'approved' }];
  expect(measured({ of: 'registration', where: approved, window: 90 }, partner).value).toBe(0);
});

it('can be promised in a plan, less being better where it says so', () => {
  const slow = { measure: 'days', unit: 'days', from: 'createdAt', to: 'closedAt', at: 'closedAt' };
  const context = contextAt(AS_OF, {
    ownKpis: { cloud: made({ where: CLOUD }), slow: made({ ...slow, direction: 'down' }) },
  });
  const target = (metric: string, goal: number) => ({
    ...planOf(1).targets[0]!,
    id: metric,
    metric,
    goal,
  });
  const plan = planOf(1, {
    targets: [target('own.cloud', 4), target('own.slow', 10), target('own.none', 1)],
  });
  const partner = { ...PARTNER, plans: [plan] };
  const { planHealth } = scorePartner(
    partner,
    poolOf([...OTHERS, partner], context),
    context,
  ).partner;
  expect(
    planHealth.parts.map(({ metric, actual, direction }) => [metric, actual, direction]),
  ).toEqual([
    ['own.cloud', 3, 'up'],
    ['own.slow', 20, 'down'],
    ['own.none', null, 'up'],
  ]);
  expect(planHealth.missing).toHaveLength(1);
});

it('property: whatever is declared is a finite number or none, and no later record moves it', () => {
  const kpi = fc.constantFrom(...(Object.keys(OWN_KPI_RECORDS) as OwnKpiRecord[])).chain((of) => {
    const fields = Object.entries(OWN_KPI_RECORDS[of].fields);
    const names = (type: string) => fields.filter(([, one]) => one === type).map(([name]) => name);
    return fc.record({
      of: fc.constant(of),
      measure: fc.constantFrom('count', 'sum', 'median', 'share', 'days'),
      field: fc.constantFrom(...names('number'), undefined),
      from: fc.constantFrom(...names('datetime')),
      to: fc.constantFrom(...names('datetime')),
      at: fc.constantFrom(...names('datetime')),
      part: fc.constant([{ field: fields[0]![0], op: 'notNull' }]),
      window: fc.constantFrom('period', 30, 1830),
    });
  });
  fc.assert(
    fc.property(kpi, (declared) => {
      fc.pre(read(declared).success);
      const found = measured(declared);
      expect(found.value === null || Number.isFinite(found.value)).toBe(true);
      const later = { ...PARTNER.signals[0]!, atMs: AS_OF + DAY_MS, knownMs: AS_OF + DAY_MS };
      const cost = { kind: 'mdf', amount: 9, at: '2026-12-24' };
      const more = {
        ...PARTNER,
        signals: [...PARTNER.signals, later],
        costs: [...PARTNER.costs, cost],
      };
      expect(measured(declared, more)).toEqual(found);
    }),
    { numRuns: 60 },
  );
});

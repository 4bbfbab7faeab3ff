import { describe, expect, it } from 'vitest';
import {
  routingSettingsSchema,
  type RoutablePartner,
  type RoutedCell,
  type RoutedDeal,
} from '../../../src/model/routing.ts';
import {
  exposureCap,
  exposureShares,
  routingRecord,
  rulesOfNobody,
  suggestPartners,
} from '../../../src/predict/index.ts';

const partner = (id: string, over: Partial<RoutablePartner> = {}): RoutablePartner => ({
  ...{ id, accountId: `A${id}`, name: `Name ${id}`, type: 'reseller', open: 0, certificates: [] },
  ...over,
});
const three = [partner('1'), partner('2'), partner('3', { type: 'referral' })];
const DEAL: RoutedDeal = { product: 'Cloud', industry: 'Retail', region: 'DE' };
const cell = (partnerId: string, n: number, won: number, over = {}): RoutedCell => ({
  ...DEAL,
  ...{ partnerId, n, won, ...over },
});

interface Asked {
  settings?: object;
  cells?: RoutedCell[];
  deal?: Partial<RoutedDeal>;
  holders?: { accountId: string; untilMs: number }[];
  partners?: RoutablePartner[];
  given?: [string, number][];
  year?: [string, number][];
}
function suggested(asked: Asked = {}) {
  const { settings: typed, cells = [], deal, holders = [], partners = three, given = [] } = asked;
  const settings = routingSettingsSchema.parse(typed);
  const year = new Map(asked.year ?? partners.map(({ accountId }) => [accountId, 10]));
  const ids = partners.map(({ accountId }) => accountId);
  const beyond = exposureCap(year, ids, settings.maxShare);
  const speech = { language: 'en', currency: 'USD', today: '2025-01-01' } as const;
  const rules = { settings, odds: routingRecord(cells), beyond, partners, speech };
  const found = suggestPartners(rules, { ...DEAL, ...deal }, holders, new Map(given));
  const { ranked, refused } = found;
  return {
    ...{ found, ranked: ranked.map(({ id }) => id) },
    refused: refused.map(({ id, refusals }) => [id, ...refusals.map(({ rule }) => rule)]),
  };
}

describe('hard rules', () => {
  const territories = [
    { partner: 'name 1', regions: ['FR'] },
    { partner: '1', regions: ['ES'] },
    { partner: 'A2', regions: [' de '] },
  ];
  it('keep partners within their territories, by id, account or name', () => {
    expect(suggested({ settings: { territories } }).refused).toEqual([['1', 'territory']]);
    expect(suggested({ settings: { territories }, deal: { region: 'ES' } }).ranked).toEqual([
      ...['1', '3'],
    ]);
  });
  it('keep partners with a territory from a lead without a country', () => {
    const { ranked, found } = suggested({ settings: { territories }, deal: { region: null } });
    expect(ranked).toEqual(['3']);
    expect(found.refused[0]!.refusals[0]!.why).toContain('country is not known');
  });
  it('keep partners from what an exclusion names, where every list of it matches', () => {
    const rule = { type: 'Reseller', products: ['cloud'], industries: ['Retail'], why: 'rival' };
    const settings = { exclusions: [rule] };
    expect(suggested({ settings }).ranked).toEqual(['3']);
    expect(suggested({ settings, deal: { industry: 'Health' } }).ranked).toHaveLength(3);
    expect(suggested({ settings, deal: { product: null } }).ranked).toHaveLength(3);
  });
  it('leave a customer to the partners whose registration protects it', () => {
    const holders = [{ accountId: 'A2', untilMs: Date.parse('2026-12-31') }];
    const { ranked, found } = suggested({ holders, cells: [cell('A1', 40, 40)] });
    expect(ranked).toEqual(['2']);
    expect(found.refused[0]!.refusals[0]!.why).toContain('until 31 December 2026');
  });
  it('may leave nobody, and none of them is passed over for that', () => {
    const all = [{ type: 'reseller' }, { type: 'referral' }];
    const exclusions = all.map((one) => ({ ...one, why: 'moratorium' }));
    const { ranked, refused } = suggested({ settings: { exclusions } });
    expect([ranked, refused.length]).toEqual([[], 3]);
    expect(suggested({ partners: [] }).ranked).toEqual([]);
  });
  it('that name nobody are told, and a rule must name either a partner or a type', () => {
    const settings = routingSettingsSchema.parse({ territories, exclusions: [] });
    expect(rulesOfNobody(settings, three)).toEqual([]);
    expect(rulesOfNobody(settings, three.slice(1))).toEqual(['name 1', '1']);
    const both = { partner: '1', type: 'x', regions: ['DE'] };
    expect(routingSettingsSchema.safeParse({ territories: [both] }).success).toBe(false);
    expect(routingSettingsSchema.safeParse({ territories: [{ regions: ['DE'] }] }).success).toBe(
      false,
    );
  });
});

describe('the order', () => {
  it('is by what partners won of such deals, with the deals behind it', () => {
    const cells = [cell('A1', 20, 2), cell('A2', 20, 12), cell('A2', 9, 9, { product: 'Edge' })];
    const { ranked, found } = suggested({ cells });
    expect(ranked[0]).toBe('2');
    expect(ranked.at(-1)).toBe('1');
    const [first] = found.ranked;
    expect([first!.n, first!.won]).toEqual([29, 21]);
    expect(first!.terms.map(({ of, n }) => [of, n])).toEqual([
      ...[
        ['record', 29],
        ['product', 20],
        ['industry', 29],
        ['region', 29],
      ],
    ]);
  });
  it('gives a partner without a record what all win, and not nothing', () => {
    const { found } = suggested({ cells: [cell('A1', 40, 10)] });
    const new3 = found.ranked.find(({ id }) => id === '3')!;
    expect([new3.n, new3.terms]).toEqual([0, []]);
    expect(new3.probability).toBeGreaterThan(0.2);
    expect(new3.probability).toBeLessThan(0.3);
    expect(new3.high - new3.low).toBeGreaterThan(0.3);
  });
  it('is by a certificate for the product, then by load, where the record tells nothing', () => {
    const certified = partner('3', { certificates: ['CLOUD architect'], open: 9 });
    expect(
      suggested({ partners: [partner('1', { open: 4 }), partner('2'), certified] }).ranked,
    ).toEqual(['3', '2', '1']);
  });
  it('passes over whoever has its share, by the cap of the mapping or by what was usual', () => {
    const cells = [cell('A2', 40, 30), cell('A1', 40, 5)];
    const given: [string, number][] = [
      ['A2', 2],
      ['A1', 1],
      ['A3', 1],
    ];
    const year: [string, number][] = [
      ['A1', 30],
      ['A2', 10],
      ['A3', 10],
    ];
    expect(suggested({ cells }).ranked[0]).toBe('2');
    // The first place held three of five; it is the place that counts, not who was in it.
    expect(suggested({ cells, given, year }).ranked[0]).toBe('2');
    expect(suggested({ cells, given }).refused).toEqual([['2', 'exposure']]);
    const capped = suggested({ cells, given, year, settings: { maxShare: 0.4 } });
    expect(capped.refused).toEqual([['2', 'exposure']]);
  });
});

it('shares of deals and wins are counted by group, with their quarters from the oldest', () => {
  const exposures = [
    { partnerId: 'A1', quarter: 0, n: 3, won: 1 },
    { partnerId: 'A1', quarter: 3, n: 1, won: 1 },
    { partnerId: 'A3', quarter: 0, n: 4, won: 0 },
  ];
  const shares = exposureShares(
    ...([three, exposures, ({ accountId }: RoutablePartner) => accountId] as const),
    ({ type }) => type ?? '',
  );
  expect(shares).toMatchObject([
    { of: 'referral', partners: 1, n: 4, won: 0, share: 0.5, wonShare: 0, quarters: [0, 0, 0, 4] },
    { of: 'reseller', partners: 2, n: 4, won: 2, share: 0.5, wonShare: 1, quarters: [1, 0, 0, 3] },
  ]);
});

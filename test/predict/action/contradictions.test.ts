import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/model/language/languages.ts';
import type { MeasureContext, PartnerFacts } from '../../../src/model/facts.ts';
import type { DealScore, NextAction, PartnerScore } from '../../../src/model/score.ts';
import { scorePartner } from '../../../src/predict/index.ts';
import { AS_OF, contextAt, partnerOf, poolOf, world } from '../../properties/world.ts';
import { templateOf } from './listed.ts';
import { numbersOfDeal, numbersOfPartner } from './referee-numbers.ts';
import { onDeal, onPartner, type DealRecord, type PartnerRecord } from './referee.ts';

const DAY_MS = 86_400_000;
const SEEDS = [3, 11, 29];

interface Scored {
  partners: PartnerRecord[];
  deals: DealRecord[];
}
function scoredWorld(seed: number, context: MeasureContext): Scored {
  const facts = world(seed);
  const pool = poolOf(facts, context);
  const partners = facts.map((one) => {
    const { partner, deals } = scorePartner(one, pool, context);
    return { score: partner, facts: one, deals };
  });
  const deals = partners.flatMap(({ facts: { deals: known }, deals: scores }) =>
    scores.map((score) => ({ score, facts: known.find(({ id }) => id === score.dealId)! })),
  );
  return { partners, deals };
}
const context = contextAt();
const all = SEEDS.map((seed) => scoredWorld(seed, context));

describe('no record contradicts itself', () => {
  it.each(SEEDS.map((seed, i) => [seed, i] as const))('in world %i', (_, i) => {
    const { partners, deals } = all[i]!;
    expect(partners.length + deals.length).toBeGreaterThan(40);
    expect([
      ...partners.flatMap((record) => onPartner(record, context)),
      ...deals.flatMap((record) => onDeal(record, context)),
      ...partners.flatMap(({ score, deals: own }) => numbersOfPartner(score, own)),
      ...deals.flatMap(({ score, facts }) => numbersOfDeal(score, facts, context)),
    ]).toEqual([]);
  });
});

/** A deal and a partner on which nothing is wrong, to plant something on. */
const goodDeal = all
  .flatMap(({ deals }) => deals)
  .find(({ score }) => score.probability > 0.02 && score.health === 'on track')!;
const goodPartner = all
  .flatMap(({ partners }) => partners)
  .find(({ score }) => score.gap > 1000 && score.planHealth.plan !== null)!;
const action = (rule: string, text: string, over: Partial<NextAction> = {}): NextAction => ({
  rule,
  text,
  stake: 1,
  evidence: 'from 3 past deals',
  effect: { points: null, text: 'No effect is stated: x.' },
  effort: 'minutes',
  expiresOn: '2026-12-31',
  asset: null,
  offer: null,
  dealId: null,
  instead: null,
  ...over,
});
const deal = (over: Partial<DealScore>, facts = goodDeal.facts): string[] =>
  onDeal({ score: { ...goodDeal.score, nextAction: null, ...over }, facts }, context);
const partner = (over: Partial<PartnerScore>, facts: PartnerFacts = goodPartner.facts): string[] =>
  onPartner(
    { ...goodPartner, facts, score: { ...goodPartner.score, nextAction: null, ...over } },
    context,
  );
const contact = action(
  'contact',
  'Get in touch with the buyer: nothing has moved for over 21 days.',
);
const mail = {
  ...goodDeal.facts,
  activities: [{ atMs: AS_OF - 8 * DAY_MS, kind: 'email', qualifying: false }],
};
const closed = {
  ...goodDeal.facts,
  events: [
    ...goodDeal.facts.events,
    { ...goodDeal.facts.events[0]!, atMs: AS_OF, stage: 'Closed Lost' },
  ],
};
const win = (daysAgo: number, amount: number) => ({
  ...goodDeal.facts,
  amount,
  closedMs: AS_OF - daysAgo * DAY_MS,
  events: [{ atMs: AS_OF - daysAgo * DAY_MS, stage: 'Closed Won', amount, closeDate: null }],
});
const outgrown = action(
  'target-outgrown',
  'Target outgrown: EUR 9,000 won of EUR 5,000 with 7 weeks to go. Agree the next one.',
);
const raised = [{ code: 'x', points: -8.7, text: 'Deals of its amount are won more often.' }];
const lowered = [{ code: 'x', points: 8.7, text: 'Deals of its amount are won less often.' }];

describe('the referee knows', () => {
  it.each<[string, () => string[]]>([
    ['hopeless', () => deal({ probability: 0.004, nextAction: contact })],
    ['hopeful-closed', () => deal({ nextAction: action('close', 'x') })],
    ['moved', () => deal({ nextAction: contact, health: 'stalled' }, mail)],
    ['closed', () => deal({ nextAction: contact }, closed)],
    [
      'redate-future',
      () => deal({ nextAction: action('redate', 'x') }, { ...mail, closeDate: '2027-01-01' }),
    ],
    ['on-track-revived', () => deal({ nextAction: contact, health: 'on track' })],
    [
      'verified',
      () =>
        deal({
          nextAction: action('verify', 'x'),
          proofs: [{ kind: 'quote', atMs: 1, certain: true, id: null, byId: null }],
        }),
    ],
    ['owner-is-there', () => deal({ nextAction: action('reassign', 'x') })],
    ['expired', () => deal({ nextAction: action('unblock', 'x', { expiresOn: '2026-10-01' }) })],
    [
      'harmful',
      () =>
        deal({
          nextAction: action('unblock', 'x', { effect: { points: -2, text: 'an association' } }),
        }),
    ],
    [
      'promise',
      () =>
        deal({
          nextAction: action('unblock', 'x', { effect: { points: 2, text: 'brings 2 points' } }),
        }),
    ],
    ['down-says-up', () => deal({ reasons: raised })],
    ['up-says-down', () => deal({ reasons: lowered })],
    ['no-sum', () => deal({ reasons: [], base: goodDeal.score.base + 7 })],
    [
      'headline',
      () => deal({ headline: 'Probability of winning EUR 1 by 31 December: 90% (5 to 99%)' }),
    ],
    ['promise-before-money', () => partner({ nextAction: action('vendor-milestone', 'x') })],
    [
      'praise-shrinking',
      () =>
        partner(
          { gap: 0, nextAction: outgrown },
          partnerOf('s', [win(30, 10_000), win(500, 90_000)]),
        ),
    ],
    ['outgrown-short', () => partner({ nextAction: outgrown })],
    ['plan-is-there', () => partner({ nextAction: action('agree-plan', 'x') })],
    [
      'record-of-nothing',
      () => {
        const text =
          'No proven open deal, yet its record alone is worth more than that of a partner of like size.';
        const { score, ...record } = goodPartner;
        const reasons = [{ code: 'open-pipeline', points: 0.1, text }];
        return onPartner(
          { ...record, facts: partnerOf('new', []), score: { ...score, reasons } },
          context,
        );
      },
    ],
    ['deals-are-there', () => partner({ nextAction: action('first-deal', 'x') })],
    ['nothing-missing', () => partner({ gap: 0, nextAction: action('build-pipeline', 'x') })],
    [
      'closes-by-hopeless',
      () => partner({ closing: [{ dealId: 'gone', name: 'x', amount: 1, probability: 0.5 }] }),
    ],
  ])('%s', (name, planted) => {
    expect(
      planted().some((found) => found.startsWith(`${name}:`)),
      planted().join('\n'),
    ).toBe(true);
  });
});

const numbers = (over: Partial<DealScore>, facts = goodDeal.facts): string[] =>
  numbersOfDeal({ ...goodDeal.score, nextAction: null, candidate: null, ...over }, facts, context);
const partnerNumbers = (over: Partial<PartnerScore>): string[] =>
  numbersOfPartner(
    { ...goodPartner.score, nextAction: null, candidate: null, ...over },
    goodPartner.deals,
  );
const effect = (text: string, points: number | null): NextAction =>
  action('contact', 'x', { effect: { points, text }, stake: 0 });
const withEffect = (now: string, to: string, points: number | null): NextAction =>
  effect(
    `Probability is ${to}% (1 to 99%), now ${now}%; from 3 past deals: an association`,
    points,
  );
const now = String(Math.round(100 * goodDeal.score.probability));
const headline = (money: string, band: string, n: number): string =>
  `Probability of winning EUR ${money} by 31 December: 12% (${band}%), from ${n} past deals`;
const money = Math.round(goodDeal.score.amount).toLocaleString('en');

describe('the referee knows a text that disagrees with its number', () => {
  it.each<[string, () => string[]]>([
    ['headline-money', () => numbers({ headline: headline('1', '0 to 100', 1) })],
    ['headline-band', () => numbers({ headline: headline(money, '99 to 100', 1) })],
    ['headline-evidence', () => numbers({ headline: headline(money, '0 to 100', 987) })],
    ['effect-now', () => numbers({ nextAction: withEffect('77', '90', 13) })],
    ['effect-points', () => numbers({ nextAction: withEffect(now, '90', 2) })],
    ['effect-direction', () => numbers({ nextAction: withEffect(now, '1', null) })],
    [
      'effect-band',
      () =>
        numbers({ nextAction: effect(`It is 50% (60 to 70%), now ${now}%: an association`, 1) }),
    ],
    ['band-without-it', () => numbers({ low: 0.9, high: 0.95 })],
    ['ever-less-than-soon', () => numbers({ everProbability: 0 })],
    ['base-text', () => numbers({ against: '99.9% for any open deal' })],
    [
      'stalled-moving',
      () =>
        numbers(
          { health: 'stalled' },
          {
            ...goodDeal.facts,
            activities: [{ atMs: AS_OF - DAY_MS, kind: 'meeting', qualifying: true }],
          },
        ),
    ],
    ['stake', () => numbers({ nextAction: action('contact', 'x', { stake: 1e12 }) })],
    [
      'gap-text',
      () => partnerNumbers({ nextAction: action('build-pipeline', 'EUR 7 short of its goal: x') }),
    ],
    ['stake-without-gap', () => partnerNumbers({ gap: 0, moneyAtStake: 5 })],
    ['attainment-gap', () => partnerNumbers({ expectedAttainment: 1 })],
    [
      'reached-short',
      () => partnerNumbers({ headline: 'EUR 9 won: the target of EUR 5 is reached' }),
    ],
    [
      'names-a-stranger',
      () => partnerNumbers({ nextAction: action('revive-largest', 'x', { dealId: 'gone' }) }),
    ],
    [
      'closing-amount',
      () =>
        partnerNumbers({ closing: [{ dealId: 'gone', name: 'x', amount: 99, probability: 1 }] }),
    ],
    [
      'closes-nothing',
      () =>
        partnerNumbers({
          gap: 0,
          closing: [{ dealId: 'gone', name: 'x', amount: 99, probability: 1 }],
        }),
    ],
  ])('%s', (name, planted) => {
    expect(
      planted().some((found) => found.startsWith(name)),
      planted().join('\n'),
    ).toBe(true);
  });
  it('and has nothing against what is right', () => {
    expect(numbers({})).toEqual([]);
    expect(partnerNumbers({})).toEqual([]);
  });
});

describe('every text is one that `npm run texts` lists', () => {
  const texts = (score: PartnerScore | DealScore): string[] => [
    score.event.text,
    score.headline,
    score.against,
    ...score.reasons.map(({ text }) => text),
    ...[score.nextAction, score.nextAction?.instead].flatMap((one) =>
      one == null ? [] : [one.text, one.evidence, one.effect.text],
    ),
  ];
  it.each(LANGUAGES)('in %s', (language) => {
    const spoken = contextAt(AS_OF, { language });
    const { partners, deals } = scoredWorld(SEEDS[0]!, spoken);
    const out = [...partners, ...deals].flatMap(({ score }) => texts(score));
    expect(out.length).toBeGreaterThan(200);
    expect(out.filter((text) => templateOf(text, language) === null)).toEqual([]);
    expect(out.filter((text) => text.length > 255)).toEqual([]);
  });
  it('would tell one that is not', () => {
    expect(templateOf('Buy low, sell high.')).toBeNull();
  });
});

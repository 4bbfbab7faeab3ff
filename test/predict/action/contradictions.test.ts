import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/model/language/languages.ts';
import type { MeasureContext, PartnerFacts } from '../../../src/model/facts.ts';
import type { DealScore, NextAction, PartnerScore } from '../../../src/model/score.ts';
import { scorePartner } from '../../../src/predict/index.ts';
import { AS_OF, contextAt, partnerOf, poolOf, world } from '../../properties/world.ts';
import { templateOf } from './listed.ts';
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
  effect: { points: null, text: 'No effect was ever measured.' },
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

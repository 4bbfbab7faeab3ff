/** Honest growth: it must be believed soon, or the defence costs more than the attacks. */
import type { DealFacts, PartnerFacts, Side } from '../../src/model/facts.ts';
import { addDeal, finishPool, scorePartner, startPool } from '../../src/predict/index.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { random } from '../properties/world.ts';
import { added, isWon } from './edits.ts';
import { LOOK_ALIKES, type Growth } from './look-alikes.ts';
import { play, rowOf, type Outcome, type Rest, type Row } from './measure.ts';
import { made, realDeal, type Channel } from './world.ts';

/** Growth began so long ago that its first wins are a quarter old at most. */
const GROWTH_DAYS = 190;
const OFTEN = 0.45;

const sizeOf = (partner: PartnerFacts): number => {
  const won = partner.deals.filter(isWon).map((d) => d.amount ?? 0);
  return won.length === 0 ? 30_000 : won.reduce((a, b) => a + b, 0) / won.length;
};

const GROWTHS: readonly Growth[] = [
  {
    name: 'control: twice as many real deals',
    deals: (partner, asOfMs, r) => {
      const usual = partner.deals.filter((d) => d.createdMs > asOfMs - GROWTH_DAYS * DAY_MS);
      return Array.from({ length: Math.max(2, usual.length) }, (_, i) => {
        const createdMs = asOfMs - (20 + r() * (GROWTH_DAYS - 20)) * DAY_MS;
        const id = `${partner.id}-more-${i}`;
        return realDeal(id, partner.id, createdMs, OFTEN, sizeOf(partner), r);
      });
    },
  },
  {
    name: 'control: a new region',
    deals: (partner, asOfMs, r) =>
      Array.from({ length: 8 }, (_, i) => {
        const createdMs = asOfMs - (60 + r() * (GROWTH_DAYS - 60)) * DAY_MS;
        const id = `${partner.id}-region-${i}`;
        return realDeal(id, partner.id, createdMs, OFTEN, sizeOf(partner), r);
      }),
  },
  {
    name: 'control: one real large deal',
    deals: (partner, asOfMs) => [
      made({
        id: `${partner.id}-large`,
        partnerId: partner.id,
        createdMs: asOfMs - 150 * DAY_MS,
        by: 'partner',
        amount: 6 * sizeOf(partner),
        moves: [
          { day: 15, stage: 'Qualified', by: 'vendor' },
          { day: 45, stage: 'Proposal', by: 'vendor' },
          { day: 80, stage: 'Negotiation', by: 'vendor' },
          { day: 120, stage: 'Closed Won', by: 'vendor' },
        ],
      }),
    ],
  },
];

const signed = (deals: readonly DealFacts[], by: Side | null): DealFacts[] =>
  deals.map((deal) => ({
    ...deal,
    events: deal.events.map((e) => ({ ...e, by })),
    activities: deal.activities.map((a) => ({ ...a, by, buyer: true })),
    quotes: (deal.quotes ?? []).map((q) => ({ ...q, by })),
  }));

/**
 * Everything taken at face value, as if our own users had done it all: what growth brought before
 * evidence counted.
 */
const atFaceValue = (channel: Channel): Channel => ({
  ...channel,
  partners: channel.partners.map((p) => ({ ...p, deals: signed(p.deals, 'vendor') })),
  direct: signed(channel.direct, 'vendor'),
});

function scoreIn(channel: Channel, partner: PartnerFacts, rest: Rest): number {
  const fit = startPool(rest.context);
  for (const p of channel.partners)
    for (const deal of p.id === partner.id ? partner.deals : p.deals) addDeal(fit, deal);
  for (const deal of channel.direct) addDeal(fit, deal);
  return scorePartner(partner, finishPool(fit), rest.context).partner.score;
}

/** A channel at face value, and what its partners score there before any of them grows. */
interface Face {
  channel: Channel;
  before: Map<string, number>;
}
const faces = new WeakMap<Rest, Face>();

function faceOf(rest: Rest): Face {
  let face = faces.get(rest);
  if (face === undefined) {
    face = { channel: atFaceValue(rest.channel), before: new Map() };
    faces.set(rest, face);
  }
  return face;
}

/** Gain at face value of one partner's growth. */
function faceGain(rest: Rest, partner: PartnerFacts, grown: PartnerFacts): number {
  const { channel, before } = faceOf(rest);
  const was =
    before.get(partner.id) ??
    scoreIn(channel, { ...partner, deals: signed(partner.deals, 'vendor') }, rest);
  before.set(partner.id, was);
  return scoreIn(channel, { ...grown, deals: signed(grown.deals, 'vendor') }, rest) - was;
}

/** Growth that looks like an attack, by partners of one channel. */
export const lookAlikes = (rests: readonly Rest[], by: Side | null, seed: number): Row[] =>
  controls(rests.slice(0, 1), by, seed, LOOK_ALIKES);

/**
 * Honest growth of every partner: what is kept of the score's gain at face value, in sums over
 * partners.
 */
export function controls(
  rests: readonly Rest[],
  by: Side | null,
  seed: number,
  growths: readonly Growth[] = GROWTHS,
): Row[] {
  return growths.map((growth, g) => {
    const outcomes: Outcome[] = [];
    let face = 0;
    let ours = 0;
    for (const rest of rests)
      rest.channel.partners.forEach((partner, i) => {
        const r = random(seed * 31 + rest.channel.seed * 1009 + g * 101 + i);
        const deals = growth.deals(partner, rest.context.asOfMs, r, sizeOf(partner));
        const grown = added(partner, by === null ? signed(deals, null) : deals);
        const outcome = play(rest, grown);
        outcomes.push(outcome);
        ours += outcome.after.score - outcome.before.score;
        face += faceGain(rest, partner, grown);
      });
    return rowOf(growth.name, outcomes, 'control', Math.round((1000 * ours) / face) / 1000);
  });
}

/** Single moves of an attacker with sizes and times drawn by chance: what combinations are made of. */
import type { DealFacts, PartnerFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import { STAGES } from '../properties/world.ts';
import {
  added,
  changed,
  edited,
  invented,
  isLost,
  isOpen,
  isWon,
  logged,
  movedTo,
} from './edits.ts';
import type { Kit } from './edits.ts';
import { isoDay, type Made, type Random } from './world.ts';

/** What a move does once its dice are thrown; `what` tells it in words. */
export interface Drawn {
  what: string;
  apply(partner: PartnerFacts, kit: Kit): PartnerFacts;
}
export type Move = (r: Random) => Drawn;

export const between = (r: Random, low: number, high: number): number => low + r() * (high - low);
export const whole = (r: Random, low: number, high: number): number =>
  Math.floor(between(r, low, high + 1));
export const oneOf = <T>(r: Random, list: readonly T[]): T => list[Math.floor(r() * list.length)]!;
const logBetween = (r: Random, low: number, high: number): number => low * (high / low) ** r();
export const ago = (kit: Kit, days: number): number => kit.context.asOfMs - days * DAY_MS;

type Which = [name: string, is: (deal: DealFacts) => boolean];
const OPEN: Which = ['open', isOpen];
const WON: Which = ['won', isWon];
const LOST: Which = ['lost', isLost];
/** Only what it marks itself a partner can leave unmarked, or mark otherwise. */
const OWN_LOSS: Which = ['own lost', (deal) => isLost(deal) && deal.events.at(-1)!.by !== 'vendor'];

/** Some of the partner's deals, the same each time. */
const some = (partner: PartnerFacts, [, is]: Which, share: number): Set<string> => {
  const all = partner.deals.filter(is).map((deal) => deal.id);
  return new Set(all.filter((_, i) => (i * 0.618_034) % 1 < share));
};
const onSome = (
  which: Which,
  share: number,
  change: (deal: DealFacts, kit: Kit, i: number) => DealFacts,
): Drawn['apply'] => {
  return (partner, kit) => {
    const ids = some(partner, which, share);
    return changed(
      partner,
      (deal) => ids.has(deal.id),
      (deal, i) => change(deal, kit, i),
    );
  };
};

const junk: Move = (r) => {
  const count = whole(r, 1, 40);
  const age = between(r, 0, 120);
  const amount = Math.round(logBetween(r, 3000, 3e6));
  const stage = oneOf(r, STAGES.slice(0, 4));
  const to = whole(r, 0, 3);
  const calls = whole(r, 0, 3);
  const offer = oneOf(r, [null, null, 'presented', 'ordered'] as const);
  const sameCustomer = r() < 0.3;
  return {
    what: `${count} junk of ${amount}, ${age.toFixed(0)} days old, ${stage} to ${to}, ${calls} calls, ${offer}`,
    apply: (partner, kit) => {
      const moves: Made['moves'] = STAGES.slice(1, 1 + to).map((name, i) => ({
        day: (age * (i + 1)) / 5,
        stage: name,
        by: kit.by,
      }));
      const deals = invented(partner, kit, `junk${count}-${age.toFixed(3)}`, count, {
        stage,
        moves,
        amount,
        ...(sameCustomer ? { accountId: 'acc-one' } : {}),
      }).map((deal, i) => {
        const createdMs = ago(kit, Math.max(0.1, age - (i % 7)));
        return { ...shifted(deal, createdMs - deal.createdMs), quotes: [] as DealFacts['quotes'] };
      });
      const offered = deals.map((deal) =>
        offer === null
          ? deal
          : {
              ...deal,
              quotes: [
                {
                  id: `${deal.id}-q`,
                  atMs: Math.min(kit.context.asOfMs, deal.createdMs + DAY_MS),
                  state: offer,
                  amount,
                  by: kit.by,
                },
              ],
            },
      );
      const called = offered.map((deal) =>
        Array.from({ length: calls }).reduce<DealFacts>(
          (one, _, k) =>
            logged(
              one,
              Math.max(deal.createdMs, ago(kit, (age * (k + 0.5)) / (calls + 1))),
              kit.by,
            ),
          deal,
        ),
      );
      return added(partner, called);
    },
  };
};

/** The same deal with its whole history moved in time. */
export const shifted = (deal: DealFacts, byMs: number): DealFacts => ({
  ...deal,
  createdMs: deal.createdMs + byMs,
  registeredMs: deal.registeredMs === null ? null : deal.registeredMs + byMs,
  closedMs: deal.closedMs === null ? null : deal.closedMs + byMs,
  events: deal.events.map((e) => ({ ...e, atMs: e.atMs + byMs })),
  activities: deal.activities.map((a) => ({ ...a, atMs: a.atMs + byMs })),
  quotes: (deal.quotes ?? []).map((q) => ({ ...q, atMs: q.atMs + byMs })),
  links: (deal.links ?? []).map((l) => ({ ...l, knownMs: l.knownMs + byMs })),
});

const clicks: Move = (r) => {
  const which = oneOf(r, [OPEN, OPEN, LOST]);
  const stage = oneOf(r, STAGES.slice(0, 4));
  const days = between(r, 0, 90);
  const share = between(r, 0.2, 1);
  return {
    what: `${which[0]} to ${stage} ${days.toFixed(0)} days ago (${share.toFixed(1)})`,
    apply: onSome(which, share, (deal, kit) => movedTo(deal, stage, ago(kit, days), kit.by)),
  };
};

const zigzag: Move = (r) => {
  const times = whole(r, 1, 4);
  const stages = Array.from({ length: times }, () => oneOf(r, STAGES.slice(0, 4)));
  return {
    what: `open through ${stages.join(', ')}`,
    apply: onSome(OPEN, 1, (deal, kit) =>
      stages.reduce((one, stage, i) => movedTo(one, stage, ago(kit, times - i), kit.by), deal),
    ),
  };
};

const meetings: Move = (r) => {
  const which = oneOf(r, [OPEN, OPEN, LOST, WON]);
  const days = Array.from({ length: whole(r, 1, 5) }, () => between(r, 0, 120));
  return {
    what: `${days.length} meetings on each ${which[0]}`,
    apply: onSome(which, between(r, 0.3, 1), (deal, kit) =>
      days.reduce((one, day) => logged(one, Math.max(one.createdMs, ago(kit, day)), kit.by), deal),
    ),
  };
};

const offers: Move = (r) => {
  const state = oneOf(r, ['draft', 'presented', 'accepted', 'ordered'] as const);
  const days = between(r, 0, 60);
  return {
    what: `${state} offers on each open deal ${days.toFixed(0)} days ago`,
    apply: onSome(OPEN, between(r, 0.3, 1), (deal, kit) => ({
      ...deal,
      quotes: [
        ...(deal.quotes ?? []),
        {
          id: `${deal.id}-o${days.toFixed(2)}`,
          atMs: Math.max(deal.createdMs, ago(kit, days)),
          state,
          amount: deal.amount,
          by: kit.by,
        },
      ].sort((a, b) => a.atMs - b.atMs),
    })),
  };
};

/** Up and down, or in the amounts of another currency. */
const amounts: Move = (r) => {
  const which = oneOf(r, [OPEN, OPEN, WON, LOST]);
  const factors = Array.from({ length: whole(r, 1, 3) }, () => logBetween(r, 0.01, 150));
  return {
    what: `${which[0]} amounts times ${factors.map((f) => f.toFixed(2)).join(', ')}`,
    apply: onSome(which, between(r, 0.3, 1), (deal, kit) =>
      factors.reduce(
        (one, factor, i) =>
          edited(one, ago(kit, 10 - 3 * i), kit.by, { amount: (deal.amount ?? 0) * factor }),
        deal,
      ),
    ),
  };
};

const dates: Move = (r) => {
  const days = Array.from({ length: whole(r, 1, 4) }, () => between(r, -60, 300));
  return {
    what: `close dates in ${days.map((d) => d.toFixed(0)).join(', ')} days`,
    apply: onSome(OPEN, between(r, 0.3, 1), (deal, kit) =>
      days.reduce(
        (one, day, i) =>
          edited(one, ago(kit, 20 - 4 * i), kit.by, {
            closeDate: isoDay(kit.context.asOfMs + day * DAY_MS),
          }),
        deal,
      ),
    ),
  };
};

/** A loss as if it had never been marked. */
export const unmarked = (deal: DealFacts): DealFacts => {
  const events = deal.events.filter((e) => e.stage !== 'Closed Lost');
  return { ...deal, events, stage: events.at(-1)?.stage ?? 'Registered', closedMs: null };
};
const hiddenLosses: Move = (r) => {
  const share = between(r, 0.3, 1);
  const touch = oneOf(r, ['nothing', 'a call', 'a date'] as const);
  return {
    what: `own losses never marked (${share.toFixed(1)}), ${touch}`,
    apply: onSome(OWN_LOSS, share, (deal, kit) =>
      touch === 'nothing'
        ? unmarked(deal)
        : touch === 'a call'
          ? logged(unmarked(deal), ago(kit, 1), kit.by)
          : edited(unmarked(deal), ago(kit, 1), kit.by, { closeDate: '2026-12-20' }),
    ),
  };
};
const takenBack: Move = (r) => {
  const stage = oneOf(r, STAGES.slice(0, 4));
  const days = between(r, 0, 60);
  return {
    what: `losses taken back to ${stage} ${days.toFixed(0)} days ago`,
    apply: onSome(LOST, between(r, 0.3, 1), (deal, kit) =>
      movedTo(deal, stage, ago(kit, days), kit.by),
    ),
  };
};

/** Won, lost, opened again, in any order; it does not end as a win. */
const cycles: Move = (r) => {
  const which = oneOf(r, [OPEN, LOST, WON]);
  const stages = [
    ...Array.from({ length: whole(r, 1, 4) }, () =>
      oneOf(r, ['Closed Won', 'Closed Lost', 'Negotiation', 'Registered']),
    ),
    ...(which === WON ? ['Closed Won'] : [oneOf(r, ['Negotiation', 'Closed Lost'])]),
  ];
  const share = between(r, 0.1, 0.6);
  const from = between(r, 5, 80);
  return {
    what: `${which[0]} through ${stages.join(', ')} from ${from.toFixed(0)} days ago (${share.toFixed(1)})`,
    apply: onSome(which, share, (deal, kit) =>
      stages.reduce(
        (one, stage, i) => movedTo(one, stage, ago(kit, from * (1 - (i + 1) / 6)), kit.by),
        deal,
      ),
    ),
  };
};

export const RECORD_MOVES: readonly Move[] = [
  junk,
  clicks,
  zigzag,
  meetings,
  offers,
  amounts,
  dates,
  hiddenLosses,
  takenBack,
  cycles,
];

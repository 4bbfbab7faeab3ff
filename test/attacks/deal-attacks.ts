/** Attacks on deals: junk, clicks, calls, amounts, wins, splits, and what is never entered. */
import type { DealFacts, PartnerFacts } from '../../src/model/facts.ts';
import { DAY_MS } from '../../src/predict/math/time.ts';
import type { Attack } from './attack.ts';
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
  withDeals,
  type Kit,
} from './edits.ts';

const ago = (kit: Kit, days: number): number => kit.context.asOfMs - days * DAY_MS;
const steps = (kit: Kit, ...stages: string[]): { day: number; stage: string; by: Kit['by'] }[] =>
  stages.map((stage, i) => ({ day: 1 + i / 4, stage, by: kit.by }));
const timesAmount = (deal: DealFacts, factor: number, atMs: number, by: Kit['by']): DealFacts =>
  edited(deal, atMs, by, { amount: (deal.amount ?? 0) * factor });
const callsOn = (deals: DealFacts[], kit: Kit): DealFacts[] =>
  deals.map((deal) => logged(deal, ago(kit, 0.5), kit.by));

/** Only what it marks itself a partner can leave unmarked. */
const ownLoss = (deal: DealFacts): boolean => isLost(deal) && deal.events.at(-1)!.by !== 'vendor';

/** A loss as if it had never been marked. */
const unmarked = (deal: DealFacts): DealFacts => {
  const events = deal.events.filter((e) => e.stage !== 'Closed Lost');
  const stage = events.at(-1)?.stage ?? 'Registered';
  return { ...deal, events, stage, closedMs: null };
};
const splitInto = (deal: DealFacts, count: number, customers: boolean): DealFacts[] =>
  Array.from({ length: count }, (_, i) => ({
    ...deal,
    id: `${deal.id}/${i}`,
    name: `${deal.name} part ${i}`,
    accountId: customers ? `${deal.accountId}-unit${i}` : deal.accountId,
    amount: (deal.amount ?? 0) / count,
    events: deal.events.map((e) => ({ ...e, amount: (e.amount ?? 0) / count })),
  }));
const splitWins = (partner: PartnerFacts, customers: boolean): PartnerFacts =>
  withDeals(
    partner,
    partner.deals.flatMap((deal) => (isLost(deal) ? [deal] : splitInto(deal, 5, customers))),
  );

/** Three deals said to be won; those that were there before, else new ones. */
const wonToday = (partner: PartnerFacts, kit: Kit, atDays: number): PartnerFacts => {
  const open = partner.deals.filter(isOpen).slice(0, 3);
  const fresh = invented(partner, kit, 'claimed', 3 - open.length, { at: 60 });
  const ids = new Set([...open, ...fresh].map((deal) => deal.id));
  return changed(
    added(partner, fresh),
    (deal) => ids.has(deal.id),
    (deal) => movedTo(deal, 'Closed Won', ago(kit, atDays), kit.by),
  );
};
const reopened = (partner: PartnerFacts, kit: Kit): PartnerFacts => {
  const before = new Set(wonToday(partner, kit, 30).deals.flatMap((d) => (isWon(d) ? d.id : [])));
  for (const deal of partner.deals) if (isWon(deal)) before.delete(deal.id);
  return changed(
    wonToday(partner, kit, 30),
    (deal) => before.has(deal.id),
    (deal) => movedTo(deal, 'Negotiation', ago(kit, 20), kit.by),
  );
};
/** The same three, and three more, said to be won once again. */
const secondTry = (partner: PartnerFacts, kit: Kit): PartnerFacts => {
  const once = reopened(partner, kit);
  const again = changed(
    once,
    (deal) => isOpen(deal) && deal.events.some((e) => e.stage === 'Closed Won'),
    (deal) => movedTo(deal, 'Closed Won', ago(kit, 0.25), kit.by),
  );
  return added(
    again,
    invented(partner, kit, 'again', 3, {
      at: 50,
      moves: [{ day: 49.5, stage: 'Closed Won', by: kit.by }],
    }),
  );
};

/** Quotes out of nothing on every open deal. */
const quoted = (partner: PartnerFacts, kit: Kit): PartnerFacts =>
  changed(partner, isOpen, (deal) => ({
    ...deal,
    quotes: [
      ...(deal.quotes ?? []),
      {
        id: `${deal.id}-fake`,
        atMs: ago(kit, 1),
        state: 'ordered',
        amount: deal.amount,
        by: kit.by,
      },
    ],
  }));

/** Old open deals deleted and entered anew, so that they look young. */
const reentered = (partner: PartnerFacts, kit: Kit): PartnerFacts =>
  withDeals(
    partner,
    partner.deals.flatMap((deal) =>
      isOpen(deal)
        ? invented(partner, kit, `anew-${deal.id}`, 1, {
            at: 1,
            stage: deal.stage,
            amount: deal.amount ?? 0,
            accountId: deal.accountId ?? undefined!,
          })
        : [deal],
    ),
  );

const backAndForth = (deal: DealFacts, kit: Kit): DealFacts => {
  const back = deal.stage === 'Registered' ? 'Qualified' : 'Registered';
  const once = movedTo(deal, back, ago(kit, 0.3), kit.by);
  return movedTo(once, deal.stage, ago(kit, 0.2), kit.by);
};

/** A direct deal on which the partner is named today. */
const namedOn = (partner: PartnerFacts, deals: DealFacts[], kit: Kit): PartnerFacts =>
  added(
    partner,
    deals.map((deal) => ({
      ...deal,
      partnerId: partner.id,
      registeredMs: kit.context.asOfMs,
      links: [
        {
          partnerId: partner.id,
          role: null,
          primary: true,
          knownMs: kit.context.asOfMs,
          endedMs: null,
        },
      ],
    })),
  );
const largestDirect = (kit: Kit, which: (d: DealFacts) => boolean, count: number): DealFacts[] =>
  kit.channel.direct
    .filter(which)
    .toSorted((a, b) => (b.events.at(-1)!.atMs ?? 0) - (a.events.at(-1)!.atMs ?? 0))
    .slice(0, count);

export const DEAL_ATTACKS: readonly Attack[] = [
  {
    name: 'junk: ten untouched',
    apply: (p, kit) => added(p, invented(p, kit, 'junk', 10, {})),
  },
  {
    name: 'junk: forty untouched',
    apply: (p, kit) => added(p, invented(p, kit, 'junk', 40, {})),
  },
  {
    name: 'junk: ten with a logged call each',
    apply: (p, kit) => added(p, callsOn(invented(p, kit, 'called', 10, {}), kit)),
  },
  {
    name: 'junk: ten moved one stage',
    apply: (p, kit) => added(p, invented(p, kit, 'moved', 10, { moves: steps(kit, 'Qualified') })),
  },
  {
    name: 'junk: ten moved to Negotiation',
    apply: (p, kit) => {
      const moves = steps(kit, 'Qualified', 'Proposal', 'Negotiation');
      return added(p, invented(p, kit, 'deep', 10, { moves }));
    },
  },
  {
    name: 'junk: twenty entered yesterday in Proposal',
    apply: (p, kit) => added(p, invented(p, kit, 'entered', 20, { at: 1, stage: 'Proposal' })),
  },
  {
    name: 'junk: one of five million in Proposal',
    apply: (p, kit) =>
      added(p, invented(p, kit, 'whale', 1, { at: 6, stage: 'Proposal', amount: 5e6 })),
  },
  {
    name: 'clicks: every open deal on to Negotiation',
    apply: (p, kit) =>
      changed(p, isOpen, (deal) => movedTo(deal, 'Negotiation', ago(kit, 1), kit.by)),
  },
  {
    name: 'clicks: stages back and forth today',
    apply: (p, kit) => changed(p, isOpen, (deal) => backAndForth(deal, kit)),
  },
  {
    name: 'calls: one on every open deal',
    apply: (p, kit) => changed(p, isOpen, (deal) => logged(deal, ago(kit, 1), kit.by)),
  },
  { name: 'quotes: an order on every open deal', apply: quoted },
  {
    name: 'losses: never marked',
    apply: (p, kit) =>
      changed(p, ownLoss, (deal) =>
        edited(unmarked(deal), ago(kit, 1), kit.by, { closeDate: '2026-12-20' }),
      ),
  },
  {
    name: 'losses: never marked, a call each',
    apply: (p, kit) => changed(p, ownLoss, (deal) => logged(unmarked(deal), ago(kit, 1), kit.by)),
  },
  {
    // Nobody on our side marks them either, so each stands as the open deal that we had proven.
    name: 'losses: jointly worked ones never marked, a call each',
    rule: 'visible',
    apply: (p, kit) => changed(p, isLost, (deal) => logged(unmarked(deal), ago(kit, 1), kit.by)),
  },
  {
    name: 'losses: taken back today',
    apply: (p, kit) =>
      changed(p, isLost, (deal) => movedTo(deal, 'Negotiation', ago(kit, 1), kit.by)),
  },
  {
    name: 'losses: never entered',
    rule: 'visible',
    apply: (p) =>
      withDeals(
        p,
        p.deals.filter((deal) => !isLost(deal)),
      ),
  },
  {
    name: 'amounts: open deals times ten',
    apply: (p, kit) => changed(p, isOpen, (deal) => timesAmount(deal, 10, ago(kit, 1), kit.by)),
  },
  {
    name: 'amounts: open deals times three',
    apply: (p, kit) => changed(p, isOpen, (deal) => timesAmount(deal, 3, ago(kit, 1), kit.by)),
  },
  {
    name: 'amounts: won deals times three afterwards',
    apply: (p, kit) => changed(p, isWon, (deal) => timesAmount(deal, 3, ago(kit, 1), kit.by)),
  },
  {
    name: 'credit: named on five direct deals already won',
    apply: (p, kit) => namedOn(p, largestDirect(kit, isWon, 5), kit),
  },
  {
    name: 'credit: named on ten open direct deals',
    apply: (p, kit) => namedOn(p, largestDirect(kit, isOpen, 10), kit),
  },
  {
    name: 'wins: three marked, reopened later',
    rule: 'visible',
    apply: reopened,
    again: secondTry,
  },
  {
    name: 'wins: old ones reopened and won once more',
    apply: (p, kit) =>
      changed(p, isWon, (deal) =>
        movedTo(
          movedTo(deal, 'Negotiation', ago(kit, 2), kit.by),
          'Closed Won',
          ago(kit, 1),
          kit.by,
        ),
      ),
  },
  {
    name: 'split: each deal into five of one customer',
    apply: (p) => splitWins(p, false),
  },
  {
    name: 'split: each deal over five subsidiaries',
    apply: (p) => splitWins(p, true),
  },
  { name: 'dates: open deals entered anew', apply: reentered },
  {
    name: 'dates: registered a day before the win',
    apply: (p) => changed(p, isWon, (deal) => ({ ...deal, registeredMs: deal.closedMs! - DAY_MS })),
  },
  {
    name: 'dates: close dates parked in this quarter',
    apply: (p, kit) =>
      changed(p, isOpen, (deal) => edited(deal, ago(kit, 1), kit.by, { closeDate: '2026-12-20' })),
  },
  {
    name: 'dates: a burst at the end of the quarter',
    apply: (p, kit) =>
      changed(p, isOpen, (deal) =>
        logged(
          edited(deal, ago(kit, 1), kit.by, { stage: 'Negotiation', closeDate: '2026-12-30' }),
          ago(kit, 0.5),
          kit.by,
        ),
      ),
  },
];

/**
 * A seeded pipeline of direct and partner deals with history, activities, quotes and tasks; for
 * tests of the win model only.
 */
import type { DealFacts, StageFacts } from '../../../src/model/facts.ts';
import type { HistoryView } from '../../../src/predict/win/features/history.ts';
import { addWinDeal, finishWinFit, startWinFit } from '../../../src/predict/win/model/fit.ts';
import type { PartnerTraits } from '../../../src/predict/win/model/effects.ts';
import type { WinModel } from '../../../src/predict/win/model/win-model.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { bare, random } from '../../properties/world.ts';

export const NOW = Date.UTC(2026, 5, 1);
const KEYS = ['new', 'talking', 'offer', 'won', 'lost'];
export const VIEW: HistoryView = {
  timeZone: 'UTC',
  stages: new Map<string, StageFacts>(
    KEYS.map((key, order) => [
      key,
      { key, label: key, order, closed: order > 2, won: order === 3, probability: null },
    ]),
  ),
};

export interface PipelineOptions {
  seed: number;
  deals: number;
  /** false = what happens to a deal has nothing to do with anything about it. */
  signal: boolean;
  partners?: number;
  /** Added to the log odds of a win of every other partner's deals, and taken from the rest. */
  effect?: number;
  /** Days before NOW at which the first deal began. */
  days?: number;
}

/** Every deal with its whole future, so that the truth after any moment is known. */
export function pipeline({
  seed,
  deals,
  signal,
  partners = 0,
  effect = 0,
  days = 500,
}: PipelineOptions): DealFacts[] {
  const r = random(seed);
  const wait = (mean: number): number => -mean * Math.log(1 - r()) * DAY_MS;
  return Array.from({ length: deals }, (_, i) => {
    const createdMs = NOW - Math.floor(r() * days * DAY_MS);
    const partner = partnerOf(i, partners);
    const hot = r() < 0.5;
    const odds = logOdds(signal, hot) + liftOf(partner, effect);
    const won = r() < 1 / (1 + Math.exp(-odds));
    const [second, third] = [createdMs + wait(8), createdMs + wait(8) + 10 * DAY_MS];
    const endMs = createdMs + wait(30) + (signal && won ? 12 * DAY_MS : 0);
    const activities: DealFacts['activities'] = [];
    const betweenDays = signal && hot ? 3 : 8;
    for (let at = createdMs + wait(3); at < endMs; at += wait(betweenDays))
      activities.push(touchAt(at, r));
    return bare({
      id: `d${String(i).padStart(5, '0')}`,
      createdMs,
      partnerId: partner === null ? null : `p${partner}`,
      ownerId: `o${i % 7}`,
      product: i % 3 === 0 ? 'big' : 'small',
      stage: won ? 'won' : 'lost',
      amount: Math.round(1000 * Math.exp(3 * r())),
      closedMs: endMs,
      events: eventsOf(createdMs, second, third, [endMs, won ? 'won' : 'lost']),
      activities,
      quotes:
        third < endMs ? [{ id: `q${i}`, atMs: third, state: 'draft', amount: null, by: null }] : [],
      tasks: [
        { id: `t${i}`, createdMs: createdMs + DAY_MS, dueMs: null, doneMs: createdMs + wait(5) },
      ],
    });
  });
}

const partnerOf = (deal: number, partners: number): number | null =>
  partners > 0 ? deal % partners : null;

function logOdds(signal: boolean, hot: boolean): number {
  if (!signal) return -0.5;
  return hot ? 0.6 : -1.6;
}

function liftOf(partner: number | null, effect: number): number {
  if (partner === null) return 0;
  return partner % 2 === 0 ? effect : -effect;
}

const touchAt = (atMs: number, r: () => number): DealFacts['activities'][number] => ({
  atMs,
  kind: r() < 0.5 ? 'call' : 'mail',
  qualifying: true,
  byId: r() < 0.5 ? 'u1' : 'u2',
  minutes: r() * 9,
});

/** Its stages up to its end; an offer follows talks only. */
function eventsOf(
  createdMs: number,
  talksMs: number,
  offerMs: number,
  end: [number, string],
): DealFacts['events'] {
  const moves: [number, string][] = [[createdMs, 'new']];
  if (talksMs < end[0]) moves.push([talksMs, 'talking']);
  if (offerMs < end[0] && offerMs > talksMs) moves.push([offerMs, 'offer']);
  moves.push(end);
  return moves.map(([atMs, stage]) => ({ atMs, stage, amount: 5000, closeDate: null }));
}

/** Small enough that a test takes a second. */
const LIMITS = { deals: 5000, snapshots: 8000 };

export function modelOf(
  deals: readonly DealFacts[],
  { asOfMs = NOW, horizons = [14], view = VIEW, partners = new Map() as PartnerTraits } = {},
): WinModel {
  const fit = startWinFit(asOfMs, horizons, LIMITS);
  for (const deal of deals) addWinDeal(fit, deal, view);
  return finishWinFit(fit, view, partners);
}

/** The same deal as the CRM showed it at a moment: nothing later is there yet. */
export function cutAt(deal: DealFacts, atMs: number): DealFacts {
  const events = deal.events.filter((event) => event.atMs <= atMs);
  const stage = events.at(-1)?.stage ?? 'new';
  const closed = VIEW.stages.get(stage)?.closed === true;
  return {
    ...deal,
    events,
    stage,
    closedMs: closed ? deal.closedMs : null,
    activities: deal.activities.filter((row) => row.atMs <= atMs),
    quotes: (deal.quotes ?? []).filter((row) => row.atMs <= atMs),
    tasks: (deal.tasks ?? [])
      .filter((row) => row.createdMs <= atMs)
      .map((row) => ({
        ...row,
        doneMs: row.doneMs !== null && row.doneMs <= atMs ? row.doneMs : null,
      })),
  };
}

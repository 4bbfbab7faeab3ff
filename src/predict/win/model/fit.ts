import type { DealFacts } from '../../../model/facts.ts';
import { addHash, contentHash, emptyHash } from '../../../model/canonical.ts';
import { attested } from '../../deal/attest.ts';
import { fiscalQuarterAfter, quartersBefore } from '../../math/calendar.ts';
import { DAY_MS } from '../../math/time.ts';
import {
  historyOf,
  openStretches,
  type DealHistory,
  type HistoryView,
} from '../features/history.ts';
import { vocabularyOf } from '../features/vocabulary.ts';
import type { PartnerTraits } from './effects.ts';
import { resolvedDeals } from './origins.ts';
import { buildPanel, countSnapshots, type Panel, type PanelPlan } from './panel.ts';
import type { Interval } from './sample.ts';
import { fitEffects, fitStep, type FittedStep } from './step-fit.ts';
import { tableOf } from './table.ts';
import { stallModel } from '../stall/model.ts';
import { stallRuleOf } from '../stall/signs.ts';
import type { WinModel } from './win-model.ts';

const WIN_MODEL_VERSION = 'win-7';

/** Snapshots looked back on: two years hold eight quarters and forget older selling habits. */
const LOOKBACK_DAYS = 730;
const LOOKBACK_QUARTERS = 9;
/** What is held while fitting. */
export interface FitLimits {
  deals: number;
  snapshots: number;
}
/**
 * Deals take about 3 kB each and snapshots about 600 bytes: what a worker's 128 MB leave. Where
 * there are more, the snapshots of a deal stand further apart, at last a week; then fewer deals are
 * held.
 */
const FIT_LIMITS: FitLimits = { deals: 8000, snapshots: 40_000 };
/**
 * Rows on one deal beyond which a machine works on it: it would fill the memory and teach nothing
 * about people.
 */
const MAX_DEAL_ROWS = 500;
const MAX_EVERY_DAYS = 7;
/**
 * Where not all snapshots may be held, one in so many of a deal long silent is. No divisor of the
 * steps in which a sample is thinned, which would then hold all of these or none.
 */
const EVERY_SILENT = 5;
/** The newest snapshots: those of today have no outcome yet. */
const NEWEST_DAYS = 1;
/** Horizons nearer to each other than this are one. */
const MIN_STEP_DAYS = 7;

/** Running state; deals may be added in any order and page. Plain JSON beside the view. */
export interface WinFit {
  asOfMs: number;
  /** Ends of the steps, days ahead, ascending. */
  horizonDays: number[];
  limits: FitLimits;
  /** Share of all deals that is taken, by the hash of their ids. */
  share: number;
  seen: number;
  /**
   * Those with the lowest hash of their id where there are too many, so that the same are held in
   * any order.
   */
  held: { hash: number; history: DealHistory }[];
}

const HASHES = 2 ** 32;
const SPARE = 1.2;

/** FNV-1a, 32 bits: spreads ids evenly and is the same everywhere. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++)
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/**
 * `expectedDeals`: how many will be added, where that is known; of more than can be held only a
 * share is then taken.
 * `horizonDays`: the horizons that will be asked for most, in days; others lie between them.
 */
export function startWinFit(
  asOfMs: number,
  horizonDays: readonly number[],
  limits: FitLimits = FIT_LIMITS,
  expectedDeals = 0,
): WinFit {
  const ends: number[] = [];
  for (const days of [...horizonDays].sort((a, b) => a - b)) {
    if (days >= MIN_STEP_DAYS + (ends.at(-1) ?? 0)) ends.push(days);
  }
  if (ends.length === 0) ends.push(MIN_STEP_DAYS);
  // A few more than fit, so that the number is reached although hashes are uneven; by halves, so
  // that a few deals more or less leave it as it is.
  let share = 1;
  while ((share / 2) * expectedDeals > SPARE * limits.deals) share /= 2;
  return { asOfMs, horizonDays: ends, limits, share, seen: 0, held: [] };
}

const rowsOf = (history: DealHistory): number =>
  history.activities.length + history.quotes.length + history.tasks.length + history.moves.length;

/**
 * Adds a deal as it was known and believed at the moment of the fit; one that says nothing for it
 * changes nothing.
 */
export function addWinDeal(fit: WinFit, deal: DealFacts, view: HistoryView): void {
  const { facts } = attested(deal, fit.asOfMs, view);
  // A history that begins later is no missing history.
  if (deal.events.length > 0 && facts.events.length === 0) return;
  const history = historyOf(facts, fit.asOfMs, view);
  if (history === null || rowsOf(history) > MAX_DEAL_ROWS) return;
  const oldestMs = fit.asOfMs - LOOKBACK_DAYS * DAY_MS;
  if (!openStretches(history).some(([, to]) => to > oldestMs)) return;
  fit.seen++;
  const hash = hashOf(history.id);
  if (hash >= fit.share * HASHES) return;
  fit.held.push({ hash, history });
  if (fit.held.length >= 2 * fit.limits.deals) keepLowest(fit, fit.limits.deals);
}

function keepLowest(fit: WinFit, deals: number): void {
  fit.held.sort((a, b) => a.hash - b.hash || (a.history.id < b.history.id ? -1 : 1));
  fit.held.length = Math.min(fit.held.length, deals);
}

/**
 * Key of everything that the model of these deals follows from: with the same one it has the same
 * bytes. Keeps no more deals than the model may hold.
 */
export function winKey(fit: WinFit, view: HistoryView): string {
  keepLowest(fit, fit.limits.deals);
  const sum = emptyHash();
  for (const { history } of fit.held) addHash(sum, JSON.stringify(history));
  const stages = [...view.stages.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const { held: _, ...rest } = fit;
  const read = [view.timeZone, stages, stallRuleOf(view)];
  return contentHash(JSON.stringify([WIN_MODEL_VERSION, rest, ...read, sum]));
}

/**
 * How far apart the snapshots stand, and the deals that fit into what may be held, in order of id.
 */
function planPanel(fit: WinFit): { plan: PanelPlan; histories: DealHistory[] } {
  const { asOfMs, limits } = fit;
  keepLowest(fit, limits.deals);
  const all = fit.held.map(({ history }) => history);
  const whole = { asOfMs, fromDays: NEWEST_DAYS, toDays: LOOKBACK_DAYS, everyDays: 1 };
  const fits = countSnapshots(all, { ...whole, everySilent: 1 }) <= limits.snapshots;
  const daily = { ...whole, everySilent: fits ? 1 : EVERY_SILENT };
  const snapshots = countSnapshots(all, daily);
  const everyDays = Math.min(MAX_EVERY_DAYS, Math.max(1, Math.ceil(snapshots / limits.snapshots)));
  const share = Math.min(1, (limits.snapshots * everyDays) / Math.max(1, snapshots));
  const histories = all.slice(0, Math.floor(all.length * share));
  histories.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { plan: { ...daily, everyDays }, histories };
}

const intervalsOf = (ends: readonly number[]): Interval[] =>
  ends.map((toDays, i) => ({ fromDays: ends[i - 1] ?? 0, toDays }));

/** Ends of the quarters that snapshots lie in, and of the one after. */
function quarterEnds({ period, timeZone }: HistoryView): number[] {
  if (period === undefined) return [];
  const past = quartersBefore(period, LOOKBACK_QUARTERS, timeZone).map(({ endMs }) => endMs);
  return [...past.reverse(), period.endMs, fiscalQuarterAfter(period, timeZone).endMs];
}

/** The snapshots of what was added, and the deals they are of by index. */
export function panelOf(
  fit: WinFit,
  view: HistoryView,
): { panel: Panel; histories: readonly DealHistory[] } {
  const { plan, histories } = planPanel(fit);
  const knownMs = fit.asOfMs - fit.horizonDays[0]! * DAY_MS;
  const vocabulary = vocabularyOf(histories, view.stages, knownMs, quarterEnds(view));
  return { panel: buildPanel(histories, vocabulary, plan), histories };
}

/** The model of what was added. The same deals in any order give the same bytes. */
export function finishWinFit(
  fit: WinFit,
  view: HistoryView,
  partners: PartnerTraits = new Map(),
): WinModel {
  const { panel, histories } = panelOf(fit, view);
  const intervals = intervalsOf(fit.horizonDays);
  const fitted = intervals.map((interval): FittedStep => fitStep(panel, interval, NEWEST_DAYS));
  return {
    version: WIN_MODEL_VERSION,
    asOfMs: fit.asOfMs,
    timeZone: view.timeZone,
    stages: [...view.stages.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    vocabulary: panel.vocabulary,
    table: tableOf(panel, 0),
    steps: fitted.map(({ step }) => step),
    effects: fitEffects(fitted[0]!, histories, partners),
    deals: { seen: fit.seen, held: histories.length, resolved: resolvedDeals(panel, 0) },
    stall: stallModel(panel, histories, fit.asOfMs, view),
    everyDays: panel.everyDays,
  };
}

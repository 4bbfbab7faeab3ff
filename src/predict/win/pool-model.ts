import type { Exits } from '../deal/exits.ts';
import type { WinModel } from './model/win-model.ts';
import type { WinCurve } from './win-curve.ts';
import type { PaceModel } from './pace-fit.ts';
import type { Level } from '../math/past-level.ts';
import type { SellingQuarter } from '../math/selling-days.ts';

export interface StageModel {
  curve: WinCurve;
  /** One per days-in-stage bucket. */
  ages: WinCurve[];
  /** Of deals so long silent that nobody works on them. */
  forgotten: WinCurve;
  /** Kaplan-Meier quantiles of stays in this stage, days; null = not reached. */
  medianDays: number | null;
  slowDays: number | null;
  overdueDays: number | null;
  /** Days by which each twentieth of the stays had ended; null = not reached. */
  stays: (number | null)[];
}

/** How deals of one type of partner convert beside those of all. */
export interface TypeEffect {
  /** Partners of the type with a deal that had its time. */
  partners: number;
  /** Shift of the log odds against the pool. */
  effect: number;
}

/** Gamma prior of a partner's wins per day: mean = shape / days. */
interface ArrivalPrior {
  shape: number;
  days: number;
}

/**
 * What the whole organisation teaches about one deal or partner, as of a moment. Plain JSON.
 * Every part is a function of counts or of exactly rounded sums, so the same deals in any
 * order give the same bytes.
 */
export interface PoolModel {
  modelVersion: string;
  asOfMs: number;
  horizonDays: number;
  /** Deals known, and partners with at least one. */
  deals: number;
  partners: number;
  /** Creation of the first deal on record; the moment itself when there is none. */
  sinceMs: number;
  pool: WinCurve;
  /** What more than stage and age says of a deal; null = not fitted. */
  win: WinModel | null;
  /** Of those, whatever their stage. */
  forgotten: WinCurve;
  stages: Record<string, StageModel>;
  /**
   * From creation, by weeks: deals of partners (of all when there are none). `rate` is the win
   * chance within the horizon. `ended` = the share that was won or lost by then.
   */
  cohort: { win: number[]; ended: number[]; rate: number; deals: number };
  /** Beta prior of a partner's rate is worth this many deals. */
  priorDeals: number;
  /** By type, those that enough partners are of. */
  types: Record<string, TypeEffect>;
  arrivals: ArrivalPrior;
  /**
   * Of won deals. `bins` are sizes of equal mass relative to the mean; mean
   * in the reporting currency.
   */
  amounts: {
    mean: number;
    bins: number[];
    sdLog: number;
    count: number;
    multiplier: number;
    /** Only one win in a hundred was larger; null = nothing has been won. */
    largest: number | null;
  };
  /**
   * Share of the wins of the coming d weeks that belongs to deals not created yet, and to deals not
   * created or not verified yet.
   */
  freshShare: number[];
  unverifiedShare: number[];
  /** The same for deals that the vendor's side has not proven yet; and the share of wins it had. */
  unprovenShare: number[];
  provenShare: number;
  /**
   * Nine in ten spells without a sign are shorter in deals that were won, days; null = too few are
   * known.
   */
  quietDays: number | null;
  /** The current quarter, and how wins fall on the days of one. */
  quarter: SellingQuarter;
  /** Deals without a partner: wins looked back on, their value, and the days they took. */
  direct: { wins: number; value: number; days: number };
  /** Closed deals by the stages that they were in, and those lost from there. */
  exits: Exits;
  /** How often partners bring deals that move. */
  pace: PaceModel;
  /** What past forecasts teach about this one. */
  level: Level;
  /** Won amount of all deals in past quarters, latest first. */
  pastQuarters: { startMs: number; endMs: number; won: number }[];
}

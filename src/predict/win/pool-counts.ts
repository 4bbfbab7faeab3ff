import type { Standings } from './carried.ts';
import type { MeasureContext, Period } from '../../model/facts.ts';
import type { ExactSum } from '../math/exact-sum.ts';
import type { Exits } from '../deal/exits.ts';
import type { PaceFit } from './pace-fit.ts';
import type { Followed } from '../math/survival.ts';
import type { Ends } from './snapshots.ts';
import type { Fate, Sale } from './worth.ts';

/** Daily snapshots in one cell, and how many different deals they came from. */
export interface Cell {
  followed: Followed;
  deals: number;
}
export interface StageCells {
  all: Cell;
  ages: Cell[];
  /** Those of deals long silent, which are in no other cell of the stage. */
  forgotten: Cell;
  staysEnded: number[];
  staysRunning: number[];
}

export interface PartnerCounts {
  /** Sales older than the horizon, and whether they were won within it. */
  matured: { won: boolean; sale: Sale }[];
  /** Amounts won lately. */
  won: ExactSum;
  firstMs: number;
}

/** Running counts; deals may be added in any order and page. */
export interface PoolFit {
  context: MeasureContext;
  quarters: Period[];
  deals: number;
  pool: Cell;
  /** Snapshots of deals long silent. */
  forgotten: Cell;
  stages: Map<string, StageCells>;
  cohorts: { partner: Fate[]; direct: Fate[] };
  partners: Map<string, PartnerCounts>;
  /** What became of deals, by partner; those without one stand under no name. */
  ends: Map<string, Ends>;
  /** Parts of one are one. */
  sales: Map<string, Sale>;
  allAmounts: { sum: ExactSum; count: number };
  /** Of won deals: amount on the record while open, and realised. */
  drift: { open: ExactSum; realised: ExactSum; wins: number };
  /** Of won deals, by whole days before the win: created. */
  cycleDays: number[];
  /** How won deals stood while they were open: those verified by then, those proven by then. */
  verified: Standings;
  proven: Standings;
  provenWins: number;
  /** Days without a sign, of deals that were won, by length. */
  quietDays: number[];
  periodWins: number[];
  quarterWon: ExactSum[];
  pace: PaceFit;
  direct: { wins: number; value: ExactSum; firstMs: number };
  /** Closed deals by the stages that they were in. */
  exits: Exits;
}

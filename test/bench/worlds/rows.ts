/** What one world showed, as plain rows that a worker can send. */
export interface ScoreRow {
  partner: string;
  /** Share of the plan that had passed; null = no plan, an event that rolls. */
  elapsed: number | null;
  said: number;
  happened: number;
  oracle: number;
}

export interface ForecastRow {
  quarter: string;
  day: number;
  p10: number;
  p50: number;
  p90: number;
  mean: number;
  actual: number;
  /** Of what was still to come: from open deals and from new ones, said and happened. */
  open: [said: number, happened: number];
  fresh: [said: number, happened: number];
}

/** Where a partner's quarter fell in what was said of it: between these two shares of the mass. */
export interface PartnerRow {
  quarter: string;
  low: number;
  high: number;
}

/** Sums over open deals: how often the win was said and happened. */
export interface DealSum {
  key: string;
  n: number;
  said: number;
  happened: number;
}

export interface WorldRows {
  seed: number;
  scores: ScoreRow[];
  forecasts: ForecastRow[];
  partners: PartnerRow[];
  deals: Record<'byHealth' | 'bySilence' | 'byDay', DealSum[]>;
  /** Stalls within 14 days by what was said; wins by the days that were named. */
  moving: Record<'stalls' | 'closes', DealSum[]>;
  /**
   * Changes of a score in points from one day to the next: on quiet days, and over a quarter's
   * turn.
   */
  quiet: number[];
  boundary: number[];
}

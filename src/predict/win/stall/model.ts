import type { DealHistory, HistoryView } from '../features/history.ts';
import { logLoss } from '../model/candidates.ts';
import { simplestWithinError, standingsOf, type Standing } from '../model/contest.ts';
import type { Panel } from '../model/panel.ts';
import type { Sample } from '../model/sample.ts';
import {
  fitStall,
  STALL_CANDIDATES,
  stallOdds,
  type StallCandidate,
  type StallFit,
} from './candidates.ts';
import { leadsOf, warningOf, type StallLead } from './leads.ts';
import { stallRows, stallSample, type StallRows } from './rows.ts';
import { STALL_HORIZON_DAYS, stallRuleOf, type StallRule } from './signs.ts';

/** What an organisation's past says about deals that come to a standstill. Plain JSON. */
export interface StallModel {
  rule: StallRule;
  horizonDays: number;
  chosen: StallCandidate;
  fit: StallFit;
  /** How the candidates did at past moments: each fitted on what was known then. */
  standings: Standing[];
  /** Snapshots judged, and the deals behind them. */
  judged: number;
  deals: number;
  /** Warnings by how sure they were: what came of them, and how early they came. */
  leads: StallLead[];
  /**
   * From this chance on a deal is warned of: the surest warning that usually comes a week ahead.
   */
  warnAt: number;
  /** Median days from the warning to the stall; null = too few stalls were foretold to tell. */
  leadDays: number | null;
}

/** Past moments at which the candidates are judged, days back; two weeks of snapshots each. */
const CUTS = [28, 56, 84];
/** Snapshots that a fit holds: what more would add is below what is shown. */
const FIT_ROWS = 6000;
/** Stalls and deals that went on, below which nothing more than silence can be learned. */
const MIN_OF_EACH = 100;
/** Snapshots that tell one candidate from another. */
const MIN_JUDGED = 60;

const thinned = (rows: StallRows, fromDays: number): Sample => {
  const all = stallSample(rows, fromDays, Infinity);
  const every = Math.ceil(all.rows.length / FIT_ROWS);
  return every > 1 ? stallSample(rows, fromDays, Infinity, every) : all;
};

const hasEnough = ({ y }: Sample): boolean => {
  const stalls = y.reduce((sum, one) => sum + one, 0);
  return stalls >= MIN_OF_EACH && y.length - stalls >= MIN_OF_EACH;
};

/** The simplest candidate within one standard error of the best, over past moments. */
function choose(rows: StallRows, fitAt: (cut: number) => StallFit): StallContest {
  const losses = STALL_CANDIDATES.map((name) => ({ name: name as string, loss: [] as number[] }));
  const deals: number[] = [];
  for (const cut of CUTS) {
    const test = stallSample(rows, Math.max(STALL_HORIZON_DAYS, cut - STALL_HORIZON_DAYS), cut);
    const fit = fitAt(cut);
    for (const { name, loss } of losses)
      stallOdds(fit, name as StallCandidate, test).forEach(
        (odds, i) => void loss.push(logLoss(odds, test.y[i]!)),
      );
    for (const row of test.rows) deals.push(test.panel.deal[row]!);
  }
  if (deals.length < MIN_JUDGED) return { chosen: 'silence', standings: [], judged: 0, deals: 0 };
  const standings = standingsOf(losses, deals);
  const chosen = simplestWithinError(standings).name as StallCandidate;
  return { chosen, standings, judged: deals.length, deals: new Set(deals).size };
}
type StallContest = Pick<StallModel, 'chosen' | 'standings' | 'judged' | 'deals'>;

/** The model of the deals of a panel; null = the view names no rule. */
export function stallModel(
  panel: Panel,
  histories: readonly DealHistory[],
  asOfMs: number,
  view: HistoryView,
): StallModel | null {
  const rule = stallRuleOf(view);
  if (rule === null) return null;
  const rows = stallRows(panel, histories, asOfMs, view, rule);
  const made = new Map<number, StallFit>();
  const fitAt = (cut: number): StallFit => {
    let found = made.get(cut);
    if (!found) {
      const sample = thinned(rows, cut + STALL_HORIZON_DAYS);
      made.set(cut, (found = fitStall(sample, rule, hasEnough(sample))));
    }
    return found;
  };
  const contest = choose(rows, fitAt);
  const now = thinned(rows, STALL_HORIZON_DAYS);
  const leads = leadsOf(
    rows,
    (sample) => stallOdds(fitAt(CUTS.at(-1)!), contest.chosen, sample),
    CUTS.at(-1)!,
  );
  return {
    rule,
    horizonDays: STALL_HORIZON_DAYS,
    ...contest,
    fit: fitStall(now, rule, hasEnough(now)),
    leads,
    ...warningOf(leads),
  };
}

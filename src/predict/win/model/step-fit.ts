import type { DealHistory } from '../features/history.ts';
import { baseOdds, tableOdds, type CandidateName } from './candidates.ts';
import { chooseEffects, type FitOdds } from './choose-effects.ts';
import { holdContest, noContest } from './contest.ts';
import type { FactorEffects, PartnerTraits } from './effects.ts';
import { lineOdds } from './line.ts';
import { newLines, type LineName, type Lines } from './lines.ts';
import { MIN_RESOLVED_DEALS, originsOf, resolvedDeals, type Origin } from './origins.ts';
import type { Panel } from './panel.ts';
import { tableOf } from './table.ts';
import { sampleOf, type Interval, type Sample } from './sample.ts';
import type { WinStep } from './win-model.ts';

const namesOf = (chosen: CandidateName): LineName[] => {
  if (chosen === 'lean' || chosen === 'rich') return [chosen];
  return chosen === 'mean' ? ['lean', 'rich'] : [];
};

/** A chosen candidate as it would have been fitted at a cut. */
const fitterOf =
  (chosen: CandidateName, interval: Interval, lines: Lines): FitOdds =>
  (train, cutDays) => {
    if (chosen === 'base') {
      const odds = baseOdds(train);
      return (sample) => new Float64Array(sample.rows.length).fill(odds);
    }
    if (chosen === 'stageAge') {
      const table = tableOf(train.panel, cutDays);
      return (sample) => tableOdds(table, sample, interval);
    }
    const fitted = namesOf(chosen).map((name) => lines(name, train));
    // Average log odds of the lines.
    return (sample) =>
      fitted
        .map((line) => lineOdds(line, sample))
        .reduce((sum, odds) => sum.map((value, i) => value + odds[i]!))
        .map((sum) => sum / fitted.length);
  };

export interface FittedStep {
  step: WinStep;
  sample: Sample;
  origins: Origin[];
  lines: Lines;
}

const ALL: CandidateName[] = ['base', 'stageAge', 'lean', 'rich', 'mean'];

/**
 * One stretch of days: its contest on past origins, then the winner fitted on all that is known.
 */
export function fitStep(panel: Panel, interval: Interval, newestDays: number): FittedStep {
  const lines = newLines();
  const sample = sampleOf(panel, interval, 0);
  const resolved = resolvedDeals(panel, 0);
  const origins = resolved < MIN_RESOLVED_DEALS ? [] : originsOf(panel, interval, newestDays);
  const why =
    resolved < MIN_RESOLVED_DEALS
      ? `${resolved} of the ${MIN_RESOLVED_DEALS} resolved deals that more than stage and age need.`
      : 'No past origin whose outcomes are known and before which enough was known.';
  const contest =
    origins.length > 0 ? holdContest(origins, interval, ALL, lines) : noContest(interval, why);
  const { chosen } = contest;
  const step = {
    ...interval,
    chosen,
    baseOdds: baseOdds(sample),
    lines: namesOf(chosen).map((name) => lines(name, sample)),
    contest,
  };
  return { step, sample, origins, lines };
}

/** Effects of the groups that deals belong to, beside what the step says of them. */
export const fitEffects = (
  { step, sample, origins, lines }: FittedStep,
  histories: readonly DealHistory[],
  partners: PartnerTraits,
): FactorEffects[] =>
  origins.length === 0
    ? []
    : chooseEffects(histories, partners, sample, origins, fitterOf(step.chosen, step, lines));

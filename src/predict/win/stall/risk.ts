import { expit } from '../../math/numeric.ts';
import { DAY_MS } from '../../math/time.ts';
import { featureNames, featuresAt } from '../features/features.ts';
import type { DealHistory } from '../features/history.ts';
import { lineParts } from '../model/line.ts';
import { viewOf, type WinModel } from '../model/win-model.ts';
import { cellOf } from './candidates.ts';
import type { StallModel } from './model.ts';
import { borrowedFrom, MIN_AGE_DAYS, quietness } from './rows.ts';
import { isStalled, signsOf, type Signs } from './signs.ts';

/** Whether a deal is stalled, and the chance that it will be; null = it is, or it is too young. */
export interface StallState {
  stalled: boolean;
  risk: number | null;
}

function chanceOf(
  { chosen, fit }: StallModel,
  win: WinModel,
  history: DealHistory,
  of: Signs,
  atMs: number,
): number {
  const own = quietness(of, atMs);
  if (chosen === 'base') return expit(fit.baseOdds);
  if (chosen === 'silence' || fit.line === null) return cellOf(fit.silence, own[0]).chance;
  const features = featuresAt(history, atMs, win.vocabulary);
  const names = featureNames(win.vocabulary);
  const numbers = borrowedFrom(names.numbers).map((place) => features.numbers[place]!);
  const stage = features.words[names.words.indexOf('stage')]!;
  const parts = lineParts(fit.line, { numbers: [...own, ...numbers], words: [stage] });
  return expit(parts.reduce((sum, part) => sum + part, fit.line.intercept));
}

/** What the model says of an open deal at its own moment; null = there is no stall model. */
export function stallState(win: WinModel, history: DealHistory): StallState | null {
  const { stall, asOfMs, vocabulary } = win;
  if (!stall) return null;
  const of = signsOf(history, viewOf(win).stages, vocabulary.quarterEndsMs, stall.rule);
  const stalled = isStalled(of, asOfMs, stall.rule);
  const young = asOfMs - history.createdMs < MIN_AGE_DAYS * DAY_MS;
  return { stalled, risk: stalled || young ? null : chanceOf(stall, win, history, of, asOfMs) };
}

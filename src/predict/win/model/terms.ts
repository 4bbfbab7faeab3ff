import { log1p } from '../../../model/real-math.ts';
import { clamp, inner, logit } from '../../math/numeric.ts';
import { curveAt } from '../../math/survival.ts';
import { featureNames, type Features } from '../features/features.ts';
import { lineParts } from './line.ts';
import type { Interval } from './sample.ts';
import type { Part, Term } from './share-out.ts';
import {
  curveOf,
  stageCurve,
  winWithin,
  type TablePlace,
  type WinTable,
  type Within,
} from './table.ts';
import type { WinModel, WinStep } from './win-model.ts';

/** A deal as the model sees it. */
export interface Subject extends TablePlace {
  features: Features;
  /** Selling days in so many days ahead. */
  ahead: (days: number) => number;
  /** What its steps' lines say of it, which is the same however far ahead is asked. */
  lines: Map<WinStep, Omit<Term, 'share'>>;
}

/** Cumulated hazard by so many days ahead. */
const hazardBy = (within: Within, days: number): number =>
  -log1p(-Math.min(within(days / 7), 1 - 1e-9));

/**
 * Share of a step's hazard that falls in its first days: as with deals in the same stage for about
 * as long, since wins of late stages come sooner than those of early ones, and by selling days,
 * since more come at a quarter's end.
 */
function shareOf(
  within: Within,
  { fromDays, toDays }: Interval,
  days: number,
  ahead: Subject['ahead'],
): number {
  if (days >= toDays) return 1;
  const before = hazardBy(within, ahead(fromDays));
  const whole = hazardBy(within, ahead(toDays)) - before;
  if (!(whole > 0)) return (days - fromDays) / (toDays - fromDays);
  return clamp((hazardBy(within, ahead(days)) - before) / whole, 0, 1);
}

/** A stretch by stage and days in stage alone. */
function tableTerm(table: WinTable, subject: Subject, { fromDays, toDays }: Interval): Term {
  const interval = { fromDays: subject.ahead(fromDays), toDays: subject.ahead(toDays) };
  const found = table.stages.find((one) => one.stage === subject.stage);
  const oddsOf = (within: Within): number => logit(inner(winWithin(within, interval)));
  const base = oddsOf((weeks) => curveAt(table.all.win, weeks));
  if (!found) return { base, parts: [], share: 1 };
  const stage = oddsOf(stageCurve(table, subject.stage));
  const heardOf = { ...subject, silentDays: 0 };
  const age = oddsOf(curveOf(table, heardOf));
  const all = oddsOf(curveOf(table, subject));
  return {
    base,
    parts: [
      { name: 'stage', value: stage - base },
      { name: 'stageDays', value: age - stage },
      { name: 'silentDays', value: all - age },
    ],
    share: 1,
  };
}

function lineTerm(model: WinModel, step: WinStep, subject: Subject): Omit<Term, 'share'> {
  let found = subject.lines.get(step);
  if (found === undefined) subject.lines.set(step, (found = newLineTerm(model, step, subject)));
  return found;
}

function newLineTerm(model: WinModel, step: WinStep, { features }: Subject): Omit<Term, 'share'> {
  const names = featureNames(model.vocabulary);
  const labels = [...names.numbers, ...names.words];
  const n = step.lines.length;
  const values = labels.map(() => 0);
  let base = 0;
  for (const line of step.lines) {
    base += line.intercept / n;
    lineParts(line, features).forEach((value, i) => void (values[i]! += value / n));
  }
  const parts = labels.map((name, i): Part => ({ name, value: values[i]! }));
  return { base, parts: parts.filter(({ value }) => value !== 0) };
}

function stepTerm(model: WinModel, step: WinStep, subject: Subject, days: number): Term {
  if (step.chosen === 'stageAge') {
    const interval = { fromDays: step.fromDays, toDays: Math.min(days, step.toDays) };
    return tableTerm(model.table, subject, interval);
  }
  const like = curveOf(model.table, subject);
  const share = shareOf(like, step, days, subject.ahead);
  if (step.chosen === 'base') return { base: step.baseOdds, parts: [], share };
  return { ...lineTerm(model, step, subject), share };
}

/**
 * The stretches from now to so many days ahead: the model's steps, and the table for what lies
 * beyond them.
 */
export function termsOf(model: WinModel, subject: Subject, days: number): Term[] {
  const terms = model.steps
    .filter((step) => step.fromDays < days)
    .map((step) => stepTerm(model, step, subject, days));
  const reached = model.steps.at(-1)?.toDays ?? 0;
  if (days > reached) {
    // Where nothing beat the base rate, stage and age are no knowledge either.
    const blind = model.steps.length > 0 && model.steps.every(({ chosen }) => chosen === 'base');
    const beyond = { fromDays: reached, toDays: days };
    const term = tableTerm(model.table, subject, beyond);
    terms.push(blind ? { ...term, parts: [] } : term);
  }
  return terms;
}

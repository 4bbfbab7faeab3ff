import { actions as deActions } from './de/actions.ts';
import { alert as deAlert } from './de/alert.ts';
import { attention as deAttention } from './de/attention.ts';
import { classes as deClasses } from './de/classes.ts';
import { frame as deFrame } from './de/frame.ts';
import { plan as dePlan } from './de/plan.ts';
import { reasons as deReasons } from './de/reasons.ts';
import { route as deRoute } from './de/route.ts';
import { summary as deSummary } from './de/summary.ts';
import { targets as deTargets } from './de/targets.ts';
import { tier as deTier } from './de/tier.ts';
import { why as deWhy } from './de/why.ts';
import { actions as enActions } from './en/actions.ts';
import { alert as enAlert } from './en/alert.ts';
import { attention as enAttention } from './en/attention.ts';
import { classes as enClasses } from './en/classes.ts';
import { frame as enFrame } from './en/frame.ts';
import { plan as enPlan } from './en/plan.ts';
import { reasons as enReasons } from './en/reasons.ts';
import { route as enRoute } from './en/route.ts';
import { summary as enSummary } from './en/summary.ts';
import { targets as enTargets } from './en/targets.ts';
import { tier as enTier } from './en/tier.ts';
import { why as enWhy } from './en/why.ts';
import { actions as esActions } from './es/actions.ts';
import { alert as esAlert } from './es/alert.ts';
import { attention as esAttention } from './es/attention.ts';
import { classes as esClasses } from './es/classes.ts';
import { frame as esFrame } from './es/frame.ts';
import { plan as esPlan } from './es/plan.ts';
import { reasons as esReasons } from './es/reasons.ts';
import { route as esRoute } from './es/route.ts';
import { summary as esSummary } from './es/summary.ts';
import { targets as esTargets } from './es/targets.ts';
import { tier as esTier } from './es/tier.ts';
import { why as esWhy } from './es/why.ts';
import { actions as frActions } from './fr/actions.ts';
import { alert as frAlert } from './fr/alert.ts';
import { attention as frAttention } from './fr/attention.ts';
import { classes as frClasses } from './fr/classes.ts';
import { frame as frFrame } from './fr/frame.ts';
import { plan as frPlan } from './fr/plan.ts';
import { reasons as frReasons } from './fr/reasons.ts';
import { route as frRoute } from './fr/route.ts';
import { summary as frSummary } from './fr/summary.ts';
import { targets as frTargets } from './fr/targets.ts';
import { tier as frTier } from './fr/tier.ts';
import { why as frWhy } from './fr/why.ts';
import type { Language } from './languages.ts';
import type { Texts } from './template.ts';

export const ENGLISH = {
  ...enFrame,
  ...enReasons,
  ...enActions,
  ...enAlert,
  ...enAttention,
  ...enClasses,
  ...enPlan,
  ...enRoute,
  ...enSummary,
  ...enTargets,
  ...enTier,
  ...enWhy,
};
export type English = typeof ENGLISH;
export type TextId = keyof English;

/**
 * What the engine says of a partner or a deal, in every language: on every host, so a script that
 * must be small holds this alone (`printed.ts` has the rest).
 */
export const CATALOGUE: Readonly<Record<Language, Texts<English>>> = {
  en: ENGLISH,
  de: {
    ...deFrame,
    ...deReasons,
    ...deActions,
    ...deAlert,
    ...deAttention,
    ...deClasses,
    ...dePlan,
    ...deRoute,
    ...deSummary,
    ...deTargets,
    ...deTier,
    ...deWhy,
  },
  fr: {
    ...frFrame,
    ...frReasons,
    ...frActions,
    ...frAlert,
    ...frAttention,
    ...frClasses,
    ...frPlan,
    ...frRoute,
    ...frSummary,
    ...frTargets,
    ...frTier,
    ...frWhy,
  },
  es: {
    ...esFrame,
    ...esReasons,
    ...esActions,
    ...esAlert,
    ...esAttention,
    ...esClasses,
    ...esPlan,
    ...esRoute,
    ...esSummary,
    ...esTargets,
    ...esTier,
    ...esWhy,
  },
};

export const TEXT_IDS = Object.keys(ENGLISH) as TextId[];

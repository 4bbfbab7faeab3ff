import { actions as deActions } from './de/actions.ts';
import { alert as deAlert } from './de/alert.ts';
import { allocation as deAllocation } from './de/allocation.ts';
import { attention as deAttention } from './de/attention.ts';
import { card as deCard } from './de/card.ts';
import { classes as deClasses } from './de/classes.ts';
import { frame as deFrame } from './de/frame.ts';
import { funds as deFunds } from './de/funds.ts';
import { packaged as dePackaged } from './de/packaged.ts';
import { plan as dePlan } from './de/plan.ts';
import { profile as deProfile } from './de/profile.ts';
import { reasons as deReasons } from './de/reasons.ts';
import { review as deReview } from './de/review.ts';
import { returns as deReturns } from './de/returns.ts';
import { tier as deTier } from './de/tier.ts';
import { traits as deTraits } from './de/traits.ts';
import { why as deWhy } from './de/why.ts';
import { worth as deWorth } from './de/worth.ts';
import { actions as enActions } from './en/actions.ts';
import { alert as enAlert } from './en/alert.ts';
import { allocation as enAllocation } from './en/allocation.ts';
import { attention as enAttention } from './en/attention.ts';
import { card as enCard } from './en/card.ts';
import { classes as enClasses } from './en/classes.ts';
import { frame as enFrame } from './en/frame.ts';
import { funds as enFunds } from './en/funds.ts';
import { packaged as enPackaged } from './en/packaged.ts';
import { plan as enPlan } from './en/plan.ts';
import { profile as enProfile } from './en/profile.ts';
import { reasons as enReasons } from './en/reasons.ts';
import { review as enReview } from './en/review.ts';
import { returns as enReturns } from './en/returns.ts';
import { tier as enTier } from './en/tier.ts';
import { traits as enTraits } from './en/traits.ts';
import { why as enWhy } from './en/why.ts';
import { worth as enWorth } from './en/worth.ts';
import { actions as esActions } from './es/actions.ts';
import { alert as esAlert } from './es/alert.ts';
import { allocation as esAllocation } from './es/allocation.ts';
import { attention as esAttention } from './es/attention.ts';
import { card as esCard } from './es/card.ts';
import { classes as esClasses } from './es/classes.ts';
import { frame as esFrame } from './es/frame.ts';
import { funds as esFunds } from './es/funds.ts';
import { packaged as esPackaged } from './es/packaged.ts';
import { plan as esPlan } from './es/plan.ts';
import { profile as esProfile } from './es/profile.ts';
import { reasons as esReasons } from './es/reasons.ts';
import { review as esReview } from './es/review.ts';
import { returns as esReturns } from './es/returns.ts';
import { tier as esTier } from './es/tier.ts';
import { traits as esTraits } from './es/traits.ts';
import { why as esWhy } from './es/why.ts';
import { worth as esWorth } from './es/worth.ts';
import { actions as frActions } from './fr/actions.ts';
import { alert as frAlert } from './fr/alert.ts';
import { allocation as frAllocation } from './fr/allocation.ts';
import { attention as frAttention } from './fr/attention.ts';
import { card as frCard } from './fr/card.ts';
import { classes as frClasses } from './fr/classes.ts';
import { frame as frFrame } from './fr/frame.ts';
import { funds as frFunds } from './fr/funds.ts';
import { packaged as frPackaged } from './fr/packaged.ts';
import { plan as frPlan } from './fr/plan.ts';
import { profile as frProfile } from './fr/profile.ts';
import { reasons as frReasons } from './fr/reasons.ts';
import { review as frReview } from './fr/review.ts';
import { returns as frReturns } from './fr/returns.ts';
import { tier as frTier } from './fr/tier.ts';
import { traits as frTraits } from './fr/traits.ts';
import { why as frWhy } from './fr/why.ts';
import { worth as frWorth } from './fr/worth.ts';
import type { Language } from './languages.ts';
import type { Texts } from './template.ts';

const EN = {
  ...enFrame,
  ...enFunds,
  ...enReasons,
  ...enActions,
  ...enAlert,
  ...enAllocation,
  ...enAttention,
  ...enCard,
  ...enClasses,
  ...enPackaged,
  ...enPlan,
  ...enProfile,
  ...enReview,
  ...enReturns,
  ...enTier,
  ...enTraits,
  ...enWhy,
  ...enWorth,
};
export type English = typeof EN;
export type TextId = keyof English;

/** Every sentence about a partner or a deal that comes out anywhere, in every language. */
export const CATALOGUE: Readonly<Record<Language, Texts<English>>> = {
  en: EN,
  de: {
    ...deFrame,
    ...deFunds,
    ...deReasons,
    ...deActions,
    ...deAlert,
    ...deAllocation,
    ...deAttention,
    ...deCard,
    ...deClasses,
    ...dePackaged,
    ...dePlan,
    ...deProfile,
    ...deReview,
    ...deReturns,
    ...deTier,
    ...deTraits,
    ...deWhy,
    ...deWorth,
  },
  fr: {
    ...frFrame,
    ...frFunds,
    ...frReasons,
    ...frActions,
    ...frAlert,
    ...frAllocation,
    ...frAttention,
    ...frCard,
    ...frClasses,
    ...frPackaged,
    ...frPlan,
    ...frProfile,
    ...frReview,
    ...frReturns,
    ...frTier,
    ...frTraits,
    ...frWhy,
    ...frWorth,
  },
  es: {
    ...esFrame,
    ...esFunds,
    ...esReasons,
    ...esActions,
    ...esAlert,
    ...esAllocation,
    ...esAttention,
    ...esCard,
    ...esClasses,
    ...esPackaged,
    ...esPlan,
    ...esProfile,
    ...esReview,
    ...esReturns,
    ...esTier,
    ...esTraits,
    ...esWhy,
    ...esWorth,
  },
};

export const TEXT_IDS = Object.keys(EN) as TextId[];

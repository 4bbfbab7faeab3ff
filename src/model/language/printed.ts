import { CATALOGUE, ENGLISH } from './catalogue.ts';
import { allocation as deAllocation } from './de/allocation.ts';
import { card as deCard } from './de/card.ts';
import { enable as deEnable } from './de/enable.ts';
import { funds as deFunds } from './de/funds.ts';
import { packaged as dePackaged } from './de/packaged.ts';
import { profile as deProfile } from './de/profile.ts';
import { returns as deReturns } from './de/returns.ts';
import { review as deReview } from './de/review.ts';
import { traits as deTraits } from './de/traits.ts';
import { worth as deWorth } from './de/worth.ts';
import { allocation as enAllocation } from './en/allocation.ts';
import { card as enCard } from './en/card.ts';
import { enable as enEnable } from './en/enable.ts';
import { funds as enFunds } from './en/funds.ts';
import { packaged as enPackaged } from './en/packaged.ts';
import { profile as enProfile } from './en/profile.ts';
import { returns as enReturns } from './en/returns.ts';
import { review as enReview } from './en/review.ts';
import { traits as enTraits } from './en/traits.ts';
import { worth as enWorth } from './en/worth.ts';
import { allocation as esAllocation } from './es/allocation.ts';
import { card as esCard } from './es/card.ts';
import { enable as esEnable } from './es/enable.ts';
import { funds as esFunds } from './es/funds.ts';
import { packaged as esPackaged } from './es/packaged.ts';
import { profile as esProfile } from './es/profile.ts';
import { returns as esReturns } from './es/returns.ts';
import { review as esReview } from './es/review.ts';
import { traits as esTraits } from './es/traits.ts';
import { worth as esWorth } from './es/worth.ts';
import { allocation as frAllocation } from './fr/allocation.ts';
import { card as frCard } from './fr/card.ts';
import { enable as frEnable } from './fr/enable.ts';
import { funds as frFunds } from './fr/funds.ts';
import { packaged as frPackaged } from './fr/packaged.ts';
import { profile as frProfile } from './fr/profile.ts';
import { returns as frReturns } from './fr/returns.ts';
import { review as frReview } from './fr/review.ts';
import { traits as frTraits } from './fr/traits.ts';
import { worth as frWorth } from './fr/worth.ts';
import type { Language } from './languages.ts';
import { voiceOf } from './say.ts';
import type { Texts } from './template.ts';

const EN = {
  ...ENGLISH,
  ...enAllocation,
  ...enCard,
  ...enEnable,
  ...enFunds,
  ...enPackaged,
  ...enProfile,
  ...enReturns,
  ...enReview,
  ...enTraits,
  ...enWorth,
};
type Printed = typeof EN;
export type PrintedId = keyof Printed;

/**
 * Every sentence there is: beside the engine's, what only the command line, review packs and the
 * packages for a CRM say. The Worker does without.
 */
export const PRINTED: Readonly<Record<Language, Texts<Printed>>> = {
  en: EN,
  de: {
    ...CATALOGUE.de,
    ...deAllocation,
    ...deCard,
    ...deEnable,
    ...deFunds,
    ...dePackaged,
    ...deProfile,
    ...deReturns,
    ...deReview,
    ...deTraits,
    ...deWorth,
  },
  fr: {
    ...CATALOGUE.fr,
    ...frAllocation,
    ...frCard,
    ...frEnable,
    ...frFunds,
    ...frPackaged,
    ...frProfile,
    ...frReturns,
    ...frReview,
    ...frTraits,
    ...frWorth,
  },
  es: {
    ...CATALOGUE.es,
    ...esAllocation,
    ...esCard,
    ...esEnable,
    ...esFunds,
    ...esPackaged,
    ...esProfile,
    ...esReturns,
    ...esReview,
    ...esTraits,
    ...esWorth,
  },
};

export const PRINTED_IDS = Object.keys(EN) as PrintedId[];
export const { say, sayAny } = voiceOf<Printed>(PRINTED);

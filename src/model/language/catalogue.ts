import { actions as deActions } from './de/actions.ts';
import { attention as deAttention } from './de/attention.ts';
import { frame as deFrame } from './de/frame.ts';
import { reasons as deReasons } from './de/reasons.ts';
import { actions as enActions } from './en/actions.ts';
import { attention as enAttention } from './en/attention.ts';
import { frame as enFrame } from './en/frame.ts';
import { reasons as enReasons } from './en/reasons.ts';
import { actions as esActions } from './es/actions.ts';
import { attention as esAttention } from './es/attention.ts';
import { frame as esFrame } from './es/frame.ts';
import { reasons as esReasons } from './es/reasons.ts';
import { actions as frActions } from './fr/actions.ts';
import { attention as frAttention } from './fr/attention.ts';
import { frame as frFrame } from './fr/frame.ts';
import { reasons as frReasons } from './fr/reasons.ts';
import type { Language } from './languages.ts';
import type { Texts } from './template.ts';

const EN = { ...enFrame, ...enReasons, ...enActions, ...enAttention };
export type English = typeof EN;
export type TextId = keyof English;

/** Every sentence about a partner or a deal that comes out anywhere, in every language. */
export const CATALOGUE: Readonly<Record<Language, Texts<English>>> = {
  en: EN,
  de: { ...deFrame, ...deReasons, ...deActions, ...deAttention },
  fr: { ...frFrame, ...frReasons, ...frActions, ...frAttention },
  es: { ...esFrame, ...esReasons, ...esActions, ...esAttention },
};

export const TEXT_IDS = Object.keys(EN) as TextId[];

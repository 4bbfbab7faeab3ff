import type { CrmValue, FieldSpec } from './connector.ts';
import type { Speech } from './language/languages.ts';

/**
 * What Headwater can write into a CRM field. `threshold`: a smaller change is no change to a person
 * (absolute; `relative` as a share of the old value).
 * `follows`: a companion that is written only together with its leader, so that reasons don't
 * churn while the number stands. `dates`: the day as of which its leader holds; it is written with
 * it and once a week.
 */
export interface OutputShape {
  entity: 'partner' | 'deal';
  type: FieldSpec['type'];
  label: string;
  description: string;
  precision?: number;
  scale?: number;
  length?: number;
  /** What its numbers count, for whoever shows them; absent = text, or a moment. */
  unit?: 'percent' | 'money' | 'count';
  threshold: number;
  relative?: number;
  follows?: string;
  dates?: string;
}

/** Where a value is said: in which language and on which day, and for how many characters. */
export interface Place {
  speech: Speech;
  room: number;
}

/**
 * An output whole: its shape and words, and how its value is taken, before rounding to the field.
 */
export interface Output<Score> extends OutputShape {
  value: (score: Score, place: Place) => CrmValue;
}

export const percentPoints = { type: 'number', precision: 5, scale: 1, unit: 'percent' } as const;

import { log1p } from '../../../model/real-math.ts';
import { activityFeatures } from './activity.ts';
import { paceFeatures } from './pace.ts';
import { quoteFeatures } from './quotes.ts';
import { stageFeatures } from './stage.ts';
import { taskFeatures } from './tasks.ts';
import { DAY_MS } from '../../math/time.ts';
import type { FeatureGroup, Put } from './group.ts';
import type { DealHistory } from './history.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the features of an organisation are called, in the order in which their values stand. */
export interface FeatureNames {
  numbers: string[];
  words: string[];
}

/**
 * What is known of a deal at a moment, as numbers and words. A number that is NaN is not known; a
 * word that is empty is none. Never in here: who owns it or which partner brought it, the close
 * date somebody asserts, the CRM's own probability.
 */
export interface Features {
  numbers: number[];
  words: string[];
}

const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];

const givenFeatures: FeatureGroup = (history, atMs, put) => {
  let amount: number | null = null;
  for (const [at, value] of history.amounts) if (at <= atMs) amount = value;
  // A negative amount is a credit note or a slip; its size says no more than an empty field.
  put.number('amount', amount === null || !(amount >= 0) ? NaN : log1p(amount));
  put.word('product', history.product);
  put.word('origin', history.origin);
  put.word('industry', history.industry);
  put.word('competitor', history.competitor);
  put.word('weekday', WEEKDAYS[((Math.floor(atMs / DAY_MS) % 7) + 7) % 7]!);
};

const BLANK: DealHistory = {
  id: '',
  createdMs: 0,
  knownMs: 0,
  moves: [],
  endings: [],
  amounts: [],
  activities: [],
  quotes: [],
  tasks: [],
  pushes: [],
  partnerId: null,
  ownerId: null,
  product: null,
  origin: null,
  industry: null,
  competitor: null,
};

const GROUPS: readonly FeatureGroup[] = [
  stageFeatures,
  paceFeatures,
  activityFeatures,
  quoteFeatures,
  taskFeatures,
  givenFeatures,
];

/**
 * The features of a deal as of `atMs`. The one function behind training, backtest and live scoring:
 * rows stamped later are never read, so what happened afterwards cannot change a byte of it.
 */
export function featuresAt(history: DealHistory, atMs: number, vocabulary: Vocabulary): Features {
  const found: Features = { numbers: [], words: [] };
  const put: Put = {
    number: (_name, value) => void found.numbers.push(value),
    word: (_name, value) => void found.words.push(value ?? ''),
  };
  for (const group of GROUPS) group(history, atMs, put, vocabulary);
  return found;
}

/**
 * Every group puts the same names in the same order whatever the deal, so that a value is found by
 * its place.
 */
export function featureNames(vocabulary: Vocabulary): FeatureNames {
  const names: FeatureNames = { numbers: [], words: [] };
  const put: Put = {
    number: (name) => void names.numbers.push(name),
    word: (name) => void names.words.push(name),
  };
  for (const group of GROUPS) group(BLANK, 0, put, vocabulary);
  return names;
}

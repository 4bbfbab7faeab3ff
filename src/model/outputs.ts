import type { FieldSpec } from './connector.ts';

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

/** Attainment may be many times the goal. */
const attainmentPoints = { type: 'number', precision: 7, scale: 1, unit: 'percent' } as const;
const percentPoints = { type: 'number', precision: 5, scale: 1, unit: 'percent' } as const;

export const OUTPUTS = {
  'partner.score': {
    entity: 'partner',
    ...percentPoints,
    label: 'Partner score',
    description:
      'Chance in percent that the partner reaches the outcome target of its plan by the end of the period',
    threshold: 1,
  },
  'partner.scoreLow': {
    entity: 'partner',
    ...percentPoints,
    label: 'Partner score, low',
    description: 'Lower end of the 80% band of the score',
    threshold: 2,
  },
  'partner.scoreHigh': {
    entity: 'partner',
    ...percentPoints,
    label: 'Partner score, high',
    description: 'Upper end of the 80% band of the score',
    threshold: 2,
  },
  'partner.evidence': {
    entity: 'partner',
    type: 'number',
    precision: 9,
    scale: 0,
    unit: 'count',
    label: 'Score evidence',
    description: 'Number of resolved deals behind the score',
    threshold: 1,
    follows: 'partner.score',
  },
  'partner.difficulty': {
    entity: 'partner',
    ...percentPoints,
    label: 'Difficulty',
    description:
      'Chance in percent that a partner of the same size and type would reach the same target: high = easy',
    threshold: 2,
  },
  'partner.event': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Score event',
    description: 'The event whose chance the score states',
    threshold: 0,
  },
  'partner.reasons': {
    entity: 'partner',
    type: 'longtext',
    length: 4000,
    label: 'Score reasons',
    description: 'What raises and lowers the score; the points add up to it',
    threshold: 0,
    follows: 'partner.score',
  },
  'partner.nextAction': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Next best action',
    description: 'The most useful next step, with its reason',
    threshold: 0,
  },
  // On its own: another deal of the same name and amount leaves the text as it is.
  'partner.nextDeal': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Deal of the next best action',
    description: 'Id of the open deal that the next best action names',
    threshold: 0,
  },
  'partner.planHealth': {
    entity: 'partner',
    ...percentPoints,
    label: 'Plan health',
    description: 'Progress against the joint performance plan, 0 to 100',
    threshold: 1,
  },
  'partner.vendorHealth': {
    entity: 'partner',
    ...percentPoints,
    label: 'Our side of the plan',
    description: 'How far our own side has kept what it promised in the joint plan, 0 to 100',
    threshold: 1,
  },
  'partner.nextDue': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Next promise due',
    description:
      'The earliest promise of the joint plan that is not kept yet, whose it is, and when it is due',
    threshold: 0,
  },
  'partner.winRate': {
    entity: 'partner',
    ...percentPoints,
    label: 'Cohort win rate',
    description: 'Share of registered deals won within the horizon, shrunk to the pool, in percent',
    threshold: 1,
  },
  'partner.forecastLow': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 0,
    unit: 'money',
    label: 'Forecast, low',
    description: 'This quarter, 10th percentile, reporting currency',
    threshold: 0,
    relative: 0.02,
  },
  'partner.forecast': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 0,
    unit: 'money',
    label: 'Forecast',
    description: 'This quarter, median, reporting currency',
    threshold: 0,
    relative: 0.02,
  },
  'partner.forecastHigh': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 0,
    unit: 'money',
    label: 'Forecast, high',
    description: 'This quarter, 90th percentile, reporting currency',
    threshold: 0,
    relative: 0.02,
  },
  'partner.sourced': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 2,
    unit: 'money',
    label: 'Sourced revenue',
    description:
      'Won this fiscal year and first brought by the partner, with corrections, reporting currency',
    threshold: 0.01,
  },
  'partner.influenced': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 2,
    unit: 'money',
    label: 'Influenced revenue',
    description:
      'Won directly this fiscal year with a part of the partner in it; never added to sourced',
    threshold: 0.01,
  },
  'partner.forecastMean': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 0,
    unit: 'money',
    label: 'Forecast, mean',
    description: 'This quarter, mean, reporting currency; means of partners add up to the channel',
    threshold: 0,
    relative: 0.02,
  },
  'partner.expectedAttainment': {
    entity: 'partner',
    ...attainmentPoints,
    label: 'Expected attainment',
    description: 'What the partner is expected to win, in percent of the goal of its score',
    threshold: 1,
  },
  'partner.expectedAttainmentLow': {
    entity: 'partner',
    ...attainmentPoints,
    label: 'Expected attainment, low',
    description: '10th percentile of the same',
    threshold: 2,
  },
  'partner.expectedAttainmentHigh': {
    entity: 'partner',
    ...attainmentPoints,
    label: 'Expected attainment, high',
    description: '90th percentile of the same',
    threshold: 2,
  },
  'partner.gap': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 0,
    unit: 'money',
    label: 'Gap to goal',
    description: 'What the expected amount falls short of the goal, reporting currency',
    threshold: 0,
    relative: 0.02,
  },
  'partner.moneyAtStake': {
    entity: 'partner',
    type: 'number',
    precision: 18,
    scale: 0,
    unit: 'money',
    label: 'Money at stake',
    description:
      "Gap times what one more typical win adds to the chance; the model's own difference",
    threshold: 0,
    relative: 0.05,
  },
  'partner.scoreNext': {
    entity: 'partner',
    ...percentPoints,
    label: 'Partner score, next period',
    description: 'The same chance for the coming period, from day 60 of the quarter on',
    threshold: 1,
  },
  'partner.trackRecord': {
    entity: 'partner',
    type: 'text',
    length: 255,
    label: 'Track record of such scores',
    description: 'How scores in the same tenth came out, as they were said at the time',
    threshold: 0,
    follows: 'partner.score',
  },
  'partner.asOf': {
    entity: 'partner',
    type: 'date',
    label: 'Score as of',
    description: 'The day as of which the score holds; written with it and at least once a week',
    threshold: 0,
    dates: 'partner.score',
  },
  'deal.winProbability': {
    entity: 'deal',
    ...percentPoints,
    label: 'Win probability',
    description: 'Chance in percent that the deal is won by the end of the quarter',
    threshold: 1,
  },
  'deal.low': {
    entity: 'deal',
    ...percentPoints,
    label: 'Win probability, low',
    description: 'Lower end of the 80% band of the win probability',
    threshold: 2,
  },
  'deal.high': {
    entity: 'deal',
    ...percentPoints,
    label: 'Win probability, high',
    description: 'Upper end of the 80% band of the win probability',
    threshold: 2,
  },
  'deal.everProbability': {
    entity: 'deal',
    ...percentPoints,
    label: 'Win probability, ever',
    description: 'Chance in percent that the deal is won at all, whenever that is',
    threshold: 1,
  },
  'deal.evidence': {
    entity: 'deal',
    type: 'number',
    precision: 9,
    scale: 0,
    unit: 'count',
    label: 'Win probability evidence',
    description: 'Number of past deals behind the probability',
    threshold: 1,
    follows: 'deal.winProbability',
  },
  'deal.reasons': {
    entity: 'deal',
    type: 'longtext',
    length: 4000,
    label: 'Win probability reasons',
    description: 'What raises and lowers the probability; the points add up to it',
    threshold: 0,
    follows: 'deal.winProbability',
  },
  'deal.trackRecord': {
    entity: 'deal',
    type: 'text',
    length: 255,
    label: 'Track record of such deals',
    description: 'How deals that were given a chance in the same tenth came out',
    threshold: 0,
    follows: 'deal.winProbability',
  },
  'deal.nextAction': {
    entity: 'deal',
    type: 'text',
    length: 255,
    label: 'Next best action',
    description: 'The most useful next step, with its reason',
    threshold: 0,
  },
  'deal.health': {
    entity: 'deal',
    type: 'text',
    length: 40,
    label: 'Deal health',
    description: 'on track, slipping, stalled',
    threshold: 0,
  },
  'deal.duplicateOf': {
    entity: 'deal',
    type: 'text',
    length: 255,
    label: 'Duplicate of',
    description: 'The earlier registration that this one repeats, with what shows it',
    threshold: 0,
  },
  'deal.asOf': {
    entity: 'deal',
    type: 'date',
    label: 'Win probability as of',
    description: 'The day as of which the chance holds; written with it and at least once a week',
    threshold: 0,
    dates: 'deal.winProbability',
  },
} as const satisfies Record<string, OutputShape>;

export type OutputName = keyof typeof OUTPUTS;
export const outputShape = (name: string): OutputShape | undefined =>
  (OUTPUTS as Record<string, OutputShape>)[name];

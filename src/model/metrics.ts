/** What a metric is about, in the order in which people read it. */
export type MetricFamily = 'conversion' | 'velocity' | 'pipeline' | 'outcome' | 'onset';
export type MetricUnit = 'share' | 'ratio' | 'amount' | 'amount/day' | 'days' | 'count';

/** The words of a metric. `doc` states the formula; how it is measured stands in `predict`. */
export interface MetricShape {
  family: MetricFamily;
  unit: MetricUnit;
  label: string;
  doc: string;
}

/** The metric dictionary, in the order it is shown. */
export const METRICS = {
  cohort_win_rate: {
    family: 'conversion',
    unit: 'share',
    label: 'Cohort win rate',
    doc:
      'Share of deals won within the horizon of their creation; open deals count by how ' +
      'much of the wins come so early (Aalen-Johansen curve of the pool); shrunk to the ' +
      'pool by a Beta prior. Deals never marked lost cannot raise it.',
  },
  closed_win_rate: {
    family: 'conversion',
    unit: 'share',
    label: 'Closed win rate (reported only)',
    doc:
      'Won / (won + lost) of all closed deals. Biased upwards wherever losses are not ' +
      'marked; never used in a score.',
  },
  registration_conversion: {
    family: 'conversion',
    unit: 'share',
    label: 'Registration conversion at maturity',
    doc:
      'Wins within the horizon / deals in matured equivalents, where a younger deal ' +
      'counts by the share of wins that come by its age. A win sooner than 3 days after ' +
      'registration is left out.',
  },
  pipeline_velocity: {
    family: 'velocity',
    unit: 'amount/day',
    label: 'Pipeline velocity',
    doc:
      'V = N x A x W / L: open verified deals, their mean amount, cohort win rate, mean ' +
      'days from creation to win. Wins within 3 days of creation are left out of L; a ' +
      'registration date moves neither N nor L.',
  },
  realised_velocity: {
    family: 'velocity',
    unit: 'amount/day',
    label: 'Realised velocity',
    doc:
      'Amount won in the trailing horizon / its days. What the pipeline velocity should ' +
      'have come to.',
  },
  registrations: {
    family: 'pipeline',
    unit: 'count',
    label: 'Registrations this period',
    doc:
      'Registrations submitted in the current period (of deals registered, where the ' +
      'CRM holds no registration records). A count, not a merit.',
  },
  coverage: {
    family: 'pipeline',
    unit: 'ratio',
    label: 'Pipeline coverage',
    doc:
      'Open amount that claims to close by the end of the plan / (outcome target - won ' +
      'to date). Compare with required coverage.',
  },
  required_coverage: {
    family: 'pipeline',
    unit: 'ratio',
    label: 'Required coverage',
    doc:
      '1 / the amount-weighted win chance of the open deals by the end of the period: ' +
      'what coverage this pipeline needs, in place of a rule of thumb.',
  },
  active: {
    family: 'pipeline',
    unit: 'count',
    label: 'Active',
    doc:
      '1 when a deal was created and verified, moved stage or was won within the ' +
      'trailing horizon, else 0. A log-in does not count.',
  },
  phantom_share: {
    family: 'pipeline',
    unit: 'share',
    label: 'Phantom share',
    doc:
      'Share of open deals silent beyond the stale limit and older than the horizon, or ' +
      'longer in their stage than nine in ten. They weigh nothing in score and ' +
      'forecast.',
  },
  median_days_in_stage: {
    family: 'pipeline',
    unit: 'days',
    label: 'Median days in a stage',
    doc:
      'Kaplan-Meier median of stays in a stage, running ones censored: a mean of ended ' +
      'stays alone is too short.',
  },
  won_amount: {
    family: 'outcome',
    unit: 'amount',
    label: 'Won this period',
    doc: 'Amount of deals that moved to a won stage in the current period.',
  },
  attainment: {
    family: 'outcome',
    unit: 'share',
    label: 'Attainment',
    doc: 'Won since the start of the plan / its outcome target.',
  },
  attainment_pace: {
    family: 'outcome',
    unit: 'ratio',
    label: 'Attainment pace',
    doc:
      'Attainment / the share that the pool has usually won by this day of the period ' +
      '(deals are back-loaded, a straight line is wrong). 1 = on plan.',
  },
  deal_value_consistency: {
    family: 'outcome',
    unit: 'share',
    label: 'Deal value consistency',
    doc:
      '1 / (1 + s), s = sd of log won amount shrunk to the pool: s^2 = (nu s0^2 + (n - ' +
      '1) s^2) / (nu + n - 1). The usual CV calls every tiny partner consistent.',
  },
  concentration: {
    family: 'outcome',
    unit: 'count',
    label: 'Effective number of wins',
    doc:
      'n_eff = (sum a)^2 / sum a^2 of won amounts: how many equal deals the won amount ' +
      'is worth as evidence.',
  },
  time_to_first_deal: {
    family: 'onset',
    unit: 'days',
    label: 'Time to first deal',
    doc:
      'Days from onboarding to the first win. A partner without a win is censored, not ' +
      'left out: `low` holds the days so far.',
  },
  time_to_revenue: {
    family: 'onset',
    unit: 'days',
    label: 'Time to revenue',
    doc: 'Days from signing to the first win, censored likewise.',
  },
} as const satisfies Record<string, MetricShape>;

export type MetricId = keyof typeof METRICS;
